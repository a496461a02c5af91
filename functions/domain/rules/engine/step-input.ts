/** What this room knows: what a rule means. This file: what drives a step of a rule, and what the step did. */
import { qualities, type Reading, type Value } from '../../telemetry/reading.ts';
import { type Instant, instant } from '../../time.ts';
import type { TransitionDraft } from '../transition.ts';
import type { Condition } from './bind.ts';
import { never } from './cell.ts';
import type { Asked } from './surroundings.ts';
import type { DueEvent } from './timers.ts';
import { echoIndex, type InstantVerdict } from './verdict.ts';

/** What drives a step: readings of one instant, one reading that can only raise, or time. */
export type StepInput = ReadingsInput | TimeInput;

export interface ReadingsInput {
  readonly kind: 'readings';
  /** Late or untrusted: one reading that can only raise. Otherwise all of one instant. */
  readonly isLate: boolean;
  readonly at: Instant;
  readonly readings: readonly Reading[];
}

export interface TimeInput {
  readonly kind: 'time';
  readonly event: DueEvent['kind'];
  readonly at: Instant;
  /** Of a deadline the severity, of a change of limits the key of the era. */
  readonly index: number;
  /** Newest instant at which the condition was judged, with `value` then; told for a change of limits, which judges it again. */
  readonly valueAt?: number | undefined;
  /** Of a change of limits, where the sensor's newest reading is not good: when `value` was read. */
  readonly goodAt?: number | undefined;
  /** The sensor's newest reading, for people: time has no value of its own. Of a change of limits its last good one. */
  readonly value: Value | undefined;
  readonly quality: string;
}

/**
 * The last good value that a change of limits judges again, as a reading; of a rule that asks for the state of its sensor
 * the newest reading, whose value says nothing. `undefined` when there is none.
 */
export function lastOf(
  condition: Condition,
  { event, at, value, quality, valueAt = never }: TimeInput,
): Reading | undefined {
  if (event !== 'limit-changed' || valueAt === never) return undefined;
  if (quality !== 'good' && !asksForState(condition, quality)) return undefined;
  return {
    sensorId: condition.sensor.sensorId,
    index: echoIndex,
    phenomenonAt: instant(valueAt),
    receivedAt: at,
    lifeAt: instant(0),
    value: quality === 'good' ? value : undefined,
    quality: qualities.find((one) => one === quality) ?? 'unknown',
    trusted: true,
  };
}

/** A rule on the quality of data asks about the states that leave the value unknown: to it their last word is one (semantics 5, 12). */
export const asksForState = ({ rule }: Condition, quality: string): boolean => {
  const state = qualities.find((one) => one === quality) ?? 'unknown';
  return rule.kind === 'data-quality' && state !== 'good' && rule.quality[state] === 'unknown';
};

/** What a step did, before it has a record. */
export interface Outcome {
  readonly draft: Omit<TransitionDraft, 'because'>;
  readonly verdict: InstantVerdict | undefined;
  /** For each reading of the verdict, or for the last value of all, what was asked beyond it; absent where nothing can be. */
  readonly asked: readonly Asked[] | undefined;
}
