/** Which columns of a CSV are times and which are values, as somebody says or as their names say. */

import { nearest } from '../../../functions/domain/nearest.ts';
import { type Quantity, quantities, quantityOf } from '../../../functions/domain/telemetry/quantities.ts';
import { Refused } from '../refused.ts';

const keys = ['value', 'quantity', 'device', 'sensor', 'position', 'kind', 'tag', 'quality'] as const;
type Key = (typeof keys)[number];

/** What `--column` says of one column of values. */
export type ColumnWish = { readonly value: string } & Readonly<
  Partial<Record<Exclude<Key, 'value'>, string>>
>;

export interface ValueColumn {
  /** Position in a row. */
  readonly index: number;
  readonly name: string;
  readonly quantity: Quantity;
  readonly wish: ColumnWish;
  /** Position of the column with its quality, if there is one. */
  readonly qualityIndex: number | undefined;
}

export interface Columns {
  /** One column with a date and time, or year, month, day, hour … in this order. */
  readonly time: readonly number[];
  readonly timeName: string;
  readonly values: readonly ValueColumn[];
}

const isKey = (word: string): word is Key => keys.some((key) => key === word);

/**
 * What `text` of `--column` says.
 *
 * @example parseColumn('value=pm2.5:quantity=pm2.5,position=T1') // { value: 'pm2.5', quantity: 'pm2.5', position: 'T1' }
 * @throws Refused naming the part that is not understood
 */
export function parseColumn(text: string): ColumnWish {
  const wish: Partial<Record<Key, string>> = {};
  for (const part of text.split(/[:,](?=[a-z]+=)/)) {
    const [word = '', ...rest] = part.split('=');
    const value = rest.join('=');
    if (!isKey(word) || value === '') {
      const meant = nearest(word, keys);
      const help = meant === undefined ? `known are ${keys.join(', ')}` : `did you mean ${meant}?`;
      throw new Refused(
        `--column ${text}: cannot read "${part}"; ${help}. Such as value=pm2.5:quantity=pm2.5`,
      );
    }
    wish[word] = value;
  }
  const { value, ...more } = wish;
  if (value === undefined)
    throw new Refused(
      `--column ${text}: say which column of the file: value=<name of the column>:quantity=…`,
    );
  return { value, ...more };
}

const plain = (name: string): string =>
  name
    .replace(/[([{（].*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

const quantityByName = new Map([...quantities.values()].map((quantity) => [plain(quantity.id), quantity]));

/** `No` counts rows; `no` and `NO` are nitric oxide. */
const isWord = (column: string): boolean => /^[A-Z][a-z]$/.test(column);

/** The quantity whose name a column has, unit in brackets or not. @example quantityNamed('PM2.5 (ug/m3)')?.id // 'pm2.5' */
export const quantityNamed = (column: string): Quantity | undefined =>
  isWord(column) ? undefined : quantityByName.get(plain(column));

const timeNames = [
  'time',
  'timestamp',
  'datetime',
  'date_time',
  'date time',
  'phenomenontime',
  'ts',
  '时间',
  '日期时间',
  'date',
];
const partNames = ['year', 'month', 'day', 'hour', 'minute', 'second'];

function timeColumns(header: readonly string[], wished: string | undefined): readonly number[] {
  const lower = header.map((name) => name.toLowerCase());
  if (wished !== undefined) return wished.split(',').map((name) => indexOf(header, name, '--time'));
  for (const name of timeNames) {
    const at = lower.indexOf(name);
    if (at >= 0) return [at];
  }
  const parts = partNames.map((name) => lower.indexOf(name));
  const missing = parts.indexOf(-1);
  const found = missing < 0 ? parts : parts.slice(0, missing);
  if (found.length >= 3) return found;
  throw new Refused(
    `no column is named time; the file has ${header.join(', ')}. Name it: --time <column>, or --time year,month,day,hour`,
  );
}

function indexOf(header: readonly string[], name: string, flag: string): number {
  const at = header.indexOf(name.trim());
  if (at >= 0) return at;
  const meant = nearest(name, header);
  throw new Refused(
    `${flag}: the file has no column "${name}"; ${meant === undefined ? `it has ${header.join(', ')}` : `did you mean "${meant}"?`}`,
  );
}

function quantityFor({ value, quantity }: ColumnWish): Quantity {
  const known = quantity === undefined ? quantityNamed(value) : quantityOf(quantity);
  if (known !== undefined) return known;
  const meant = quantity === undefined ? undefined : nearest(quantity, quantities.keys());
  const all = [...quantities.keys()].join(', ');
  if (quantity !== undefined)
    throw new Refused(
      `--column: no quantity "${quantity}"; ${meant ? `did you mean ${meant}?` : `there are ${all}`}`,
    );
  throw new Refused(
    `column "${value}": say what it measures: --column value=${value}:quantity=<one of ${all}>`,
  );
}

/**
 * The columns of a file with this header.
 *
 * Without wishes every column that has the name of a quantity is one of values; a column `quality` or `q` is theirs.
 *
 * @throws Refused when columns are missing or their meaning is not known
 */
export function columnsOf(
  header: readonly string[],
  wishes: readonly ColumnWish[],
  { time, quality }: { readonly time?: string | undefined; readonly quality?: string | undefined },
): Columns {
  const times = timeColumns(header, time);
  const named = header
    .filter((name, i) => !times.includes(i) && quantityNamed(name) !== undefined)
    .map((value): ColumnWish => ({ value }));
  const chosen = wishes.length > 0 ? wishes : named;
  if (chosen.length === 0)
    throw new Refused(
      `no column has the name of a quantity; the file has ${header.join(', ')}. Say what one measures: ` +
        `--column value=<column>:quantity=<one of ${[...quantities.keys()].join(', ')}>`,
    );
  const shared = quality ?? header.find((name) => ['quality', 'q', '质量'].includes(name.toLowerCase()));
  const values = chosen.map((wish): ValueColumn => {
    const index = indexOf(header, wish.value, '--column');
    const qualityName = wish.quality ?? shared;
    const qualityIndex = qualityName === undefined ? undefined : indexOf(header, qualityName, '--quality');
    return { index, name: wish.value, quantity: quantityFor(wish), wish, qualityIndex };
  });
  return { time: times, timeName: times.map((i) => header[i]).join(', '), values };
}
