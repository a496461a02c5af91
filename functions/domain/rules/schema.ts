/** What this room knows: what a rule means. This file: the shape of a rule as a person writes it, one YAML file a rule. */
import * as z from 'zod';
import { RuleId } from '../ids.ts';
import { Bilingual, Severity, severities, Trade } from '../severity.ts';
import { duration } from '../time.ts';

/** Largest rule file. Bytes of UTF-8; the gravest real file is under 4 KB. */
export const ruleFileBytesMax = 65_536;
/** Most limits in one rule. */
export const limitCountMax = 16;
/** Longest condition, in characters: room for 1,000 steps, and shallow enough for a parser that recurses. */
export const conditionLengthMax = 2_000;
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
const Duration = z
  .string({ error: 'must be a duration such as 30s, 10m or 1h30m' })
  .regex(durationPattern, { error: 'must be a duration such as 30s, 10m or 1h30m' })
  .refine((text) => (durationOf(text) ?? 0) <= durationMaxMs, { error: 'must be at most 31d' })
  .transform((text) => duration(durationOf(text) ?? 0))
  .describe(
    'A duration: whole days, hours, minutes, seconds, in this order: 30s, 10m, 1h30m, 2d; at most 31d',
  );

/** A condition in CEL; checked by the compiler of the rule book, not here. */
const Condition = z
  .string({ error: 'must be a condition in text, such as: value >= limits.alarm' })
  .min(1)
  .max(conditionLengthMax)
  .describe('A CEL condition over value, quality and limits.<name>');

const standardFields = {
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

/** A number that a site or an area may override, only in the direction that is stricter. */
export const LimitInFile = z.strictObject({
  value: z.number({ error: 'must be a number' }),
  unit: z.string().max(16).optional().describe("The unit of the figure; must be the rule's unit"),
  tighter: z
    .enum(['lower', 'higher'], {
      error: 'must be lower or higher: the direction in which the limit is stricter',
    })
    .describe('The direction in which an override makes the limit stricter'),
  standard: standardFields.standard.optional(),
  clause: standardFields.clause.optional(),
  verified: standardFields.verified.optional(),
});
export type LimitInFile = z.infer<typeof LimitInFile>;

const SeverityInFile = z.strictObject({
  when: Condition,
  clear: Condition.optional().describe('What clears it; absent: a `when` that is known to be false'),
  for: Duration.optional().describe('On-delay: how long `when` must hold. Default 0s'),
  clearFor: Duration.optional().describe('Off-delay: how long `clear` must hold. Default 0s'),
});

const words = (max: number) => z.array(z.string().min(1).max(48)).min(1).max(max);

const SelectInFile = z.strictObject({
  quantity: z
    .string()
    .min(1)
    .max(48)
    .describe('What the sensor measures; a name from the table of quantities'),
  position: words(20).optional().describe('Position classes of the sensor, such as T0, T1'),
  sourceKind: words(20).optional().describe('Kinds of hazard source, such as gas-compartment'),
  area: z
    .array(z.string().regex(/^\d{2,12}$/, { error: 'must be an area code in quotes, such as "2201"' }))
    .min(1)
    .max(50)
    .optional()
    .describe('Area codes; each stands for all below it'),
  grade: z.array(z.int().min(1).max(4)).min(1).max(4).optional().describe('Grades of a major hazard source'),
  tag: words(10).optional().describe('Tags of the sensor or its source; one of them is enough'),
});

const effect = z.enum(['raise', 'stale', 'hold', 'ignore'], {
  error: 'must be raise, stale, hold or ignore',
});

const QualityInFile = z.strictObject({
  calibrating: effect.optional(),
  maintenance: effect.optional(),
  fault: effect.optional(),
  'over-range': effect.optional(),
  unknown: effect.optional(),
});

const SilentInFile = z.union(
  [
    z.literal('off'),
    z.strictObject({
      after: Duration.optional().describe('Default: three reporting periods of the sensor'),
      severity: Severity,
    }),
  ],
  { error: 'must be `off`, or a severity and perhaps `after`, such as { after: 30s, severity: orange }' },
);

/** One rule file. Strict: an unknown field is refused, so that a typing error cannot switch a rule off. */
export const RuleFile = z
  .strictObject({
    id: RuleId.describe('Dotted lower-case name; begins with the trade and never changes'),
    title: Bilingual,
    kind: z.enum(['risk', 'data-quality']).default('risk'),
    trade: Trade,
    standard: z
      .strictObject({
        id: standardFields.standard,
        clause: standardFields.clause,
        verified: standardFields.verified,
      })
      .describe('Where the limits come from, unless a limit says otherwise'),
    select: SelectInFile,
    unit: z.string().min(1).max(16).describe('UCUM code; the unit of the quantity'),
    limits: z
      .record(
        z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/, { error: 'must be a camelCase name' }),
        LimitInFile,
      )
      .refine((limits) => Object.keys(limits).length <= limitCountMax, {
        error: `must hold at most ${limitCountMax} limits`,
      })
      .default({}),
    severities: z
      .partialRecord(z.enum(severities), SeverityInFile)
      .refine((given) => Object.keys(given).length > 0, { error: 'must hold at least one severity' })
      .describe('What raises and what clears, by severity'),
    silent: SilentInFile.describe('What the absence of readings means'),
    quality: QualityInFile.default({}).describe('What each quality state does to this rule'),
    maxHold: Duration.optional().describe('How long a quality state may hold an alarm back. Default 30m'),
    unknownFor: Duration.optional().describe(
      'How long `when` may stay unknown. Default: as long as a silence',
    ),
    notEvaluable: Severity.optional().describe('Severity when `when` stays unknown. Default yellow'),
    advice: Bilingual.describe('What to do; may hold {value}, {unit}, {limit}, {sensor}, {source}'),
  })
  .meta({ title: 'Tocsin rule', description: 'One risk rule; see docs/rules.md' });
export type RuleFile = z.infer<typeof RuleFile>;
