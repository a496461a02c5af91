/** What this room knows: what a window remembers of a sensor's past. This file: count and sum of a window, moved on with it. */
import { bucketSumMax, type Held, type Ring } from './ring.ts';
import type { WindowShape } from './shape.ts';
import { after, slotOf } from './slot.ts';

/**
 * Count and sum of the buckets `first` to `last`; good until the ring changes.
 *
 * A window that is asked for every reading moves by a bucket at most: what falls out is taken off, what comes is added.
 * Sums are of integers, so the figure is the same as if all were added up again (semantics 4, 17).
 */
export function heldIn(shape: WindowShape, ring: Ring, first: number, last: number): Held {
  const { held } = ring;
  const oldest = ring.newest - shape.capacity + 1;
  if (held === undefined || held.first < oldest || held.first > first || held.last > last)
    return countAgain(shape, ring, first, last);
  const isMoved =
    move(shape, ring, held, held.first, first - 1, -1) && move(shape, ring, held, held.last + 1, last, 1);
  if (!isMoved) {
    // Half of it may have been moved.
    ring.held = undefined;
    return countAgain(shape, ring, first, last);
  }
  held.first = first;
  held.last = last;
  return held;
}

function countAgain(shape: WindowShape, ring: Ring, first: number, last: number): Held {
  const held: Held = { first, last, count: 0, sum: 0 };
  const isExact = move(shape, ring, held, first, last, 1);
  // What is asked for the past is not what is asked next.
  if (isExact && last === ring.newest) ring.held = held;
  return held;
}

/** Adds the buckets, or takes them off; false when a sum is so great that digits may be lost. */
function move(
  shape: WindowShape,
  { data }: Ring,
  held: Held,
  first: number,
  last: number,
  sign: 1 | -1,
): boolean {
  const { at } = shape;
  let isExact = true;
  for (let i = first, slot = slotOf(shape, first); i <= last; i++, slot = after(slot, shape)) {
    const count = data[slot] ?? 0;
    if (count === 0) continue;
    held.count += sign * count;
    if (at.sum < 0) continue;
    const sum = data[at.sum + slot] ?? 0;
    if (Math.abs(sum) >= bucketSumMax) isExact = false;
    held.sum += sign * sum;
  }
  return isExact;
}
