/** What this room knows: what a rule means. This file: the decision record of a correlation, and its replay (semantics 25). */
import * as z from 'zod';
import { Instant } from '../../time.ts';
import { canonicalJson } from '../engine/canonical-json.ts';
import { stateJson, stateOf, storedShape } from './codec.ts';
import { type CorrelationVerdict, type JudgeInput, judgeCorrelation } from './judge.ts';
import type { CorrelationState, Terms } from './state.ts';

/** Grows when a record's shape changes. */
const recordFormat = 1;

/** What a record says beside the verdict and its grounds. */
export const RecordHead = z.object({
  rule: z.string(),
  ruleVersion: z.string(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  /** The transition that came, or `watermark` for what time alone brought. */
  trigger: z.union([z.literal('watermark'), z.object({ alertId: z.string(), version: z.int() })]),
});
export type RecordHead = z.infer<typeof RecordHead>;

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
 * All that `verdict` rests on: the pattern, the members with their times, the watermark, what had been said before.
 *
 * At most 8 KB, because the members are bounded. The same input gives the same bytes.
 */
export function correlationRecord(
  head: RecordHead,
  before: CorrelationState,
  terms: Terms,
  input: JudgeInput,
  verdict: CorrelationVerdict,
): string {
  const { change, severity, phenomenonAt, at, marks } = verdict;
  return canonicalJson({
    format: recordFormat,
    kind: 'correlation',
    ...head,
    pattern: terms,
    now: input.now,
    watermark: input.watermark,
    before: stateJson(before),
    verdict: { change, severity, phenomenonAt, at, marks },
  });
}

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
