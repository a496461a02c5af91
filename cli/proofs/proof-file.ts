/** The shape of a proof: which transitions a series of readings gives, beside the rule that it proves. */
import * as z from 'zod';
import { RuleId } from '../../functions/domain/ids.ts';
import { durationOf } from '../../functions/domain/rules/schema/words.ts';
import { Severity } from '../../functions/domain/severity.ts';
import { readSeries, type Step } from './series.ts';

/** Most cases of one proof. */
export const caseCountMax = 100;

const Duration = z
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
  trigger: z.enum(['reading', 'deadline', 'silence', 'hold-ended', 'quality', 'unknown']).optional(),
  marks: z.array(z.enum(['late', 'held', 'untrusted', 'over-range', 'quality'])).optional(),
  rule: z.enum(['data.fault', 'data.not-evaluable']).optional().describe('Default: the rule that is proved'),
});
export type Expected = z.infer<typeof Expected>;

const SensorInProof = z.strictObject({
  period: Duration.describe('How often the sensor reports; the default of step'),
  position: z.string().min(1).max(32).optional().describe("Default: the first of the rule's select.position"),
});

const Case = z.strictObject({
  name: z.string().min(1).max(120).describe('A sentence that must be true'),
  shows: z.enum(claims),
  step: Duration.optional().describe('From one step to the next. Default: the period of the sensor'),
  readings: Series,
  expect: z.array(Expected).max(50).describe('Every transition that comes, in order; [] for none'),
});
export type Case = z.infer<typeof Case>;

/** One proof file. Strict, as a rule file is. */
export const ProofFile = z.strictObject({
  rule: RuleId,
  sensor: SensorInProof,
  cases: z.array(Case).min(1).max(caseCountMax),
});
export type ProofFile = z.infer<typeof ProofFile>;
