/** The shape of a proof: which transitions a series of readings gives, beside the rule that it proves. */
import * as z from 'zod';
import { RuleId } from '../../functions/domain/ids.ts';
import { durationOf } from '../../functions/domain/rules/schema/words.ts';
import { Severity } from '../../functions/domain/severity.ts';
import { startPattern } from './proof-start.ts';
import { readSeries, type Step } from './series.ts';

/** Most cases of one proof. */
export const caseCountMax = 100;
/** Most further sensors of one quantity in a case. */
const peerSeriesMax = 20;

export const Duration = z
  .string({ error: 'must be a duration such as 30s, 10m or 1h30m' })
  .transform((text, context) => {
    const ms = durationOf(text);
    if (ms !== undefined) return ms;
    context.addIssue({ code: 'custom', message: 'must be a duration such as 30s, 10m or 1h30m' });
    return z.NEVER;
  });

const Series = z
  .union([z.string(), z.number().transform(String)], {
    error: 'must be a series such as 0.4+0.1x10 _ 1.2!calibrating',
  })
  .transform((text, context): readonly Step[] => {
    const series = readSeries(text);
    if (series.ok) return series.steps;
    context.addIssue({ code: 'custom', message: series.message });
    return [];
  })
  .describe('Readings, one a step: 0.4, 0.4+0.1x10 (ten more), 1.2x3 (three more), _ (a gap), 2!calibrating');

/** What a case is there to show; every proof shows each of them. */
export const claims = ['fires', 'below', 'recovers', 'silence', 'quality'] as const;

const Expected = z.strictObject({
  at: Duration.describe('From the first step to the instant at which it was true'),
  change: z.enum(['raised', 'severity-up', 'severity-down', 'stale', 'firing-again', 'recovered']),
  severity: Severity.describe('Highest severity after the change; for recovered the one that ended'),
  condition: z.enum(['firing', 'recovered', 'stale']).optional(),
  trigger: z
    .enum(['reading', 'deadline', 'silence', 'hold-ended', 'schedule-ended', 'quality', 'unknown'])
    .optional(),
  marks: z.array(z.enum(['late', 'held', 'untrusted', 'over-range', 'quality'])).optional(),
  rule: z.enum(['data.fault', 'data.not-evaluable']).optional().describe('Default: the rule that is proved'),
});
export type Expected = z.infer<typeof Expected>;

const position = z.string().min(1).max(32).optional();
const tag = z.array(z.string().min(1).max(32)).max(10).optional();

const SensorInProof = z.strictObject({
  period: Duration.describe('How often the sensor reports; the default of step'),
  quantity: z.string().min(1).max(48).optional().describe("Default: the first of the rule's select.quantity"),
  position: position.describe("Default: the first of the rule's select.position"),
  tag: tag.describe("Default: the first of the rule's select.tag"),
  range: z
    .strictObject({ min: z.number(), max: z.number() })
    .optional()
    .describe('Registered measuring range, for range.min and range.max'),
});

const OtherInProof = z.strictObject({
  period: Duration.optional().describe('How often it reports. Default: as the sensor'),
  position: position.describe("Default: the first that the rule's role asks for"),
  tag: tag.describe("Default: the first that the rule's role asks for"),
});

/** What stands fixed while the readings come. */
const Setting = z.strictObject({
  limits: z
    .record(z.string(), z.number({ error: 'must be a number' }))
    .optional()
    .describe('Figures of limits as somebody has set them: { site: 12 }'),
  grade: z.int().min(1).max(4).optional().describe('Grade of the source'),
  substance: z.string().max(12).optional().describe('CAS number of the substance of the source'),
  kind: z.string().min(1).max(48).optional().describe('Kind of the source'),
  area: z
    .string()
    .regex(/^\d{6}$|^\d{9}$|^\d{12}$/, { error: 'must be an area code of 6, 9 or 12 digits in quotes' })
    .optional()
    .describe('Area of the source'),
  mode: z.enum(['normal', 'emergency']).optional().describe('Default normal'),
});
export type Setting = z.infer<typeof Setting>;

const Case = z.strictObject({
  name: z.string().min(1).max(120).describe('A sentence that must be true'),
  shows: z.enum(claims),
  start: z
    .string({ error: 'must be a time in quotes, such as "21:50"' })
    .regex(startPattern, { error: 'must be a time such as "21:50", "sat 21:50" or "2026-10-01 21:50"' })
    .optional()
    .describe('Time of the first step in the rule\'s zone: "21:50", "sat 21:50", "2026-10-01 21:50"'),
  set: Setting.optional().describe('What stands fixed in this case: { limits: { site: 12 }, grade: 2 }'),
  step: Duration.optional().describe('From one step to the next. Default: the period of the sensor'),
  readings: Series,
  others: z
    .record(z.string(), Series)
    .optional()
    .describe("Readings of the rule's other sensors, step by step: { fan: truex10 }"),
  peers: z
    .record(z.string(), z.array(Series).min(1).max(peerSeriesMax))
    .optional()
    .describe('Readings of more sensors of a quantity on the device: { methane: [1.2x5, 0.4x5] }'),
  expect: z.array(Expected).max(50).describe('Every transition that comes, in order; [] for none'),
});
export type Case = z.infer<typeof Case>;

/** One proof file. Strict, as a rule file is. */
export const ProofFile = z.strictObject({
  rule: RuleId,
  sensor: SensorInProof,
  sensors: z
    .record(z.string(), OtherInProof)
    .optional()
    .describe("The rule's other sensors, where they differ from what the rule asks for"),
  set: Setting.optional().describe('What stands fixed in all cases; a case can say otherwise'),
  cases: z.array(Case).min(1).max(caseCountMax),
});
export type ProofFile = z.infer<typeof ProofFile>;
