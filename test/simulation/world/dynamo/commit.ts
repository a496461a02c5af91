/** How changes become true: all at once, then told in order. */
import type { Item } from '../../history.ts';
import type { Table } from './table.ts';
import { equalItems } from './values.ts';

export interface Write {
  readonly table: Table;
  /** The key, perhaps with more. */
  readonly key: Item;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** Makes the changes of one request true. */
export type Commit = (writes: readonly Write[]) => void;

export interface CommittedChange {
  readonly table: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly write: number;
}

/**
 * Numbers the requests that change something, and tells each change after all of its request are true.
 *
 * A write that leaves an item as it was changes nothing: DynamoDB's stream has no record of it either.
 */
export function createCommit(now: () => number, changed: (change: CommittedChange) => void): Commit {
  let write = 0;
  return (writes) => {
    const real = writes.filter(({ before, after }) => !isSame(before, after));
    if (real.length === 0) return;
    write += 1;
    const own = write;
    const at = now();
    for (const { table, key, after } of real) table.change(key, after, at);
    for (const { table, before, after } of real)
      changed({ table: table.shape.name, before, after, write: own });
  };
}

const isSame = (a: Item | undefined, b: Item | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && equalItems(a, b));
