/** Attribute values: their types, their order, their equality. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { compareNumbers } from './numbers.ts';

export type TypeName = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M';

export function typeOf(value: AttributeValue): TypeName | undefined {
  if (value.S !== undefined) return 'S';
  if (value.N !== undefined) return 'N';
  if (value.B !== undefined) return 'B';
  if (value.BOOL !== undefined) return 'BOOL';
  if (value.M !== undefined) return 'M';
  if (value.L !== undefined) return 'L';
  if (value.NULL !== undefined) return 'NULL';
  if (value.SS !== undefined) return 'SS';
  if (value.NS !== undefined) return 'NS';
  return value.BS === undefined ? undefined : 'BS';
}

/**
 * Order of two texts by their UTF-8 bytes, which is what DynamoDB sorts by.
 *
 * It differs from JavaScript's own order (by UTF-16 units) where a surrogate meets U+E000 to U+FFFF.
 */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** A UTF-16 unit's place in UTF-8 order: surrogates stand for code points above all others. */
const rank = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);

/** Order of two values of one scalar type; `undefined` where there is none. */
export function compareValues(a: AttributeValue, b: AttributeValue): number | undefined {
  if (a.S !== undefined) return b.S === undefined ? undefined : compareTexts(a.S, b.S);
  if (a.N !== undefined) return b.N === undefined ? undefined : compareNumbers(a.N, b.N);
  if (a.B !== undefined) return b.B === undefined ? undefined : Buffer.compare(a.B, b.B);
  return undefined;
}

/** True when both are of one type and mean the same; sets have no order. */
export function equalValues(a: AttributeValue, b: AttributeValue): boolean {
  if (a === b) return true;
  if (a.S !== undefined) return a.S === b.S;
  if (a.N !== undefined) return b.N !== undefined && compareNumbers(a.N, b.N) === 0;
  if (a.B !== undefined) return b.B !== undefined && Buffer.compare(a.B, b.B) === 0;
  if (a.BOOL !== undefined) return a.BOOL === b.BOOL;
  if (a.NULL !== undefined) return b.NULL !== undefined;
  if (a.L !== undefined) return b.L !== undefined && equalLists(a.L, b.L);
  if (a.M !== undefined) return b.M !== undefined && equalItems(a.M, b.M);
  return typeOf(a) === typeOf(b) && equalSets(membersOf(a) ?? [], membersOf(b) ?? []);
}

/** True when both have the same attributes of the same values. */
export function equalItems(
  a: Readonly<Record<string, AttributeValue>>,
  b: Readonly<Record<string, AttributeValue>>,
): boolean {
  let count = 0;
  for (const name in a) {
    const left = a[name];
    const right = b[name];
    if (left === undefined || right === undefined || !equalValues(left, right)) return false;
    count += 1;
  }
  return count === Object.keys(b).length;
}

const equalLists = (a: readonly AttributeValue[], b: readonly AttributeValue[]): boolean =>
  a.length === b.length &&
  a.every((value, at) => {
    const other = b[at];
    return other !== undefined && equalValues(value, other);
  });

const equalSets = (a: readonly AttributeValue[], b: readonly AttributeValue[]): boolean =>
  a.length === b.length && a.every((value) => b.some((other) => equalValues(value, other)));

/** The members of a set as values; `undefined` for what is no set. */
export function membersOf(value: AttributeValue): AttributeValue[] | undefined {
  if (value.SS !== undefined) return value.SS.map((S) => ({ S }));
  if (value.NS !== undefined) return value.NS.map((N) => ({ N }));
  return value.BS?.map((B) => ({ B }));
}

/** A set of these members, which are of one type; `undefined` for none, because no set is empty. */
export function setOf(members: readonly AttributeValue[]): AttributeValue | undefined {
  const [first] = members;
  if (first === undefined) return undefined;
  if (first.S !== undefined) return { SS: members.flatMap(({ S }) => S ?? []) };
  if (first.N !== undefined) return { NS: members.flatMap(({ N }) => N ?? []) };
  return { BS: members.flatMap(({ B }) => (B === undefined ? [] : [B])) };
}
