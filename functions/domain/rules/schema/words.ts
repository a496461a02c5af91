/** What this room knows: what a rule means. This file: the words that all files of rules are written in. */
import * as z from 'zod';
import { duration } from '../../time.ts';

/** Largest rule file. Bytes of UTF-8; the gravest real file is under 8 KB. */
export const ruleFileBytesMax = 65_536;
/** Longest condition, in characters: room for 1,000 steps, and shallow enough for a parser that recurses. */
export const conditionLengthMax = 2_000;
/** Most different windows of one rule: each is kept for every sensor, and told in the record of every verdict. */
export const windowsPerRuleMax = 12;
/** Longest duration in a rule: as long as the oldest reading that is still judged. 31 days in ms. */
export const durationMaxMs = 31 * 24 * 3_600_000;

const durationPattern = /^(?=\d)(?:(\d{1,3})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?$/;
const unitsMs = [86_400_000, 3_600_000, 60_000, 1_000] as const;

/**
 * Milliseconds of a written duration, `undefined` when it is none.
 *
 * @example durationOf('1h30m') // 5_400_000
 */
export function durationOf(text: string): number | undefined {
  const parts = durationPattern.exec(text);
  if (!parts) return undefined;
  return unitsMs.reduce((sum, unit, i) => sum + Number(parts[i + 1] ?? 0) * unit, 0);
}

/** `30s`, `10m`, `1h`, `1h30m`, `2d`. 0s … 31d. */
export const Duration = z
  .string({ error: 'must be a duration such as 30s, 10m or 1h30m' })
  .regex(durationPattern, { error: 'must be a duration such as 30s, 10m or 1h30m' })
  .refine((text) => (durationOf(text) ?? 0) <= durationMaxMs, { error: 'must be at most 31d' })
  .transform((text) => duration(durationOf(text) ?? /* istanbul ignore next -- the pattern is met */ 0))
  .describe(
    'A duration: whole days, hours, minutes, seconds, in this order: 30s, 10m, 1h30m, 2d; at most 31d',
  );

/** The same, and something must pass. */
export const TimeSpan = Duration.refine((ms) => ms > 0, { error: 'must be longer than 0s' });

/** A condition in CEL; checked by the compiler of the rule book, not here. */
export const Condition = z
  .string({ error: 'must be a condition in text, such as: value >= limits.alarm' })
  .min(1)
  .max(conditionLengthMax)
  .describe('A CEL condition over value, quality, mode, limits.<name>, windows and other sensors');

export const standardFields = {
  standard: z
    .string()
    .min(1)
    .max(80)
    .describe('The standard, with its edition: AQ 1029-2019; or `site value`'),
  clause: z.string().min(1).max(80).describe('The clause or table of the standard'),
  verified: z
    .boolean({ error: 'must be true or false: has somebody read the figure in the official text?' })
    .describe('Has somebody read the figure in the official text of the standard?'),
};

/** Where the figures of a rule come from. */
export const StandardInFile = z
  .strictObject({
    id: standardFields.standard,
    clause: standardFields.clause,
    verified: standardFields.verified,
  })
  .describe('Where the limits come from, unless a limit says otherwise');

export const camelName = z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/, { error: 'must be a camelCase name' });

/** A list of words, such as tags. */
export const words = (max: number) => z.array(z.string().min(1).max(48)).min(1).max(max);

/** For `refine`: a mapping has at most `max` entries. */
export const atMost = (max: number, what: string): [(given: object) => boolean, { error: string }] => [
  (given) => Object.keys(given).length <= max,
  { error: `must hold at most ${max} ${what}` },
];
