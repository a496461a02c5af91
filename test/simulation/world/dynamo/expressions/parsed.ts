/** Expressions read once per text, and the placeholders that a request gives them. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { validation } from '../errors.ts';
import { checkValue } from '../validate.ts';
import { type Place, type Reader, readerOf } from './tokens.ts';

/** What stands for the placeholders of a request. */
export interface Given {
  readonly names: Readonly<Record<string, string>> | undefined;
  readonly values: Readonly<Record<string, AttributeValue>> | undefined;
}

/** What a parser notes beside what it builds. */
export interface Notes {
  /** Attributes of the item that are looked at, as written. */
  readonly attributes: string[];
  readonly names: string[];
  readonly values: string[];
  /** Looks at the types of given values before anything is evaluated. */
  readonly checks: ((given: Given) => void)[];
}

export interface Parsed<T> extends Readonly<Notes> {
  readonly place: Place;
  readonly of: T;
}

/** Most texts kept of one kind of expression: the product has some dozens. */
const keptMax = 2_000;

/** A parser that remembers what it has read. */
export function remembering<T>(
  place: Place,
  parse: (reader: Reader, notes: Notes) => T,
): (text: string) => Parsed<T> {
  const known = new Map<string, Parsed<T>>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const reader = readerOf(place, text);
    const notes: Notes = { attributes: [], names: [], values: [], checks: [] };
    const of = parse(reader, notes);
    if (reader.peek().kind !== 'end') throw reader.unexpected();
    const parsed = { ...notes, place, of };
    if (known.size >= keptMax) known.clear();
    known.set(text, parsed);
    return parsed;
  };
}

/**
 * Every placeholder is given, and every given one is used.
 *
 * @throws ValidationException
 */
export function checkGiven(given: Given, ...expressions: readonly (Parsed<unknown> | undefined)[]): void {
  if (given.names !== undefined) checkUsed('ExpressionAttributeNames', given.names, 'names', expressions);
  if (given.values !== undefined) {
    checkUsed('ExpressionAttributeValues', given.values, 'values', expressions);
    for (const name in given.values) {
      const value = given.values[name];
      if (value !== undefined) checkValue(value);
    }
  }
  for (const expression of expressions) if (expression !== undefined) checkDefined(given, expression);
}

function checkDefined(given: Given, { place, names, values, checks }: Parsed<unknown>): void {
  for (const name of names)
    if (given.names?.[name] === undefined) throw undefinedPlaceholder(place, 'name', name);
  for (const value of values)
    if (given.values?.[value] === undefined) throw undefinedPlaceholder(place, 'value', value);
  for (const check of checks) check(given);
}

function checkUsed(
  parameter: string,
  given: Readonly<Record<string, unknown>>,
  what: 'names' | 'values',
  expressions: readonly (Parsed<unknown> | undefined)[],
): void {
  if (expressions.every((one) => one === undefined))
    throw validation(`${parameter} can only be specified when using expressions`);
  let count = 0;
  for (const key in given) {
    count += 1;
    if (!isUsed(key, what, expressions))
      throw validation(`Value provided in ${parameter} unused in expressions: keys: {${key}}`);
  }
  if (count === 0) throw validation(`${parameter} must not be empty`);
}

function isUsed(
  key: string,
  what: 'names' | 'values',
  expressions: readonly (Parsed<unknown> | undefined)[],
): boolean {
  for (const expression of expressions) if (expression?.[what].includes(key)) return true;
  return false;
}

const undefinedPlaceholder = (place: Place, kind: 'name' | 'value', placeholder: string): Error =>
  validation(
    kind === 'name'
      ? `Invalid ${place}: An expression attribute name used in the document path is not defined; attribute name: ${placeholder}`
      : `Invalid ${place}: An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
  );

/** Notes a word once. */
export function note(list: string[], word: string): void {
  if (!list.includes(word)) list.push(word);
}
