/** What this room knows: what a window remembers of a sensor's past. This file: where a value is going (semantics 18). */
import { roundHalfEven } from '../../telemetry/round.ts';
import type { Verdict } from '../expression.ts';
import { newestUntil } from './change.ts';
import { bucketOf } from './grid.ts';
import { ringAt } from './merged.ts';
import type { Ring } from './ring.ts';
import type { WindowShape } from './shape.ts';
import { after, slotOf } from './slot.ts';
import { isCovered, oldestKept, type Survey, survey } from './survey.ts';

/** Fewer closed buckets than this say nothing about a trend. */
export const slopePointsMin = 3;
/** Most points that a slope is drawn through. */
export const slopePointsMax = 24;

/**
 * The median of the slopes between any two closed buckets of the window (Theil and Sen), in scaled units for each
 * millisecond: up to 29 in 100 readings may be wild without moving it far. `undefined` with too little.
 *
 * Remembered in `ring` until a bucket closes or changes; it follows from the buckets alone.
 */
function slopeAt(shape: WindowShape, ring: Ring, at: number): number | undefined {
  const present = bucketOf(shape, at);
  // That of a bucket which is no longer the newest was drawn through points that may have been forgotten since.
  if (present !== ring.newest) return medianSlope(shape, ring, present);
  if (ring.slopeOf !== present) {
    ring.slope = medianSlope(shape, ring, present);
    ring.slopeOf = present;
  }
  return ring.slope;
}

function medianSlope(shape: WindowShape, ring: Ring, present: number): number | undefined {
  const { firstAt, lastAt, at, span } = shape;
  const { data } = ring;
  const times: number[] = [];
  const values: number[] = [];
  const last = Math.min(present - 1, ring.newest);
  const first = Math.max(present - span, oldestKept(shape, ring));
  for (let i = first, slot = slotOf(shape, first); i <= last; i++, slot = after(slot, shape)) {
    const count = data[slot] ?? 0;
    if (count === 0) continue;
    times.push(((data[firstAt + slot] ?? 0) + (data[lastAt + slot] ?? 0)) / 2);
    values.push((data[at.sum + slot] ?? 0) / count);
  }
  if (times.length < slopePointsMin) return undefined;
  const skipped = Math.max(0, times.length - slopePointsMax);
  const slopes: number[] = [];
  for (let i = skipped; i < times.length; i++)
    for (let j = i + 1; j < times.length; j++)
      slopes.push(((values[j] ?? 0) - (values[i] ?? 0)) / ((times[j] ?? 0) - (times[i] ?? 0)));
  return median(Float64Array.from(slopes).sort());
}

const median = (sorted: Float64Array): number => {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
};

function newestIn(shape: WindowShape, ring: Ring, { from, to }: Survey): number | undefined {
  const newest = { at: 0, value: 0 };
  /* istanbul ignore next -- a window that is covered holds a reading */
  return newestUntil(shape, ring, to, from, newest) ? newest.value : undefined;
}

/**
 * True when the newest value, going on as the window does, meets `limit` within `withinMs` (semantics 18). Where the value
 * goes nowhere, or away from the limit, it meets nothing; `undefined` when too little of the window is there.
 *
 * @param scaled the reading that is judged, where the window is of its own sensor
 */
export function reachesAt(
  shape: WindowShape,
  main: Ring,
  limit: number,
  withinMs: number,
  at: number,
  countMin: number,
  scaled?: number,
): Verdict {
  const ring = ringAt(shape, main, at);
  const found = survey(shape, ring, at);
  if (!isCovered(found, countMin)) return undefined;
  const slope = slopeAt(shape, ring, at);
  const now = scaled ?? newestIn(shape, ring, found);
  if (slope === undefined || now === undefined) return undefined;
  if (slope === 0) return false;
  const reached = roundHalfEven((now + slope * withinMs) / shape.power, shape.places);
  // A limit that lies behind is not ahead: a tank at half that runs empty does not fill up.
  const present = now / shape.power;
  return slope > 0 ? present <= limit && reached >= limit : present >= limit && reached <= limit;
}
