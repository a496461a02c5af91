/** What this room knows: what a window remembers of a sensor's past. This file: the mean in which every value counts as long as it held. */
import { bucketOf } from './grid.ts';
import type { Ring } from './ring.ts';
import type { WindowShape } from './shape.ts';
import { newestFilled, type Survey } from './survey.ts';

/**
 * The time-weighted mean, in scaled units; `undefined` when no time is covered.
 *
 * Each value holds until the next one; the one before the window holds at its start, when it is at most a quarter of a
 * window older. Between the first and the last reading of a bucket the mean of all but the last stands for them: exact for
 * up to two, and for any number at even distances. So the order in which readings came makes no difference.
 */
export function timeWeighted(shape: WindowShape, ring: Ring, found: Survey): number | undefined {
  const { capacity, firstAt, lastAt, at } = shape;
  const { from, to, first, last } = found;
  const { data } = ring;
  let weighted = 0;
  let covered = 0;
  const hold = (value: number, start: number, end: number): void => {
    const ms = Math.min(end, to) - Math.max(start, from);
    if (ms <= 0) return;
    covered += ms;
    weighted += ms * value;
  };
  const earlier = newestFilled(shape, ring, first - 1, bucketOf(shape, from + 1) - shape.before);
  let heldAt = earlier < 0 ? to : (data[lastAt + (earlier % capacity)] ?? 0);
  let held = earlier < 0 ? 0 : (data[at.last + (earlier % capacity)] ?? 0);
  for (let i = first; i <= last; i++) {
    const slot = i % capacity;
    const count = data[slot] ?? 0;
    if (count === 0) continue;
    const start = data[firstAt + slot] ?? 0;
    hold(held, heldAt, start);
    held = data[at.last + slot] ?? 0;
    heldAt = data[lastAt + slot] ?? 0;
    if (count > 1) hold(((data[at.sum + slot] ?? 0) - held) / (count - 1), start, heldAt);
  }
  hold(held, heldAt, to);
  return covered === 0 ? undefined : weighted / covered;
}
