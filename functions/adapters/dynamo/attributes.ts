import { AssertionError } from 'node:assert';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

type Item = Record<string, AttributeValue>;

const missing = (name: string, kind: string): AssertionError =>
  new AssertionError({ message: `a stored item has no ${kind} attribute ${name}` });

/** @throws AssertionError when the item, which is ours, lacks it. */
export function text(item: Item, name: string): string {
  const value = item[name]?.S;
  if (value === undefined) throw missing(name, 'text');
  return value;
}

/** @throws AssertionError when the item, which is ours, lacks it. */
export function number(item: Item, name: string): number {
  const value = item[name]?.N;
  if (value === undefined) throw missing(name, 'number');
  return Number(value);
}

export function optionalNumber(item: Item, name: string): number | undefined {
  const value = item[name]?.N;
  return value === undefined ? undefined : Number(value);
}

/** @throws AssertionError when the item, which is ours, lacks it. */
export function binary(item: Item, name: string): Uint8Array {
  const value = item[name]?.B;
  if (value === undefined) throw missing(name, 'binary');
  return value;
}
