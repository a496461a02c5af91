/** What one call of a service takes: so many things, and so many bytes of them together. */
export interface BatchLimits {
  readonly countMax: number;
  readonly bytesMax: number;
}

/**
 * The things in order, cut into batches within both limits; a thing larger than `bytesMax` gets a batch of its own,
 * which the service refuses.
 */
export function batchesOf<T>(
  things: readonly T[],
  bytesOf: (thing: T) => number,
  { countMax, bytesMax }: BatchLimits,
): T[][] {
  const batches: T[][] = [];
  let open: T[] = [];
  let bytes = 0;
  for (const thing of things) {
    const size = bytesOf(thing);
    if (open.length > 0 && (open.length >= countMax || bytes + size > bytesMax)) {
      batches.push(open);
      open = [];
      bytes = 0;
    }
    open.push(thing);
    bytes += size;
  }
  if (open.length > 0) batches.push(open);
  return batches;
}
