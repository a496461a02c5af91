/** What this room knows: what a window remembers of a sensor's past. This file: where a bucket lies in its ring. */
import type { WindowShape } from './shape.ts';

/** Where the numbers of a bucket begin. */
export const slotOf = ({ capacity, stride }: WindowShape, bucket: number): number =>
  (bucket % capacity) * stride;

/** The slot of the next bucket. A division at every step would cost more than all the rest. */
export const after = (slot: number, { blank, stride }: WindowShape): number =>
  slot + stride === blank.length ? 0 : slot + stride;
