/** What this room knows: what a rule means. This file: a recorded verdict of a correlation, reached once more (semantics 25). */
import * as z from 'zod';
import { Instant } from '../../time.ts';
import { stateOf, storedShape } from './codec.ts';
import { judgeCorrelation } from './judge.ts';
import { correlationRecord } from './record.ts';

const RecordHead = z.object({
  rule: z.string(),
  ruleVersion: z.string(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  trigger: z.union([z.literal('watermark'), z.object({ alertId: z.string(), version: z.int() })]),
});

const Record = z.object({
  ...RecordHead.shape,
  pattern: z.object({
    kind: z.enum(['count', 'sequence', 'absence']),
    count: z.int(),
    withinMs: z.number(),
    clearForMs: z.number(),
    rank: z.int(),
    role: z.enum(['alert', 'inhibit', 'root-cause']),
  }),
  now: Instant,
  watermark: Instant.optional(),
  before: z.object(storedShape),
});

/**
 * The record that the engine writes when it starts from where `record` started; empty when there would have been no
 * transition.
 *
 * @throws ZodError when `record` is no record of a correlation
 */
export function replayCorrelation(record: string): string {
  const { pattern, now, watermark, before, ...head } = Record.parse(JSON.parse(record));
  const state = stateOf(before);
  const input = { now, watermark };
  const { verdict } = judgeCorrelation(state, pattern, input);
  return verdict === undefined ? '' : correlationRecord(head, state, pattern, input, verdict);
}
