/** The tables of a world as they were in the middle of its life. */
import type { Change, Item } from '../history.ts';

export const keyOf = (item: Item): string =>
  `${item['id']?.S ?? ''}|${item['pk']?.S ?? ''}|${item['sk']?.S ?? ''}`;

/** What the changes that `isIn` has make of what was there at the start. */
export function tablesAt(
  start: readonly Item[],
  changes: readonly Change[],
  isIn: (change: Change, place: number) => boolean,
): Item[] {
  const items = new Map(start.map((item) => [keyOf(item), item]));
  changes.forEach((change, place) => {
    if (!isIn(change, place)) return;
    const { before, after } = change;
    if (after !== undefined) items.set(keyOf(after), after);
    else if (before !== undefined) items.delete(keyOf(before));
  });
  return [...items.values()];
}
