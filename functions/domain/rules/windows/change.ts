/** What this room knows: what a window remembers of a sensor's past. This file: by how much a value has changed. */
import { bucketOf } from './grid.ts';
import type { Ring } from './ring.ts';
import type { WindowShape } from './shape.ts';
import { slotOf } from './slot.ts';
import { newestFilled, type Survey } from './survey.ts';

/** A value in scaled units, and when it was. */
export interface Known {
  at: number;
  value: number;
}

/**
 * The newest value at or before `until` that the ring knows, not older than `from`: of a bucket its first or its last.
 * Written into `into`; false when there is none.
 */
export function newestUntil(
  shape: WindowShape,
  ring: Ring,
  until: number,
  from: number,
  into: Known,
): boolean {
  const { firstAt, lastAt, at } = shape;
  const { data } = ring;
  const oldest = bucketOf(shape, Math.max(from, 0));
  let bucket = bucketOf(shape, Math.max(until, 0));
  for (;;) {
    bucket = newestFilled(shape, ring, bucket, oldest);
    if (bucket < 0) return false;
    const slot = slotOf(shape, bucket);
    const last = data[lastAt + slot] ?? 0;
    const first = data[firstAt + slot] ?? 0;
    if (last <= until) {
      into.at = last;
      into.value = data[at.last + slot] ?? 0;
      return last >= from;
    }
    if (first <= until) {
      into.at = first;
      into.value = data[at.first + slot] ?? 0;
      return first >= from;
    }
    bucket -= 1;
  }
}

const now: Known = { at: 0.5, value: 0.5 };
const past: Known = { at: 0.5, value: 0.5 };

/**
 * By how much the value at the end of the window differs from the newest one at or before its start, not older than two
 * windows, else from the oldest one in it if half a window lies between (semantics 17). In scaled units; as `rate` for
 * each millisecond.
 *
 * @param scaled the reading that is judged; without it the newest of the window is compared
 */
export function changeOver(
  shape: WindowShape,
  ring: Ring,
  found: Survey,
  fn: 'delta' | 'rate',
  scaled: number | undefined,
): number | undefined {
  const { from, to, first, oldestAt, halfMs } = found;
  if (scaled !== undefined) {
    now.at = to;
    now.value = scaled;
  } else {
    const isKnown = newestUntil(shape, ring, to, from + 1, now);
    /* istanbul ignore if -- a window that holds a reading has a newest one */
    if (!isKnown) return undefined;
  }
  if (!newestUntil(shape, ring, from, from - shape.lengthMs, past)) {
    if (now.at - oldestAt < halfMs) return undefined;
    past.at = oldestAt;
    past.value = ring.data[shape.at.first + slotOf(shape, first)] ?? 0;
  }
  if (fn === 'delta') return now.value - past.value;
  /* istanbul ignore next -- the two lie in or before different ends of the window */
  return now.at === past.at ? undefined : (now.value - past.value) / (now.at - past.at);
}
