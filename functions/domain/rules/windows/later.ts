/** What this room knows: what a window remembers of a sensor's past. This file: at which instants a late reading makes a difference. */
import { bucketOf } from './grid.ts';
import type { Ring } from './ring.ts';
import type { WindowShape } from './shape.ts';
import { slotOf } from './slot.ts';
import { oldestKept } from './survey.ts';

/** An instant that was judged, with the value then, where it is kept. */
export interface JudgedInstant {
  readonly at: number;
  readonly value: number | undefined;
}

/** The last instants of the buckets that hold something later than `at`. */
export const laterInstants = (shape: WindowShape, ring: Ring, at: number): readonly JudgedInstant[] => [
  ...(ring.older === undefined ? [] : laterIn(shape, ring.older, at)),
  ...laterIn(shape, ring, at),
];

function laterIn(shape: WindowShape, ring: Ring, at: number): readonly JudgedInstant[] {
  const { lastAt, power } = shape;
  const found: JudgedInstant[] = [];
  const first = Math.max(bucketOf(shape, at), oldestKept(shape, ring));
  for (let i = first; i <= ring.newest; i++) {
    const slot = slotOf(shape, i);
    const last = ring.data[lastAt + slot] ?? 0;
    if (ring.data[slot] === 0 || last <= at) continue;
    const value = shape.at.last < 0 ? undefined : (ring.data[shape.at.last + slot] ?? 0) / power;
    found.push({ at: last, value });
  }
  return found;
}
