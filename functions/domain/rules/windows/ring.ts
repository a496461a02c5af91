/** What this room knows: what a window remembers of a sensor's past. This file: the buckets of one window. */
import type { Value } from '../../telemetry/reading.ts';
import { bucketOf } from './grid.ts';
import type { WindowShape } from './shape.ts';
import { slotOf } from './slot.ts';

/** Readings in the buckets `first` to `last`, and the sum of their values, where the shape keeps sums. */
export interface Held {
  first: number;
  last: number;
  count: number;
  sum: number;
}

/** With sums below it in each of at most 64 buckets no total loses a digit, in whatever order it was come by. */
export const bucketSumMax = 2 ** 46;

/**
 * The newest buckets of a window, each in the slot of its number modulo the capacity.
 *
 * `data` holds, bucket by bucket, its number of readings, the time of the first, of the last, and the fields of the shape.
 * Empty until something enters. What is needed together lies together: a fleet's rings do not fit the processor's cache.
 */
export interface Ring {
  /** Number of the newest bucket; -1 before the first. */
  newest: number;
  data: number[];
  /** The slope of the buckets before `slopeOf`, remembered when it was asked; -1: none. Follows from the rest. */
  slopeOf: number;
  slope: number | undefined;
  /** Count and sum of the window that was asked last. Follows from the rest. */
  held: Held | undefined;
  /**
   * A past that `data` no longer reaches: what came before a long gap, and what a backlog brings of it after newer readings
   * have come. Without it a window could say nothing of an outage whose readings come late.
   */
  older: Ring | undefined;
}

/** A past whose newest reading is older than this, by the newest of all, is forgotten: few backlogs take longer. 24 h. */
export const olderKeptMs = 86_400_000;

export const newRing = (): Ring => ({
  newest: -1,
  data: [],
  slopeOf: -1,
  slope: undefined,
  held: undefined,
  older: undefined,
});

/** A copy that may be changed. */
export const copyRing = ({ newest, data, slopeOf, slope, held, older }: Ring): Ring => ({
  newest,
  data: data.slice(),
  slopeOf,
  slope,
  held: held && { ...held },
  older: older && copyRing(older),
});

/** The integer that stands for `value`; a switch is 1 or 0, a name only counts. */
export const scaledValue = ({ power }: WindowShape, value: Value | undefined): number =>
  typeof value === 'number' ? Math.round(value * power) + 0 : value === true ? power : 0;

/**
 * `scaledValue` of what is known; `undefined` for what is missing or not finite: one such number in a sum would make the
 * whole window unknown (semantics 1).
 */
export function scaledIfKnown(shape: WindowShape, value: Value | undefined): number | undefined {
  const scaled = value === undefined ? Number.NaN : scaledValue(shape, value);
  return scaled - scaled === 0 ? scaled : undefined;
}

/** The time of the newest reading of a ring that has one. */
const newestAt = (shape: WindowShape, { newest, data }: Ring): number =>
  data[shape.lastAt + slotOf(shape, newest)] ?? -1;

/** Puts a reading into its bucket. Changes `ring`. `scaled`: `scaledValue` of it. */
export function enter(shape: WindowShape, ring: Ring, at: number, scaled: number): void {
  const bucket = bucketOf(shape, at);
  if (bucket > ring.newest) open(shape, ring, bucket, at);
  else if (bucket < ring.newest) {
    if (bucket <= ring.newest - shape.capacity) {
      enterOlder(shape, ring, bucket, at, scaled);
      return;
    }
    ring.slopeOf = -1;
  }
  const { data } = ring;
  const slot = slotOf(shape, bucket);
  const count = data[slot] ?? 0;
  data[slot] = count + 1;
  if (count === 0) begin(shape, data, slot, at, scaled);
  else add(shape, data, slot, at, scaled);
  noteHeld(ring, bucket, scaled, shape.at.sum < 0 ? 0 : (data[shape.at.sum + slot] ?? 0));
}

/** Makes `bucket` the newest: what its slot and those before it held is forgotten, or becomes the older past. */
function open(shape: WindowShape, ring: Ring, bucket: number, at: number): void {
  const { capacity, blank } = shape;
  if (ring.newest >= 0 && bucket - ring.newest >= capacity) {
    ring.older = { ...ring, older: undefined };
    ring.data = [];
    ring.held = undefined;
  }
  if (ring.older !== undefined && at - newestAt(shape, ring.older) > olderKeptMs) ring.older = undefined;
  if (ring.data.length === 0) ring.data = blank.slice();
  else for (let i = ring.newest + 1; i <= bucket; i++) ring.data[slotOf(shape, i)] = 0;
  ring.newest = bucket;
}

/** A late reading belongs to the older past where the present does not reach. */
function enterOlder(shape: WindowShape, ring: Ring, bucket: number, at: number, scaled: number): void {
  const { older } = ring;
  if (newestAt(shape, ring) - at > olderKeptMs) return;
  const past = older === undefined || bucket <= older.newest - shape.capacity ? newRing() : older;
  ring.older = past;
  enter(shape, past, at, scaled);
  past.older = undefined;
}

function begin(shape: WindowShape, data: number[], slot: number, at: number, scaled: number): void {
  data[shape.firstAt + slot] = at;
  data[shape.lastAt + slot] = at;
  const { sum, min, max, first, last, anchor, squares } = shape.at;
  if (sum >= 0) data[sum + slot] = scaled;
  if (min >= 0) data[min + slot] = scaled;
  if (max >= 0) data[max + slot] = scaled;
  if (first >= 0) data[first + slot] = scaled;
  if (last >= 0) data[last + slot] = scaled;
  if (anchor >= 0) data[anchor + slot] = scaled;
  if (squares >= 0) data[squares + slot] = 0;
}

function add(shape: WindowShape, data: number[], slot: number, at: number, scaled: number): void {
  const { sum, min, max, first, last, anchor, squares } = shape.at;
  if (sum >= 0) data[sum + slot] = (data[sum + slot] ?? 0) + scaled;
  if (min >= 0 && scaled < (data[min + slot] ?? 0)) data[min + slot] = scaled;
  if (max >= 0 && scaled > (data[max + slot] ?? 0)) data[max + slot] = scaled;
  if (squares >= 0) {
    const distance = scaled - (data[anchor + slot] ?? 0);
    data[squares + slot] = (data[squares + slot] ?? 0) + distance * distance;
  }
  const firstAt = data[shape.firstAt + slot] ?? 0;
  const lastAt = data[shape.lastAt + slot] ?? 0;
  if (at > lastAt) {
    data[shape.lastAt + slot] = at;
    if (last >= 0) data[last + slot] = scaled;
  } else if (at === lastAt && last >= 0 && scaled > (data[last + slot] ?? 0)) data[last + slot] = scaled;
  if (at < firstAt) {
    data[shape.firstAt + slot] = at;
    if (first >= 0) data[first + slot] = scaled;
    // Of two at one instant the greater one stands, so that their order makes no difference.
  } else if (at === firstAt && first >= 0 && scaled > (data[first + slot] ?? 0)) data[first + slot] = scaled;
}

/** Notes a reading that has entered `bucket`, whose sum it has made `sum`. Changes `ring`. */
function noteHeld(ring: Ring, bucket: number, scaled: number, sum: number): void {
  const { held } = ring;
  if (held === undefined || bucket < held.first || bucket > held.last) return;
  held.count += 1;
  held.sum += scaled;
  if (Math.abs(sum) >= bucketSumMax) ring.held = undefined;
}
