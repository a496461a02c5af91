/** TransactWriteItems: everything or nothing. */
import type {
  CancellationReason,
  TransactWriteItem,
  TransactWriteItemsCommandInput,
  TransactWriteItemsCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../history.ts';
import type { Commit, Write } from './commit.ts';
import { $metadata, conditionFailedMessage, refuse, transactionCanceled, validation } from './errors.ts';
import { type Plan, planCheck, planDelete, planPut, planUpdate } from './plans.ts';
import { keyText } from './reads.ts';
import { itemBytes, itemBytesAtMost } from './sizes.ts';
import type { Tables } from './tables.ts';

/** Items of one transaction. */
const itemsMax = 100;
/** Bytes of all of them together. */
const bytesMax = 4 * 1024 * 1024;

export function transactWriteItems(
  tables: Tables,
  input: TransactWriteItemsCommandInput,
  commit: Commit,
): TransactWriteItemsCommandOutput {
  const { ClientRequestToken, ReturnConsumedCapacity, ReturnItemCollectionMetrics } = input;
  refuse('TransactWriteItems', ClientRequestToken, ReturnConsumedCapacity, ReturnItemCollectionMetrics);
  const items = input.TransactItems ?? [];
  if (items.length === 0 || items.length > itemsMax)
    throw validation(
      `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length ${items.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${itemsMax}`}`,
    );
  const plans = items.map((item) => planOf(tables, item));
  checkDistinct(plans);
  const tried = plans.map(attempt);
  if (tried.some(({ reason }) => reason !== undefined))
    throw transactionCanceled(tried.map(({ reason }) => reason ?? { Code: 'None' }));
  const writes = tried.flatMap(({ write }) => write ?? []);
  checkSize(writes);
  commit(writes);
  return { $metadata };
}

function planOf(tables: Tables, item: TransactWriteItem): Plan {
  const { Put, Update, Delete, ConditionCheck, ...others } = item;
  const count = [Put, Update, Delete, ConditionCheck].filter((one) => one !== undefined).length;
  if (count !== 1 || Object.keys(others).length > 0)
    throw validation('TransactItems can only contain one of Check, Put, Update or Delete');
  if (Put !== undefined) return planPut(tables, Put);
  if (Update !== undefined) return planUpdate(tables, Update);
  if (Delete !== undefined) return planDelete(tables, Delete);
  if (ConditionCheck !== undefined) return planCheck(tables, ConditionCheck);
  throw validation('TransactItems can only contain one of Check, Put, Update or Delete');
}

function checkDistinct(plans: readonly Plan[]): void {
  const seen = new Set<string>();
  for (const { table, key } of plans) {
    const text = `${table.shape.name}/${keyText(table.shape.keys, key)}`;
    if (seen.has(text))
      throw validation('Transaction request cannot include multiple operations on one item');
    seen.add(text);
  }
}

type Attempt = { readonly write?: Write; readonly reason?: CancellationReason };

function attempt(plan: Plan): Attempt {
  const { table, key, condition, given, tells } = plan;
  const before = table.rows.find(key)?.item;
  if (condition !== undefined && !condition.of(before, given))
    return { reason: refused(tells ? before : undefined) };
  try {
    return { write: { table, key, before, after: plan.next(before) } };
  } catch (error) {
    if (!(error instanceof DynamoDBServiceException)) throw error;
    return { reason: { Code: 'ValidationError', Message: error.message } };
  }
}

const refused = (item: Item | undefined): CancellationReason => ({
  Code: 'ConditionalCheckFailed',
  Message: conditionFailedMessage,
  ...(item === undefined ? {} : { Item: { ...item } }),
});

function checkSize(writes: readonly Write[]): void {
  const sum = (bytesOf: (item: Item) => number) =>
    writes.reduce((bytes, { before, after }) => bytes + bytesOf(after ?? before ?? {}), 0);
  if (sum(itemBytesAtMost) > bytesMax && sum(itemBytes) > bytesMax)
    throw validation('Transaction request exceeds the maximum aggregate size of 4 MB');
}
