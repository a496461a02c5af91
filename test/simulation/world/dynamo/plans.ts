/** What one write is going to do: its checks that need no stored item, and the item after it. */
import type { ConditionCheck, Delete, Put, Update } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../history.ts';
import { validation } from './errors.ts';
import { conditionOf, type Test } from './expressions/condition.ts';
import { checkGiven, type Given, type Parsed } from './expressions/parsed.ts';
import { changedNames, updated } from './expressions/update.ts';
import { updateOf } from './expressions/update-tree.ts';
import type { Table } from './table.ts';
import type { Tables } from './tables.ts';
import { checkContent, checkKey, storableItem } from './validate.ts';

export interface Plan {
  readonly table: Table;
  /** The key, perhaps with more. */
  readonly key: Item;
  readonly condition: Parsed<Test> | undefined;
  readonly given: Given;
  /** The item after the write; `undefined`: none. @throws ValidationException where `before` does not fit */
  readonly next: (before: Item | undefined) => Item | undefined;
  /** The refusal tells what is stored. */
  readonly tells: boolean;
  /** Attributes that an update names. */
  readonly names: readonly string[];
}

type Conditional = Omit<ConditionCheck, 'Key' | 'ConditionExpression'> & {
  readonly ConditionExpression?: string | undefined;
};

/** What all writes have in common. `update`: what else uses the placeholders. */
function conditional(tables: Tables, input: Conditional, update: Parsed<unknown> | undefined) {
  const { ConditionExpression } = input;
  const condition = ConditionExpression === undefined ? undefined : conditionOf(ConditionExpression);
  const given = { names: input.ExpressionAttributeNames, values: input.ExpressionAttributeValues };
  checkGiven(given, update, condition);
  return {
    table: tables.named(input.TableName),
    condition,
    given,
    tells: input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD',
    names: [],
  };
}

export function planPut(tables: Tables, input: Put): Plan {
  const common = conditional(tables, input, undefined);
  if (input.Item === undefined) throw validation('The parameter Item is required but was not present');
  const item = storableItem(common.table.shape, input.Item);
  return { ...common, key: item, next: () => item };
}

export function planDelete(tables: Tables, input: Delete): Plan {
  const common = conditional(tables, input, undefined);
  checkKey(common.table.shape.keys, input.Key);
  return { ...common, key: input.Key, next: () => undefined };
}

export function planCheck(tables: Tables, input: ConditionCheck): Plan {
  if (input.ConditionExpression === undefined)
    throw validation('The expression can not be empty; ConditionExpression is required');
  const common = conditional(tables, input, undefined);
  checkKey(common.table.shape.keys, input.Key);
  return { ...common, key: input.Key, next: (before) => before };
}

export function planUpdate(
  tables: Tables,
  input: Omit<Update, 'UpdateExpression'> & { readonly UpdateExpression?: string | undefined },
): Plan {
  const { UpdateExpression, Key } = input;
  const update = UpdateExpression === undefined ? undefined : updateOf(UpdateExpression);
  const common = conditional(tables, input, update);
  const { shape } = common.table;
  checkKey(shape.keys, Key);
  const actions = update?.of ?? [];
  return {
    ...common,
    key: Key,
    names: changedNames(actions, shape.keys, common.given),
    next: (before) => {
      const after = updated(before ?? Key, actions, common.given);
      checkContent(shape, after);
      return after;
    },
  };
}
