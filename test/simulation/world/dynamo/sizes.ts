/** How large items are. Source: "DynamoDB item sizes and formats" of the developer guide. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../history.ts';

/** Largest item, names and values together. */
export const itemBytesMax = 400 * 1024;

/** Bytes of a map or list beyond its content, and of each member. */
const containerBytes = 3;
const memberBytes = 1;

/** UTF-8 takes at most three bytes for each UTF-16 unit. */
const utf8PerUnit = 3;

const textBytes = (text: string): number => Buffer.byteLength(text);

/** About half a byte a digit, and one for the exponent. */
const numberBytes = (text: string): number => Math.ceil(text.replace(/[^0-9]/g, '').length / 2) + 1;

export function itemBytes(item: Item): number {
  let sum = 0;
  for (const name in item) {
    const value = item[name];
    if (value !== undefined) sum += textBytes(name) + valueBytes(value);
  }
  return sum;
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return textBytes(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.B !== undefined) return value.B.length;
  if (value.M !== undefined)
    return itemBytes(value.M) + containerBytes + memberBytes * Object.keys(value.M).length;
  if (value.L !== undefined)
    return value.L.reduce((sum, one) => sum + valueBytes(one) + memberBytes, containerBytes);
  const set = value.SS?.map(textBytes) ?? value.NS?.map(numberBytes) ?? value.BS?.map((one) => one.length);
  return set === undefined ? 1 : set.reduce((sum, one) => sum + one, 0);
}

/** At least as much as `itemBytes`, without encoding any text: what most items are small enough for. */
export function itemBytesAtMost(item: Item): number {
  let sum = 0;
  for (const name in item) {
    const value = item[name];
    if (value === undefined) continue;
    sum += name.length * utf8PerUnit;
    if (value.S !== undefined) sum += value.S.length * utf8PerUnit;
    else if (value.N !== undefined) sum += value.N.length + 1;
    else sum += valueBytes(value);
  }
  return sum;
}

/** True when the item is larger than `max`. */
export const isLarger = (item: Item, max: number): boolean =>
  itemBytesAtMost(item) > max && itemBytes(item) > max;
