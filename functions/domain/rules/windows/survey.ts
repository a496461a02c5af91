/** What this room knows: what a window remembers of a sensor's past. This file: which buckets a window consists of. */
import { type Extent, extentAt } from './grid.ts';
import { heldIn } from './held.ts';
import type { Ring } from './ring.ts';
import type { WindowShape } from './shape.ts';
import { slotOf } from './slot.ts';

/** The buckets that hold readings of a window, `first` to `last`; some between them may be empty. */
export interface Survey extends Extent {
  count: number;
  /** Of their values, where the shape keeps sums. */
  sum: number;
  /** Time of the first and the last reading, within the window; -1 when there is none. */
  oldestAt: number;
  newestAt: number;
}

/** The one that is handed out: windows are asked for every reading, and what is found is used up before the next is asked. */
const found: Survey = {
  from: 0.5,
  to: 0.5,
  first: 0,
  last: 0,
  halfMs: 0.5,
  count: 0,
  sum: 0.5,
  oldestAt: 0.5,
  newestAt: 0.5,
};

const nothingHeld = { count: 0, sum: 0 };

/** Number of the oldest bucket that is kept. */
export const oldestKept = ({ capacity }: WindowShape, { newest }: Ring): number =>
  Math.max(newest - capacity + 1, 0);

/**
 * What there is of the window at `at`; good until the next call.
 *
 * A bucket at the edge belongs to the window as soon as one of its readings does: with at most one reading a bucket the
 * window is exact, with more it reaches further by less than one bucket.
 */
export function survey(shape: WindowShape, ring: Ring, at: number): Survey {
  extentAt(shape, at, found);
  const { from, to } = found;
  const { data, newest } = ring;
  const { firstAt, lastAt } = shape;
  let first = Math.max(found.first, oldestKept(shape, ring));
  let last = Math.min(found.last, newest);
  while (first <= last && !isInside(shape, data, first, found)) first++;
  while (last > first && !isInside(shape, data, last, found)) last--;
  const { count, sum } = first <= last ? heldIn(shape, ring, first, last) : nothingHeld;
  found.first = first;
  found.last = last;
  found.count = count;
  found.sum = sum;
  found.oldestAt = count === 0 ? -1 : Math.max(data[firstAt + slotOf(shape, first)] ?? 0, from);
  found.newestAt = count === 0 ? -1 : Math.min(data[lastAt + slotOf(shape, last)] ?? 0, to);
  return found;
}

function isInside(
  shape: WindowShape,
  data: readonly number[],
  bucket: number,
  { from, to }: Extent,
): boolean {
  const slot = slotOf(shape, bucket);
  return (
    data[slot] !== 0 && (data[shape.lastAt + slot] ?? 0) > from && (data[shape.firstAt + slot] ?? 0) <= to
  );
}

/** Half of the window and the least number of readings are there (semantics 17). */
export const isCovered = ({ count, oldestAt, newestAt, halfMs }: Survey, countMin: number): boolean =>
  count > 0 && count >= countMin && newestAt - oldestAt >= halfMs;

/** The newest bucket with readings from `newest` down to `oldest`; -1 when there is none. */
export function newestFilled(shape: WindowShape, ring: Ring, newest: number, oldest: number): number {
  const least = Math.max(oldest, oldestKept(shape, ring));
  for (let i = Math.min(newest, ring.newest); i >= least; i--)
    if ((ring.data[slotOf(shape, i)] ?? 0) !== 0) return i;
  return -1;
}
