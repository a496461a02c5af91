/** What this room knows: what a device says, how it is decoded, ordered, timed and refused. */
import type { Instant } from '../time.ts';

/**
 * What the device or the decoder says about one value. `good` unless something is known against it;
 * `unknown` is any flag that we do not know (semantics 5).
 */
export const qualities = ['good', 'calibrating', 'maintenance', 'fault', 'over-range', 'unknown'] as const;
export type Quality = (typeof qualities)[number];

/** The decimal that was sent (as the nearest double), a switch state, or a name from an enumeration. */
export type Value = number | boolean | string;

/** One value of one sensor at one time, with its quality. */
export interface Reading {
  readonly sensorId: string;
  /** Position of its record in the pack, from 0: names it in quarantine and in decision records. */
  readonly index: number;
  /** When it was true, after the clock correction of semantics 10. */
  readonly phenomenonAt: Instant;
  /** When the broker had it. */
  readonly receivedAt: Instant;
  /** Sign of life: receive time less the reading's age, never after receive time (semantics 10). */
  readonly lifeAt: Instant;
  /** Absent when the record carries only a quality. */
  readonly value: Value | undefined;
  readonly quality: Quality;
  /** False: raise-only. It clears nothing, enters no window and ends no silence (semantics 10, 11). */
  readonly trusted: boolean;
}
