/** What this room knows: what a rule means. This file: what a condition may ask beyond the reading itself. */
import type { Value } from '../telemetry/reading.ts';
import type { Verdict, WindowFunction } from './expression.ts';

/** The newest value of a sensor at some instant; `undefined` when missing, bad, or older than its silence (semantics 19). */
export interface Seen {
  readonly value: Value | undefined;
  readonly quality: string;
  /** Its place among the sensors of `peers`. */
  readonly place?: number;
}

/** Windows, and the other sensors of the device, as they are at one instant of one rule on one sensor. */
export interface Around {
  /** A figure of the rule's window number `window`; unknown as semantics 17 says. `rate`: for each millisecond. */
  figure(window: number, fn: WindowFunction): number | undefined;
  /** The same of a window that each sensor of `peers` has, by the place of the sensor. */
  figureOf(window: number, fn: WindowFunction, place: number | undefined): number | undefined;
  /** True when the window's robust slope brings the value to `limit` within `withinMs` (semantics 18). */
  reaches(window: number, limit: number, withinMs: number): Verdict;
  /** The sensor of a role; `undefined` when the device has not exactly one. */
  role(name: string): Seen | undefined;
  /** The sensors of the device that measure `quantity`. */
  peers(quantity: string): readonly Seen[];
}
