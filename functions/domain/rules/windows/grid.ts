/** What this room knows: what a window remembers of a sensor's past. This file: where buckets and windows lie in time. */
import { dayOf } from './day.ts';
import { bucketsPerDay, type WindowShape } from './shape.ts';

/** The number of the bucket that holds `at`; a bucket ends with its last instant, and of a day begins with its first. */
export const bucketOf = (shape: WindowShape, at: number): number =>
  shape.dayIn === undefined ? Math.ceil(at / shape.gridMs) : bucketOfDay(shape, shape.dayIn, at);

function bucketOfDay({ gridMs }: WindowShape, zone: string, at: number): number {
  const { number, startAt } = dayOf(zone, at);
  return number * bucketsPerDay + Math.min(Math.floor((at - startAt) / gridMs), bucketsPerDay - 1);
}

/** The instant before the first of the bucket that holds `at`. */
export function bucketStart(shape: WindowShape, at: number): number {
  const { dayIn, gridMs } = shape;
  if (dayIn === undefined) return (Math.ceil(at / gridMs) - 1) * gridMs;
  const { startAt } = dayOf(dayIn, at);
  return startAt + Math.min(Math.floor((at - startAt) / gridMs), bucketsPerDay - 1) * gridMs - 1;
}

/** A window as it is asked at some instant: (`from`, `to`], in the buckets `first` to `last`. */
export interface Extent {
  from: number;
  to: number;
  first: number;
  last: number;
  /** So much of it must be covered to be known (semantics 17). Milliseconds. */
  halfMs: number;
}

/**
 * Where the window lies when it is asked at `at`; written into `into`.
 *
 * A baseline ends where a bucket does: one that is under way would mix what is to be compared into what it is compared
 * with. Of a day that is not over, what has passed of it counts as the whole.
 */
export function extentAt(shape: WindowShape, at: number, into: Extent): void {
  const { dayIn, gridMs, lengthMs, backMs, span } = shape;
  into.to = at;
  into.halfMs = lengthMs / 2;
  if (dayIn !== undefined) {
    const { number, startAt } = dayOf(dayIn, at);
    into.from = startAt - 1;
    into.first = number * bucketsPerDay;
    into.last = bucketOfDay(shape, dayIn, at);
    into.halfMs = (at - startAt) / 2;
  } else if (backMs > 0) {
    into.last = Math.floor((at - backMs) / gridMs);
    into.first = into.last - span + 1;
    into.from = (into.first - 1) * gridMs;
    into.to = into.last * gridMs;
  } else {
    into.from = at - lengthMs;
    into.first = Math.ceil((into.from + 1) / gridMs);
    into.last = Math.ceil(at / gridMs);
  }
}
