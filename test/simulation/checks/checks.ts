import type { Books } from '../city/book.ts';
import type { View } from '../oracle/facts/view.ts';
import type { Violation } from '../oracle/law.ts';
import { archiveReplays } from './archive-replays.ts';
import type { Check } from './check.ts';
import { messagesRemembered } from './messages-remembered.ts';
import { recordsReplay } from './records-replay.ts';

/** Asked of every world. */
const quickChecks: readonly Check[] = [messagesRemembered];
/** They take as long as the world itself took, so one world in twenty is enough. */
const longChecks: readonly Check[] = [recordsReplay, archiveReplays];
const longEvery = 20;

/** Whether the world of a seed is asked for long. */
export const isLongChecked = (seed: number): boolean => seed % longEvery === 0;

/** What the product says of a history when it is asked once more, and should not. */
export function checkView(view: View, books: Books, isLong: boolean): Violation[] {
  return [...quickChecks, ...(isLong ? longChecks : [])].flatMap(({ name, check }) =>
    check(view, books).map((finding) => ({ law: name, ...finding })),
  );
}
