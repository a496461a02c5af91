/** A global index: sparse, keys only, sorted, with the spans in which its entries stood. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../history.ts';
import type { Row } from './rows.ts';
import { compareRows, compareSorts } from './rows.ts';
import { type IndexShape, keyNamesOf } from './shapes.ts';
import { countBefore } from './sorted.ts';

export interface Entry {
  /** Name of the index. */
  readonly index: string;
  readonly partition: string;
  readonly sort: AttributeValue;
  readonly row: Pick<Row, 'partition' | 'sort'>;
  /** The keys of the index and of the table. */
  readonly item: Item;
  readonly from: number;
  /** When it stopped being in the index; infinite: it is there. */
  until: number;
}

export const isThere = ({ from, until }: Entry, at: number): boolean => from <= at && at < until;

/** By sort key, then by the table's key. */
export const compareEntries = (a: Pick<Entry, 'sort' | 'row'>, b: Pick<Entry, 'sort' | 'row'>): number =>
  compareSorts(a.sort, b.sort) || compareRows(a.row, b.row);

export interface IndexEntries {
  readonly shape: IndexShape;
  /** Attributes of an entry: the keys of the table and of the index. */
  readonly keyNames: readonly string[];
  readonly partition: (name: string) => readonly Entry[] | undefined;
  /** Follows a row to its new item; the entry that ended, if one did. */
  readonly follow: (row: Row, item: Item | undefined, at: number) => Entry | undefined;
  /** Forgets an entry that ended. */
  readonly forget: (entry: Entry) => void;
}

export function createIndex(shape: IndexShape, tableKeyNames: readonly string[]): IndexEntries {
  const partitions = new Map<string, Entry[]>();
  const standing = new Map<Row, Entry>();
  const { partition: partitionName, sort: sortKey } = shape.keys;
  const keyNames = [...tableKeyNames, ...keyNamesOf(shape.keys)];

  const insert = (entry: Entry): void => {
    const entries = partitions.get(entry.partition);
    if (entries === undefined) partitions.set(entry.partition, [entry]);
    else
      entries.splice(
        countBefore(entries, (one) => compareEntries(one, entry) < 0),
        0,
        entry,
      );
  };

  return {
    shape,
    keyNames,
    partition: (name) => partitions.get(name),
    follow: (row, item, at) => {
      const partition = item?.[partitionName]?.S;
      const sort = item?.[sortKey.name];
      const before = standing.get(row);
      const stands = item !== undefined && partition !== undefined && sort !== undefined;
      if (!stands && before === undefined) return undefined;
      if (stands && before?.partition === partition && compareSorts(before.sort, sort) === 0)
        return undefined;
      if (before !== undefined) before.until = at;
      if (stands) {
        const entry = {
          index: shape.name,
          partition,
          sort,
          row,
          item: keysOf(item, keyNames),
          from: at,
          until: Number.POSITIVE_INFINITY,
        };
        insert(entry);
        standing.set(row, entry);
      } else standing.delete(row);
      return before;
    },
    forget: (entry) => {
      const entries = partitions.get(entry.partition);
      if (entries === undefined) return;
      let place = countBefore(entries, (one) => compareEntries(one, entry) < 0);
      while (place < entries.length && entries[place] !== entry) place += 1;
      entries.splice(place, 1);
      if (entries.length === 0) partitions.delete(entry.partition);
    },
  };
}

function keysOf(item: Item, names: readonly string[]): Item {
  const keys: Record<string, AttributeValue> = {};
  for (const name of names) {
    const value = item[name];
    if (value !== undefined) keys[name] = value;
  }
  return keys;
}
