/** What this room knows: what a window remembers of a sensor's past. This file: present and older past as one. */
import { bucketOf } from './grid.ts';
import { newRing, type Ring } from './ring.ts';
import type { WindowShape } from './shape.ts';
import { slotOf } from './slot.ts';
import { oldestKept } from './survey.ts';

/**
 * The buckets that a window asked at `at` consists of, as one ring.
 *
 * That is nearly always `ring` itself. Only a late reading asks further back than it reaches; what is missing is then taken
 * from the older past.
 */
export function ringAt(shape: WindowShape, ring: Ring, at: number): Ring {
  const { older } = ring;
  if (older === undefined) return ring;
  const bucket = bucketOf(shape, at);
  return bucket >= ring.newest - shape.spare ? ring : merged(shape, ring, older, bucket);
}

function merged(shape: WindowShape, ring: Ring, older: Ring, newest: number): Ring {
  const { capacity, blank, stride } = shape;
  const data = blank.slice();
  const first = Math.max(newest - capacity + 1, 0);
  for (let i = first; i <= newest; i++) {
    const from = reaches(shape, ring, i) ? ring : reaches(shape, older, i) ? older : undefined;
    if (from === undefined) continue;
    const slot = slotOf(shape, i);
    for (let at = slot; at < slot + stride; at++) data[at] = from.data[at] ?? 0;
  }
  return { ...newRing(), newest, data };
}

const reaches = (shape: WindowShape, ring: Ring, bucket: number): boolean =>
  bucket <= ring.newest && bucket >= oldestKept(shape, ring);
