/** What updates do to an item. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../../history.ts';
import { validation } from '../errors.ts';
import { addNumbers } from '../numbers.ts';
import type { KeyShape } from '../shapes.ts';
import { storable } from '../validate.ts';
import { equalValues, membersOf, setOf, typeOf } from '../values.ts';
import type { Given } from './parsed.ts';
import { nameOf, valueAt } from './paths.ts';
import type { Action, SetAction, Source } from './update-tree.ts';

/** Names that the actions change, none twice and none of the key. @throws ValidationException */
export function changedNames(
  actions: readonly Action[],
  { partition, sort }: KeyShape,
  given: Given,
): string[] {
  const names: string[] = [];
  for (const action of actions) {
    const name = nameOf(action.name, given);
    if (name === partition || name === sort?.name)
      throw validation(
        `One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`,
      );
    if (names.includes(name))
      throw validation(
        `Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [${name}], path two: [${name}]`,
      );
    names.push(name);
  }
  return names;
}

/**
 * A new item: `before` after all actions, each of which sees `before` and not what another did.
 *
 * @throws ValidationException where `before` does not have what an action needs
 */
export function updated(
  before: Item,
  actions: readonly Action[],
  given: Given,
): Record<string, AttributeValue> {
  const after: Record<string, AttributeValue> = { ...before };
  for (const action of actions) {
    const name = nameOf(action.name, given);
    const value = valueAfter(action, before, before[name], given);
    if (value === undefined) delete after[name];
    else after[name] = value;
  }
  return after;
}

function valueAfter(
  action: Action,
  before: Item,
  own: AttributeValue | undefined,
  given: Given,
): AttributeValue | undefined {
  switch (action.kind) {
    case 'SET':
      return storable(assigned(action, before, given));
    case 'REMOVE':
      return undefined;
    case 'ADD':
      return added(own, storable(placeholder(action.value, given)));
    case 'DELETE':
      return without(own, placeholder(action.value, given));
    default:
      return action satisfies never;
  }
}

function assigned({ from, sign, than }: SetAction, before: Item, given: Given): AttributeValue {
  const value = read(from, before, given);
  if (sign === undefined || than === undefined) return value;
  const other = read(than, before, given);
  if (value.N === undefined || other.N === undefined)
    throw wrongOperand(sign, value.N === undefined ? value : other);
  return { N: addNumbers(value.N, other.N, sign) };
}

function read(source: Source, before: Item, given: Given): AttributeValue {
  switch (source.kind) {
    case 'value':
      return placeholder(source.value, given);
    case 'path': {
      const value = valueAt(source.path, before, given);
      if (value === undefined)
        throw validation('The provided expression refers to an attribute that does not exist in the item');
      return value;
    }
    case 'if_not_exists':
      return valueAt(source.path, before, given) ?? read(source.otherwise, before, given);
    case 'list_append': {
      const left = read(source.left, before, given);
      const right = read(source.right, before, given);
      if (left.L === undefined || right.L === undefined)
        throw wrongOperand('list_append', left.L === undefined ? left : right);
      return { L: [...left.L, ...right.L] };
    }
    default:
      return source satisfies never;
  }
}

function placeholder(name: string, { values }: Given): AttributeValue {
  const value = values?.[name];
  if (value === undefined) throw validation(`no value for ${name}`);
  return value;
}

/** Numbers are summed, sets united; what is not there yet counts as nothing. */
function added(own: AttributeValue | undefined, more: AttributeValue): AttributeValue {
  if (more.N !== undefined) {
    if (own === undefined) return more;
    if (own.N === undefined) throw wrongOperand('ADD', own);
    return { N: addNumbers(own.N, more.N, '+') };
  }
  const members = membersOf(more);
  if (members === undefined) throw wrongOperand('ADD', more);
  if (own === undefined) return more;
  if (typeOf(own) !== typeOf(more)) throw wrongOperand('ADD', own);
  const known = membersOf(own) ?? [];
  const others = members.filter((one) => !known.some((other) => equalValues(one, other)));
  return setOf([...known, ...others]) ?? own;
}

/** The set without these members; a set without members is no attribute. */
function without(own: AttributeValue | undefined, less: AttributeValue): AttributeValue | undefined {
  const gone = membersOf(less);
  if (gone === undefined) throw wrongOperand('DELETE', less);
  if (own === undefined) return undefined;
  if (typeOf(own) !== typeOf(less)) throw wrongOperand('DELETE', own);
  return setOf((membersOf(own) ?? []).filter((one) => !gone.some((other) => equalValues(one, other))));
}

const wrongOperand = (operator: string, value: AttributeValue): Error =>
  validation(
    `Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ${operator}, operand type: ${typeOf(value)}`,
  );
