/** What DynamoDB bills for items of a size. Source: AWS, DynamoDB developer guide, "Item sizes and formats" and "Read and write units". */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Item = Readonly<Record<string, AttributeValue>>;

export const writeUnitBytes = 1024;
export const readUnitBytes = 4096;

/** Overhead of a list or map, and of each element in it. */
const containerBytes = 3;
const elementBytes = 1;

const textBytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/** About a byte for two digits that count, one for sign and exponent; leading and trailing zeros are free. */
function numberBytes(text: string): number {
  const digits = text
    .replace(/[eE].*$/, '')
    .replace(/[-+.]/g, '')
    .replace(/^0+|0+$/g, '');
  return Math.ceil(digits.length / 2) + 1;
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return textBytes(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.B !== undefined) return value.B.length;
  if (value.L !== undefined)
    return value.L.reduce((sum, one) => sum + valueBytes(one) + elementBytes, containerBytes);
  if (value.M !== undefined) return itemBytes(value.M, elementBytes) + containerBytes;
  if (value.SS !== undefined) return value.SS.reduce((sum, one) => sum + textBytes(one), 0);
  if (value.NS !== undefined) return value.NS.reduce((sum, one) => sum + numberBytes(one), 0);
  if (value.BS !== undefined) return value.BS.reduce((sum, one) => sum + one.length, 0);
  return 1;
}

/** Bytes of an item with the names of its attributes. */
export function itemBytes(item: Item, perAttribute = 0): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + textBytes(name) + valueBytes(value) + perAttribute,
    0,
  );
}

/** Write units of an item: one per started KB. */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / writeUnitBytes));

/** Read units of an item, also of one that is not there: one per started 4 KB, half of it when not consistent. */
export const readUnits = (bytes: number, isConsistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / readUnitBytes)) * (isConsistent ? 1 : 0.5);
