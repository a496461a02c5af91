/** What this room knows: what devices and their rules share. This file: lists that nearly always stay a list of one. */

/**
 * `list` with `item` at its end, in place; a list of one when there is none yet.
 *
 * A literal of one is as large as one; an empty list that is pushed to has room for seventeen, which costs more than
 * the reading that goes into it.
 */
export function appended<T>(list: T[] | undefined, item: T): T[] {
  if (list === undefined) return [item];
  list.push(item);
  return list;
}
