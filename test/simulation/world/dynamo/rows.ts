/** The items of a table by key, each with what it was before, for reads that are behind. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../history.ts';
import type { KeyShape } from './shapes.ts';
import { countBefore } from './sorted.ts';
import { compareTexts, compareValues } from './values.ts';

interface Past {
  /** When the item stopped being this. */
  readonly until: number;
  readonly item: Item | undefined;
}

/** One key: the item that it has, or had until a while ago. */
export interface Row {
  readonly partition: string;
  readonly sort: AttributeValue | undefined;
  item: Item | undefined;
  /** Earlier images, oldest first. */
  readonly past: Past[];
}

/** Rows of one partition by sort key. */
export type Partition = Row[];

/** The item as it was at an instant. */
export function imageAt({ item, past }: Row, at: number): Item | undefined {
  let image = item;
  for (let index = past.length - 1; index >= 0; index -= 1) {
    const before = past[index];
    if (before === undefined || before.until <= at) break;
    image = before.item;
  }
  return image;
}

export interface Rows {
  readonly find: (key: Item) => Row | undefined;
  /** The row of this key, made where there is none. */
  readonly ensure: (key: Item) => Row;
  readonly remove: (row: Row) => void;
  readonly partition: (name: string) => Partition | undefined;
  /** Partitions in the order of a scan, which is none that a caller could guess. */
  readonly scanOrder: () => readonly string[];
  readonly all: () => Iterable<Partition>;
}

export function createRows({ partition: partitionName, sort: sortKey }: KeyShape): Rows {
  const partitions = new Map<string, Partition>();
  let order: readonly string[] | undefined;

  const sortOf = (key: Item): AttributeValue | undefined =>
    sortKey === undefined ? undefined : key[sortKey.name];
  const placeOf = (rows: Partition, sort: AttributeValue | undefined): number =>
    sort === undefined ? 0 : countBefore(rows, (row) => compareSorts(row.sort, sort) < 0);
  const at = (rows: Partition | undefined, sort: AttributeValue | undefined): Row | undefined => {
    const row = rows?.[placeOf(rows, sort)];
    return row !== undefined && compareSorts(row.sort, sort) === 0 ? row : undefined;
  };

  return {
    find: (key) => at(partitions.get(key[partitionName]?.S ?? ''), sortOf(key)),
    ensure: (key) => {
      const partition = key[partitionName]?.S ?? '';
      const sort = sortOf(key);
      let rows = partitions.get(partition);
      if (rows === undefined) {
        rows = [];
        partitions.set(partition, rows);
        order = undefined;
      }
      const place = placeOf(rows, sort);
      const there = rows[place];
      if (there !== undefined && compareSorts(there.sort, sort) === 0) return there;
      const row: Row = { partition, sort, item: undefined, past: [] };
      rows.splice(place, 0, row);
      return row;
    },
    remove: (row) => {
      const rows = partitions.get(row.partition);
      if (rows === undefined) return;
      rows.splice(placeOf(rows, row.sort), 1);
      if (rows.length > 0) return;
      partitions.delete(row.partition);
      order = undefined;
    },
    partition: (name) => partitions.get(name),
    scanOrder: () => {
      order ??= [...partitions.keys()].toSorted((a, b) => scatter(a) - scatter(b) || compareTexts(a, b));
      return order;
    },
    all: () => partitions.values(),
  };
}

/** Keys of one table have sort keys of one type, or none. */
export const compareSorts = (a: AttributeValue | undefined, b: AttributeValue | undefined): number =>
  a === undefined || b === undefined ? 0 : (compareValues(a, b) ?? 0);

/** Order of rows by their keys. */
export const compareRows = (a: Pick<Row, 'partition' | 'sort'>, b: Pick<Row, 'partition' | 'sort'>): number =>
  compareTexts(a.partition, b.partition) || compareSorts(a.sort, b.sort);

/** A number without meaning that a text always has (FNV-1a). */
export function scatter(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
