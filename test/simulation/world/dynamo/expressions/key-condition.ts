/** Conditions of keys: which partition, and which part of it. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unknownHere, validation } from '../errors.ts';
import type { KeyShape } from '../shapes.ts';
import { compareValues } from '../values.ts';
import { type Condition, type Operand, parseCondition } from './condition-tree.ts';
import { type Given, type Notes, remembering } from './parsed.ts';
import { nameOf } from './paths.ts';
import type { Reader } from './tokens.ts';

interface Clause {
  /** Attribute as written. */
  readonly name: string;
  readonly sign: '=' | '<' | '<=' | '>' | '>=' | 'between' | 'begins_with';
  readonly value: string;
  /** The upper bound of `between`. */
  readonly to: string | undefined;
}

/** What of a partition is asked for; `sign` undefined: all of it. */
export interface KeyRange {
  readonly partition: string;
  readonly sign: Clause['sign'] | undefined;
  readonly value: AttributeValue | undefined;
  readonly to: AttributeValue | undefined;
}

export const keyConditionOf = remembering('KeyConditionExpression', (reader, notes): readonly Clause[] =>
  clausesOf(parseCondition(reader, notes), reader, notes),
);

function clausesOf(condition: Condition, reader: Reader, notes: Notes): Clause[] {
  switch (condition.kind) {
    case 'and':
      return [...clausesOf(condition.left, reader, notes), ...clausesOf(condition.right, reader, notes)];
    case 'compare': {
      const { sign } = condition;
      if (sign === '<>') throw reader.fail('Invalid operator used in KeyConditionExpression: <>');
      return [{ name: nameIn(condition.left), sign, value: valueIn(condition.right), to: undefined }];
    }
    case 'between': {
      const { of, from, to } = condition;
      return [{ name: nameIn(of), sign: 'between', value: valueIn(from), to: valueIn(to) }];
    }
    case 'call':
      if (condition.name !== 'begins_with' || condition.than === undefined)
        throw reader.fail(`Invalid operator used in KeyConditionExpression: ${condition.name}`);
      return [
        { name: nameIn(condition.of), sign: 'begins_with', value: valueIn(condition.than), to: undefined },
      ];
    case 'or':
    case 'not':
    case 'in':
      throw reader.fail(`Invalid operator used in KeyConditionExpression: ${condition.kind.toUpperCase()}`);
    default:
      return condition satisfies never;
  }
}

function nameIn(operand: Operand): string {
  if (operand.kind !== 'path' || operand.path.steps.length > 0)
    throw unknownHere('a KeyConditionExpression with anything but an attribute on its left');
  return operand.path.first;
}

function valueIn(operand: Operand): string {
  if (operand.kind !== 'value')
    throw unknownHere('a KeyConditionExpression with anything but a placeholder on its right');
  return operand.value;
}

/** The range that the clauses mean for these keys. @throws ValidationException where they mean none */
export function keyRange(clauses: readonly Clause[], keys: KeyShape, given: Given): KeyRange {
  let partition: string | undefined;
  let sort: Clause | undefined;
  for (const clause of clauses) {
    const name = nameOf(clause.name, given);
    if (name === keys.partition && partition === undefined) partition = partitionValue(clause, name, given);
    else if (name === keys.sort?.name && sort === undefined) sort = clause;
    else if (name === keys.partition || name === keys.sort?.name)
      throw validation('KeyConditionExpressions must only contain one condition per key');
    else throw missing(keys, partition);
  }
  if (partition === undefined) throw missing(keys, partition);
  if (sort === undefined) return { partition, sign: undefined, value: undefined, to: undefined };
  const value = sortValue(sort, sort.value, keys, given);
  const to = sort.to === undefined ? undefined : sortValue(sort, sort.to, keys, given);
  if (to !== undefined && (compareValues(value, to) ?? 0) > 0)
    throw validation(
      'Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound',
    );
  return { partition, sign: sort.sign, value, to };
}

function partitionValue(clause: Clause, name: string, given: Given): string {
  if (clause.sign !== '=') throw validation('Query key condition not supported');
  const text = given.values?.[clause.value]?.S;
  if (text === undefined) throw wrongType();
  if (text === '')
    throw validation(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
    );
  return text;
}

function sortValue(
  { sign }: Clause,
  placeholder: string,
  { sort }: KeyShape,
  { values }: Given,
): AttributeValue {
  const value = values?.[placeholder];
  if (value === undefined || sort === undefined || value[sort.type] === undefined) throw wrongType();
  if (sign === 'begins_with' && sort.type === 'N') throw validation('Query key condition not supported');
  return value;
}

const wrongType = () =>
  validation(
    'One or more parameter values were invalid: Condition parameter type does not match schema type',
  );

const missing = (keys: KeyShape, partition: string | undefined): Error =>
  validation(
    `Query condition missed key schema element: ${partition === undefined ? keys.partition : (keys.sort?.name ?? keys.partition)}`,
  );
