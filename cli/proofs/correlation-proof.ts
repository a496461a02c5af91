/** The shape of a proof of a correlation rule: alerts come, and these transitions follow. */
import * as z from 'zod';
import { RuleId } from '../../functions/domain/ids.ts';
import { Severity } from '../../functions/domain/severity.ts';
import { caseCountMax, Duration } from './proof-file.ts';

/** Most alerts of one case: a correlation remembers fewer. */
const alertCountMax = 40;

/** What a case is there to show; every proof of a correlation rule shows each of them. */
export const correlationClaims = ['fires', 'below', 'recovers'] as const;

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/, {
  error: 'must be letters, digits, dots and hyphens, at most 32',
});

const AlertInProof = z.strictObject({
  rule: RuleId.describe('The rule that raises it, one of those that the correlation names'),
  sensor: name.describe('Which sensor it is about; several episodes of one sensor are one alert'),
  severity: Severity,
  from: Duration.describe('When it is raised'),
  to: Duration.optional().describe('When it recovers; without it, it stands'),
  late: Duration.optional().describe('How much later than that it comes'),
  place: name
    .optional()
    .describe('What it belongs to: alerts of different places share no device, source, site or group'),
});
export type AlertInProof = z.infer<typeof AlertInProof>;

const Expected = z.strictObject({
  at: Duration.describe('When it was true'),
  change: z.enum(['raised', 'severity-up', 'recovered']),
  severity: Severity,
  marks: z.array(z.enum(['late'])).optional(),
});

const CorrelationCase = z.strictObject({
  name: z.string().min(1).max(120).describe('A sentence that must be true'),
  shows: z.enum(correlationClaims),
  alerts: z.array(AlertInProof).min(1).max(alertCountMax),
  until: Duration.optional().describe(
    'Up to when nothing is missing. Default: the last alert, within and clearFor later',
  ),
  expect: z.array(Expected).max(50).describe('Every transition that comes, in order; [] for none'),
});
export type CorrelationCase = z.infer<typeof CorrelationCase>;

/** One proof file of a correlation rule. Strict, as a rule file is. */
export const CorrelationProof = z.strictObject({
  rule: RuleId,
  cases: z.array(CorrelationCase).min(1).max(caseCountMax),
});
export type CorrelationProof = z.infer<typeof CorrelationProof>;
