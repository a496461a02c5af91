/** What this room knows: what a rule means. This file: how a severity is written. */
import * as z from 'zod';
import { Bilingual } from '../../severity.ts';
import { ScheduleInFile } from './schedule.ts';
import { Condition, Duration, TimeSpan } from './words.ts';

/** Most breaches that `times` counts: the twin keeps each of them. */
export const timesCountMax = 50;

const TimesInFile = z.strictObject({
  count: z
    .int({ error: 'must be a whole number' })
    .min(2, { error: 'must be 2 or more: one breach is what `when` says without it' })
    .max(timesCountMax)
    .describe(`How many breaches raise; 2 to ${timesCountMax}`),
  within: TimeSpan.describe('The stretch of time in which they are counted'),
  consecutive: z.boolean().default(false).describe('No reading below in between. Default false'),
});

/** What ISA-18.2 asks of every alarm: without it an operator knows that something is, not what to do. */
export const ResponseInFile = z.strictObject({
  consequence: Bilingual.describe('What happens when nobody acts'),
  cause: Bilingual.describe('What it is most likely to come from'),
  action: Bilingual.describe('What has to be done first'),
  within: TimeSpan.describe('Time in which somebody must have acted'),
});
export type ResponseInFile = z.infer<typeof ResponseInFile>;

export const SeverityInFile = z.strictObject({
  when: Condition.describe('What raises it: a CEL condition, such as value >= limits.alarm'),
  for: Duration.optional().describe('On-delay: how long `when` must hold. Default 0s'),
  clear: Condition.optional().describe('What clears it; absent: a `when` that is known to be false'),
  clearFor: Duration.optional().describe('Off-delay: how long `clear` must hold. Default 0s'),
  times: TimesInFile.optional().describe('Raise only after so many breaches: { count: 3, within: 10m }'),
  schedule: ScheduleInFile.optional().describe('When it may raise; absent: always'),
  response: ResponseInFile.optional().describe('ISA-18.2; required from blue to red'),
  advice: Bilingual.optional().describe("What to do at this severity. Default: the rule's advice"),
});
export type SeverityInFile = z.infer<typeof SeverityInFile>;
