/** PutItem, UpdateItem, DeleteItem: one plan each, carried out at once. */
import type {
  DeleteItemCommandInput,
  DeleteItemCommandOutput,
  PutItemCommandInput,
  PutItemCommandOutput,
  UpdateItemCommandInput,
  UpdateItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '../../history.ts';
import type { Commit } from './commit.ts';
import { $metadata, conditionFailed, refuse, validation } from './errors.ts';
import { type Plan, planDelete, planPut, planUpdate } from './plans.ts';
import type { Tables } from './tables.ts';

/** What all three take and the simulation does not. */
type Unheeded = Pick<
  PutItemCommandInput,
  'Expected' | 'ConditionalOperator' | 'ReturnConsumedCapacity' | 'ReturnItemCollectionMetrics'
>;

const refuseUnheeded = (what: string, input: Unheeded): void =>
  refuse(
    what,
    input.Expected,
    input.ConditionalOperator,
    input.ReturnConsumedCapacity,
    input.ReturnItemCollectionMetrics,
  );

interface Done {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

function carryOut(plan: Plan, commit: Commit): Done {
  const before = plan.table.rows.find(plan.key)?.item;
  if (plan.condition !== undefined && !plan.condition.of(before, plan.given))
    throw conditionFailed(plan.tells ? before : undefined);
  const after = plan.next(before);
  commit([{ table: plan.table, key: plan.key, before, after }]);
  return { before, after };
}

export function putItem(tables: Tables, input: PutItemCommandInput, commit: Commit): PutItemCommandOutput {
  refuseUnheeded('PutItem', input);
  const isOld = oldOrNone(input.ReturnValues);
  const { before } = carryOut(planPut(tables, input), commit);
  return attributes(isOld ? before : undefined);
}

export function deleteItem(
  tables: Tables,
  input: DeleteItemCommandInput,
  commit: Commit,
): DeleteItemCommandOutput {
  refuseUnheeded('DeleteItem', input);
  const isOld = oldOrNone(input.ReturnValues);
  const { before } = carryOut(planDelete(tables, input), commit);
  return attributes(isOld ? before : undefined);
}

export function updateItem(
  tables: Tables,
  input: UpdateItemCommandInput,
  commit: Commit,
): UpdateItemCommandOutput {
  refuseUnheeded('UpdateItem', input);
  refuse('UpdateItem', input.AttributeUpdates);
  const plan = planUpdate(tables, input);
  const { before, after } = carryOut(plan, commit);
  switch (input.ReturnValues) {
    case 'ALL_OLD':
      return attributes(before);
    case 'ALL_NEW':
      return attributes(after);
    case 'UPDATED_OLD':
      return attributes(only(before, plan.names));
    case 'UPDATED_NEW':
      return attributes(only(after, plan.names));
    case 'NONE':
    case undefined:
      return attributes(undefined);
    default:
      throw validation(`Value '${input.ReturnValues}' at 'returnValues' failed to satisfy constraint`);
  }
}

function oldOrNone(value: string | undefined): boolean {
  if (value === 'ALL_OLD') return true;
  if (value === undefined || value === 'NONE') return false;
  throw validation('Return values set to invalid value');
}

const attributes = (item: Item | undefined) =>
  item === undefined ? { $metadata } : { $metadata, Attributes: { ...item } };

/** The part of an item that an update named; none where it had none of it. */
function only(item: Item | undefined, names: readonly string[]): Item | undefined {
  const there = Object.entries(item ?? {}).filter(([name]) => names.includes(name));
  return there.length === 0 ? undefined : Object.fromEntries(there);
}
