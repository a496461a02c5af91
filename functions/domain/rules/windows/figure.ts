/** What this room knows: what a window remembers of a sensor's past. This file: the figures of a window (semantics 17). */
import type { WindowFunction } from '../expression.ts';
import { changeOver } from './change.ts';
import { ringAt } from './merged.ts';
import type { Ring } from './ring.ts';
import type { WindowShape } from './shape.ts';
import { after, slotOf } from './slot.ts';
import { isCovered, type Survey, survey } from './survey.ts';
import { timeWeighted } from './time-weighted.ts';

/**
 * The figure `fn` of a window as of `at`; `undefined` is unknown. `rate` is for each millisecond.
 *
 * @param scaled the reading that is judged, where the window is of its own sensor: `delta` and `rate` compare it
 */
export function figureAt(
  shape: WindowShape,
  main: Ring,
  fn: WindowFunction,
  at: number,
  countMin: number,
  scaled?: number,
): number | undefined {
  const ring = ringAt(shape, main, at);
  const found = survey(shape, ring, at);
  if (fn === 'count') return found.count;
  const isChange = fn === 'delta' || fn === 'rate';
  if (isChange ? found.count < Math.max(countMin, 1) : !isCovered(found, countMin)) return undefined;
  const figure = isChange ? changeOver(shape, ring, found, fn, scaled) : figureOf(shape, ring, found, fn);
  return figure === undefined ? undefined : figure / shape.power;
}

function figureOf(
  shape: WindowShape,
  ring: Ring,
  found: Survey,
  fn: Exclude<WindowFunction, 'count' | 'delta' | 'rate'>,
): number | undefined {
  switch (fn) {
    case 'avg':
      return found.sum / found.count;
    case 'twa':
      return timeWeighted(shape, ring, found);
    case 'stddev':
      return deviation(shape, ring, found);
    case 'min':
      return least(shape, ring, found);
    default:
      return greatest(shape, ring, found);
  }
}

function least(shape: WindowShape, { data }: Ring, { first, last }: Survey): number {
  const { at } = shape;
  let found = Number.POSITIVE_INFINITY;
  for (let i = first, slot = slotOf(shape, first); i <= last; i++, slot = after(slot, shape)) {
    if (data[slot] !== 0) found = Math.min(found, data[at.min + slot] ?? 0);
  }
  return found;
}

function greatest(shape: WindowShape, { data }: Ring, { first, last }: Survey): number {
  const { at } = shape;
  let found = Number.NEGATIVE_INFINITY;
  for (let i = first, slot = slotOf(shape, first); i <= last; i++, slot = after(slot, shape)) {
    if (data[slot] !== 0) found = Math.max(found, data[at.max + slot] ?? 0);
  }
  return found;
}

/**
 * The standard deviation of the readings that are there (divided by n, not by n - 1).
 *
 * Distances are from a value of the window, so that no great squares are subtracted from each other.
 */
function deviation(shape: WindowShape, { data }: Ring, { first, last, count }: Survey): number {
  const { at } = shape;
  const about = data[at.anchor + slotOf(shape, first)] ?? 0;
  let distances = 0;
  let squared = 0;
  for (let i = first, slot = slotOf(shape, first); i <= last; i++, slot = after(slot, shape)) {
    const n = data[slot] ?? 0;
    if (n === 0) continue;
    const anchor = data[at.anchor + slot] ?? 0;
    const moved = anchor - about;
    const own = (data[at.sum + slot] ?? 0) - n * anchor;
    distances += own + n * moved;
    squared += (data[at.squares + slot] ?? 0) + 2 * moved * own + n * moved * moved;
  }
  return Math.sqrt(Math.max(0, squared / count - (distances / count) ** 2));
}
