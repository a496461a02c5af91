import {
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { CommitOutcome } from '../../usecases/ports/alerts.ts';
import { toAdapterError } from '../aws-errors.ts';

/** Writes all items or none; `conflict` when a condition failed or another transaction was at the same items. */
export async function transact(
  client: DynamoDBClient,
  items: TransactWriteItem[],
  what: string,
): Promise<CommitOutcome> {
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems: items }));
    return 'committed';
  } catch (error) {
    if (error instanceof TransactionCanceledException && isRace(error)) return 'conflict';
    throw toAdapterError(what, error);
  }
}

const races: readonly string[] = ['ConditionalCheckFailed', 'TransactionConflict'];

/** A lost race, as against a table that refuses for its own reasons. */
function isRace(error: TransactionCanceledException): boolean {
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
  const failed = codes.filter((code) => code !== 'None');
  return failed.length > 0 && failed.every((code) => races.includes(code));
}
