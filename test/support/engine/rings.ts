import type { WindowSpec } from '../../../functions/domain/rules/book.ts';
import { enter, newRing, type Ring } from '../../../functions/domain/rules/windows/ring.ts';
import { shapeOf, type WindowShape } from '../../../functions/domain/rules/windows/shape.ts';
import { slotOf } from '../../../functions/domain/rules/windows/slot.ts';
import { duration } from '../../../functions/domain/time.ts';

const minute = 60_000;
export const hour = 60 * minute;

/** The end of a bucket of every window whose length divides a day. */
export const t0 = Math.ceil(1_700_000_000_000 / (24 * hour)) * 24 * hour;

/** A window of a sensor whose values have five decimal places: 1 is 100,000. */
export const shapeWith = (
  functions: WindowSpec['functions'],
  lengthMs: number,
  { backMs = 0, dayIn }: { readonly backMs?: number; readonly dayIn?: string } = {},
): WindowShape =>
  shapeOf(
    {
      lengthMs: duration(lengthMs),
      backMs: duration(backMs),
      functions,
      ...(dayIn === undefined ? {} : { dayIn }),
    },
    5,
  );

/** A ring that took these readings one after another; times are from `t0` on, values are scaled. */
export function ringOf(
  shape: WindowShape,
  ...readings: readonly (readonly [afterMs: number, scaled: number])[]
): Ring {
  const ring = newRing();
  for (const [afterMs, scaled] of readings) enter(shape, ring, t0 + afterMs, scaled);
  return ring;
}

/** The numbers of the bucket `i` after the one that ends at `t0`: count, first and last time, and the fields. */
export function bucketIn(shape: WindowShape, ring: Ring, i: number): readonly number[] {
  const slot = slotOf(shape, t0 / shape.gridMs + i);
  return ring.data.slice(slot, slot + shape.stride);
}

/** Which buckets hold readings, counted from the one that ends at `t0`. */
export function filledBuckets(shape: WindowShape, ring: Ring | undefined): readonly number[] {
  if (ring === undefined) return [];
  const newest = ring.newest - t0 / shape.gridMs;
  return Array.from({ length: shape.capacity }, (_, i) => newest - shape.capacity + 1 + i).filter(
    (i) => (bucketIn(shape, ring, i)[0] ?? 0) > 0,
  );
}
