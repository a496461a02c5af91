/** What a person at a terminal is asked when flags leave it open. */
import { quantities } from '../../functions/domain/telemetry/quantities.ts';
import type { NewFlags } from './wish.ts';

/** Asks one question and gives the answer. */
export type Ask = (question: string) => Promise<string>;

const words = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

/** `flags` with what they leave open answered; an empty answer leaves it open. */
export async function answered(flags: NewFlags, ask: Ask): Promise<NewFlags> {
  const open = async (given: string | undefined, question: string): Promise<string | undefined> =>
    given ?? ((await ask(question)).trim() || undefined);
  const all = [...quantities.keys()].join(', ');
  const quantity = await open(flags.quantity, `What is measured? (${all}) `);
  const kind = quantities.get(quantity ?? '')?.kind ?? 'number';
  const position = flags.position ?? words(await ask('At which positions? (class names, or empty for any) '));
  const isNumber = kind === 'number';
  const limit =
    isNumber && !flags.limit?.length
      ? words(await ask('Limits, lightest first, name=value: (such as alarm=1.0 cut=1.5) '))
      : flags.limit;
  const equals = isNumber ? flags.equals : await open(flags.equals, 'Which value is dangerous? ');
  const titleZh = await open(flags.titleZh, 'What happened, in Chinese? ');
  const titleEn = await open(flags.titleEn, 'What happened, in English? ');
  const cause = await open(
    flags.causeEn,
    'What does it most likely come from, in English? (empty: to be verified on site) ',
  );
  const causeZh = await open(flags.causeZh, 'The same in Chinese? ');
  const action = await open(
    flags.actionEn,
    'What has to be done first, in English? (empty: verify, bring people out) ',
  );
  const actionZh = await open(flags.actionZh, 'The same in Chinese? ');
  return {
    ...flags,
    ...(cause !== undefined && { causeEn: cause }),
    ...(causeZh !== undefined && { causeZh }),
    ...(action !== undefined && { actionEn: action }),
    ...(actionZh !== undefined && { actionZh }),
    position,
    ...(limit && { limit }),
    ...(quantity !== undefined && { quantity }),
    ...(equals !== undefined && { equals }),
    ...(titleZh !== undefined && { titleZh }),
    ...(titleEn !== undefined && { titleEn }),
  };
}
