/** What this room knows: what a rule means. This file: the decision record of a correlation (semantics 25). */
import { canonicalJson } from '../engine/canonical-json.ts';
import { stateJson } from './codec.ts';
import type { CorrelationVerdict, JudgeInput } from './judge.ts';
import type { CorrelationState, Terms } from './state.ts';

/** Grows when a record's shape changes. */
const recordFormat = 1;

/** What a record says beside the verdict and its grounds. */
export interface RecordHead {
  readonly rule: string;
  readonly ruleVersion: string;
  readonly subject: { readonly kind: string; readonly id: string };
  /** The transition that came, or `watermark` for what time alone brought. */
  readonly trigger: 'watermark' | { readonly alertId: string; readonly version: number };
}

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
