/** What this room knows: what a window remembers of a sensor's past. This file: the mean in which every value counts as long as it held. */
import { bucketOf } from './grid.ts';
import type { Ring } from './ring.ts';
import type { WindowShape } from './shape.ts';
import { after, slotOf } from './slot.ts';
import { newestFilled, type Survey } from './survey.ts';

/**
 * The time-weighted mean, in scaled units; `undefined` when no time is covered.
 *
 * Each value holds until the next one; the one before the window holds at its start, when it is at most a quarter of a
 * window older. Between the first and the last reading of a bucket the mean of all but the last stands for them: exact for
 * up to two, and for any number at even distances. So the order in which readings came makes no difference.
 */
export function timeWeighted(shape: WindowShape, ring: Ring, found: Survey): number | undefined {
  const { firstAt, lastAt, at } = shape;
  const { from, to, first, last } = found;
  const { data } = ring;
  const earlier = newestFilled(shape, ring, first - 1, bucketOf(shape, from + 1) - shape.before);
  let heldAt = earlier < 0 ? to : (data[lastAt + slotOf(shape, earlier)] ?? 0);
  let held = earlier < 0 ? 0 : (data[at.last + slotOf(shape, earlier)] ?? 0);
  let weighted = 0;
  let covered = 0;
  for (let i = first, slot = slotOf(shape, first); i <= last; i++, slot = after(slot, shape)) {
    const count = data[slot] ?? 0;
    if (count === 0) continue;
    const start = data[firstAt + slot] ?? 0;
    const outer = overlap(heldAt, start, from, to);
    covered += outer;
    weighted += outer * held;
    held = data[at.last + slot] ?? 0;
    heldAt = data[lastAt + slot] ?? 0;
    if (count === 1) continue;
    const inner = overlap(start, heldAt, from, to);
    covered += inner;
    weighted += (inner * ((data[at.sum + slot] ?? 0) - held)) / (count - 1);
  }
  const rest = overlap(heldAt, to, from, to);
  covered += rest;
  weighted += rest * held;
  /* istanbul ignore next -- who asks has found half of the window covered */
  return covered === 0 ? undefined : weighted / covered;
}

/** How long the stretch from `start` to `end` lies within (`from`, `to`]. */
const overlap = (start: number, end: number, from: number, to: number): number =>
  Math.max(0, Math.min(end, to) - Math.max(start, from));
