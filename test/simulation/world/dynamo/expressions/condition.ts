/** Conditions as closures. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../../history.ts';
import { validation } from '../errors.ts';
import { compareValues, equalValues, membersOf, type TypeName, typeOf } from '../values.ts';
import { type Comparator, type Condition, type Operand, parseCondition } from './condition-tree.ts';
import { type Given, type Notes, type Parsed, remembering } from './parsed.ts';
import { valueAt } from './paths.ts';
import type { Place } from './tokens.ts';

export type Test = (item: Item | undefined, given: Given) => boolean;
type Look = (item: Item | undefined, given: Given) => AttributeValue | undefined;

const parserFor = (place: Place): ((text: string) => Parsed<Test>) =>
  remembering(place, (reader, notes) => compiled(parseCondition(reader, notes), notes, place));

export const conditionOf = parserFor('ConditionExpression');
export const filterOf = parserFor('FilterExpression');

const ordered: readonly TypeName[] = ['S', 'N', 'B'];

function compiled(condition: Condition, notes: Notes, place: Place): Test {
  switch (condition.kind) {
    case 'and': {
      const left = compiled(condition.left, notes, place);
      const right = compiled(condition.right, notes, place);
      return (item, given) => left(item, given) && right(item, given);
    }
    case 'or': {
      const left = compiled(condition.left, notes, place);
      const right = compiled(condition.right, notes, place);
      return (item, given) => left(item, given) || right(item, given);
    }
    case 'not': {
      const of = compiled(condition.of, notes, place);
      return (item, given) => !of(item, given);
    }
    case 'compare':
      return comparing(condition.sign, condition.left, condition.right, notes, place);
    case 'between':
      return between(condition, notes, place);
    case 'in': {
      const of = looking(condition.of);
      const list = condition.list.map(looking);
      return (item, given) => list.some((one) => isEqual(of(item, given), one(item, given)));
    }
    case 'call':
      return calling(condition, notes, place);
    default:
      return condition satisfies never;
  }
}

const looking = (operand: Operand): Look => {
  switch (operand.kind) {
    case 'path':
      return (item, given) => valueAt(operand.path, item, given);
    case 'value':
      return (_, given) => given.values?.[operand.value];
    case 'size':
      return (item, given) => sizeOf(valueAt(operand.path, item, given));
    default:
      return operand satisfies never;
  }
};

/** What has no value equals nothing, and differs from everything. */
const isEqual = (a: AttributeValue | undefined, b: AttributeValue | undefined): boolean =>
  a !== undefined && b !== undefined && equalValues(a, b);

const holds = {
  '<': (order: number) => order < 0,
  '<=': (order: number) => order <= 0,
  '>': (order: number) => order > 0,
  '>=': (order: number) => order >= 0,
} as const;

function comparing(sign: Comparator, first: Operand, second: Operand, notes: Notes, place: Place): Test {
  const left = looking(first);
  const right = looking(second);
  if (sign === '=') return (item, given) => isEqual(left(item, given), right(item, given));
  if (sign === '<>') return (item, given) => !isEqual(left(item, given), right(item, given));
  for (const operand of [first, second]) takesOnly(operand, ordered, sign, notes, place);
  return (item, given) => {
    const a = left(item, given);
    const b = right(item, given);
    const order = a === undefined || b === undefined ? undefined : compareValues(a, b);
    return order !== undefined && holds[sign](order);
  };
}

function between(
  { of, from, to }: Extract<Condition, { kind: 'between' }>,
  notes: Notes,
  place: Place,
): Test {
  for (const operand of [of, from, to]) takesOnly(operand, ordered, 'BETWEEN', notes, place);
  if (from.kind === 'value' && to.kind === 'value')
    notes.checks.push(({ values }) => {
      const [low, high] = [values?.[from.value], values?.[to.value]];
      const order = low === undefined || high === undefined ? 0 : compareValues(low, high);
      if (order === undefined || order > 0)
        throw validation(
          `Invalid ${place}: The BETWEEN operator requires upper bound to be greater than or equal to lower bound`,
        );
    });
  const least = comparing('>=', of, from, notes, place);
  const most = comparing('<=', of, to, notes, place);
  return (item, given) => least(item, given) && most(item, given);
}

function calling(call: Extract<Condition, { kind: 'call' }>, notes: Notes, place: Place): Test {
  const of = looking(call.of);
  const than = call.than === undefined ? () => undefined : looking(call.than);
  switch (call.name) {
    case 'attribute_exists':
      return (item, given) => of(item, given) !== undefined;
    case 'attribute_not_exists':
      return (item, given) => of(item, given) === undefined;
    case 'attribute_type':
      takesOnly(call.than, ['S'], 'attribute_type', notes, place);
      return (item, given) => {
        const value = of(item, given);
        return value !== undefined && typeOf(value) === than(item, given)?.S;
      };
    case 'begins_with':
      for (const operand of [call.of, call.than]) takesOnly(operand, ['S', 'B'], 'begins_with', notes, place);
      return (item, given) => beginsWith(of(item, given), than(item, given));
    case 'contains':
      return (item, given) => isWithin(of(item, given), than(item, given));
    default:
      return call.name satisfies never;
  }
}

/** Notes a look at a given value's type; what an item holds may be of any type. */
function takesOnly(
  operand: Operand | undefined,
  types: readonly TypeName[],
  operator: string,
  notes: Notes,
  place: Place,
): void {
  if (operand?.kind !== 'value') return;
  notes.checks.push(({ values }) => {
    const value = values?.[operand.value];
    const type = value === undefined ? undefined : typeOf(value);
    if (type !== undefined && !types.includes(type))
      throw validation(
        `Invalid ${place}: Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
      );
  });
}

function beginsWith(value: AttributeValue | undefined, start: AttributeValue | undefined): boolean {
  if (value?.S !== undefined && start?.S !== undefined) return value.S.startsWith(start.S);
  if (value?.B === undefined || start?.B === undefined) return false;
  return Buffer.compare(value.B.subarray(0, start.B.length), start.B) === 0;
}

/** A part of a text or of bytes, or a member of a list or set. */
function isWithin(value: AttributeValue | undefined, part: AttributeValue | undefined): boolean {
  if (value === undefined || part === undefined) return false;
  if (value.S !== undefined) return part.S !== undefined && value.S.includes(part.S);
  if (value.B !== undefined)
    return part.B !== undefined && Buffer.from(value.B).includes(Buffer.from(part.B));
  return (value.L ?? membersOf(value) ?? []).some((one) => equalValues(one, part));
}

function sizeOf(value: AttributeValue | undefined): AttributeValue | undefined {
  if (value === undefined) return undefined;
  const size =
    value.S?.length ??
    value.B?.length ??
    value.L?.length ??
    membersOf(value)?.length ??
    (value.M === undefined ? undefined : Object.keys(value.M).length);
  return size === undefined ? undefined : { N: String(size) };
}
