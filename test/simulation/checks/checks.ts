import type { Books } from '../city/book.ts';
import type { History } from '../history.ts';
import { viewOf } from '../oracle/facts/view.ts';
import type { Violation } from '../oracle/law.ts';
import { archiveReplays } from './archive-replays.ts';
import type { Check } from './check.ts';
import { recordsReplay } from './records-replay.ts';

export const checks: readonly Check[] = [recordsReplay, archiveReplays];

/** They take as long as the world itself took, so one world in twenty is enough. */
const checkedEvery = 20;

export const isChecked = (seed: number): boolean => seed % checkedEvery === 0;

/** What the product says of a history when it is asked once more, and should not. */
export function checkHistory(history: History, books: Books): Violation[] {
  const view = viewOf(history);
  return checks.flatMap(({ name, check }) =>
    check(view, books).map((finding) => ({ law: name, ...finding })),
  );
}
