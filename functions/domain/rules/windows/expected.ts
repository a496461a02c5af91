/** What this room knows: what a window remembers of a sensor's past. This file: what one bucket lets expect of the one before it. */
import type { WindowShape } from './shape.ts';

/** Most likely distance of two readings, in milliseconds; only a guess that makes bytes short. */
export function paceOf(shape: WindowShape, data: readonly number[], slots: readonly number[]): number {
  const { firstAt, lastAt } = shape;
  for (const slot of slots) {
    const count = data[slot] ?? 0;
    if (count > 1)
      return Math.round(((data[lastAt + slot] ?? 0) - (data[firstAt + slot] ?? 0)) / (count - 1));
  }
  const [newest, older] = slots;
  return newest === undefined || older === undefined
    ? 0
    : (data[firstAt + newest] ?? 0) - (data[lastAt + older] ?? 0);
}

/** How many readings a bucket that begins after `start` has whose last one is at `lastAt`, at that pace. */
export const expectedCount = (start: number, lastAt: number, paceMs: number): number =>
  paceMs === 0 ? 1 : Math.floor((lastAt - start - 1) / paceMs) + 1;

/** When its first reading was. */
export const expectedFirst = (start: number, count: number, lastAt: number, paceMs: number): number =>
  Math.max(start + 1, lastAt - (count - 1) * paceMs);

/** What a field is in the newer bucket; a sum, so many times the mean there, a multiple of every unit in use. */
export function expectedValue(
  { at }: WindowShape,
  data: readonly number[],
  offset: number,
  slot: number,
  newer: number,
): number {
  if (newer < 0 || offset === at.squares) return 0;
  const value = data[offset + newer] ?? 0;
  if (offset !== at.sum) return value;
  return Math.round(value / (data[newer] ?? 1) / meanUnit) * meanUnit * (data[slot] ?? 0);
}

/** Means are rounded to it, so that what is left has the places of the sum. */
const meanUnit = 1_000;
