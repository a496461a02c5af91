/** Places in a sorted list. */

/** How many leading things of the list fulfil `isBefore`, which holds for a beginning of the list alone. */
export function countBefore<T>(list: readonly T[], isBefore: (thing: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const thing = list[middle];
    if (thing !== undefined && isBefore(thing)) low = middle + 1;
    else high = middle;
  }
  return low;
}
