/** One table: its rows, its indexes, its time to live, and how far back each can be read. */
import type { Item } from '../../history.ts';
import { createExpiry } from './expiry.ts';
import { createIndex, type Entry, type IndexEntries } from './index-entries.ts';
import { createRows, type Row, type Rows } from './rows.ts';
import { keyNamesOf, type TableShape } from './shapes.ts';

/** How far behind a read can be at most, in ms: earlier images are forgotten. */
export const staleMaxMs = 60_000;

/** One change, kept for as long as a read may still be behind it. */
interface Kept {
  readonly at: number;
  readonly row: Row;
  readonly ended: readonly Entry[];
}

export interface Table {
  readonly shape: TableShape;
  /** Attributes of the key. */
  readonly keyNames: readonly string[];
  readonly rows: Rows;
  readonly indexes: ReadonlyMap<string, IndexEntries>;
  /** Puts `after` in the place of the key's item, or removes it. */
  readonly change: (key: Item, after: Item | undefined, at: number) => void;
  /** Puts an item as if it had always been there. */
  readonly load: (item: Item) => void;
  /** Rows whose time to live ended before this instant. */
  readonly expired: (at: number) => Row[];
  readonly items: () => Item[];
}

export function createTable(shape: TableShape): Table {
  const keyNames = keyNamesOf(shape.keys);
  const rows = createRows(shape.keys);
  const indexes = new Map(shape.indexes.map((one) => [one.name, createIndex(one, keyNames)]));
  const expiry = createExpiry(shape.ttl);
  let kept: Kept[] = [];
  let forgotten = 0;

  /** Drops what no read can ask for any more. */
  const forget = (now: number): void => {
    for (;;) {
      const first = kept[forgotten];
      if (first === undefined || first.at > now - staleMaxMs) break;
      forgotten += 1;
      const { row, ended } = first;
      row.past.shift();
      for (const entry of ended) indexes.get(entry.index)?.forget(entry);
      if (row.item === undefined && row.past.length === 0) rows.remove(row);
    }
    if (forgotten < 1_000 || forgotten < kept.length / 2) return;
    kept = kept.slice(forgotten);
    forgotten = 0;
  };

  /** Moves the row in the indexes; the entries that ended. */
  const follow = (row: Row, after: Item | undefined, at: number): Entry[] => {
    const ended: Entry[] = [];
    for (const index of indexes.values()) {
      const entry = index.follow(row, after, at);
      if (entry !== undefined) ended.push(entry);
    }
    expiry.follow(row, after);
    return ended;
  };

  return {
    shape,
    keyNames,
    rows,
    indexes,
    change: (key, after, at) => {
      const row = rows.ensure(key);
      row.past.push({ until: at, item: row.item });
      row.item = after;
      kept.push({ at, row, ended: follow(row, after, at) });
      forget(at);
    },
    load: (item) => {
      const row = rows.ensure(item);
      row.item = item;
      for (const entry of follow(row, item, Number.NEGATIVE_INFINITY))
        indexes.get(entry.index)?.forget(entry);
    },
    expired: expiry.before,
    items: () => {
      const all: Item[] = [];
      for (const partition of rows.all())
        for (const { item } of partition) if (item !== undefined) all.push({ ...item });
      return all;
    },
  };
}
