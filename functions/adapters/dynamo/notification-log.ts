import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { Transition } from '../../domain/alerts/alert.ts';
import { AlertId } from '../../domain/ids.ts';
import { Instant } from '../../domain/time.ts';
import type { Decision, NotificationLog, TransitionKey } from '../../usecases/ports/alerts.ts';
import { AdapterError } from '../adapter-error.ts';
import { toAdapterError } from '../aws-errors.ts';
import { number, text } from './attributes.ts';
import { alertKey, transitionKey, undecidedIndex, undecidedShard, undecidedShardCount } from './keys.ts';

const StoredDecision = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('sent'), reason: z.string(), at: Instant, messageId: z.string() }),
  z.object({ outcome: z.literal('suppressed'), reason: z.string(), at: Instant }),
  z.object({ outcome: z.literal('deferred'), until: Instant, reason: z.string(), at: Instant }),
]);

const itemKey = (key: TransitionKey) => ({
  pk: { S: alertKey(key.alertId) },
  sk: { S: transitionKey(key.version) },
});

/**
 * The log of notifications on the transitions' own items of the table Records: `decision`, and `decidedAt` once it is
 * final, when the item also leaves the index of undecided ones.
 */
export function dynamoNotificationLog(client: DynamoDBClient, table: string): NotificationLog {
  return {
    decide: (key, decision) => decide(client, table, key, decision),
    decision: async (key) => {
      const stored = (await read(client, table, key, 'decision'))?.['decision']?.S;
      return stored === undefined ? undefined : StoredDecision.parse(JSON.parse(stored));
    },
    undecided: (before, limit) => undecided(client, table, before, limit),
    transition: async (key) => {
      const item = await read(client, table, key, 'doc');
      return item === undefined ? undefined : Transition.parse(JSON.parse(text(item, 'doc')));
    },
  };
}

async function decide(client: DynamoDBClient, table: string, key: TransitionKey, decision: Decision) {
  const deferred = decision.outcome === 'deferred';
  try {
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: itemKey(key),
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(decidedAt)',
        UpdateExpression: deferred
          ? 'SET decision = :decision, undecidedAt = :at'
          : 'SET decision = :decision, decidedAt = :at REMOVE undecidedShard, undecidedAt',
        ExpressionAttributeValues: {
          ':decision': { S: JSON.stringify(decision) },
          ':at': { N: String(deferred ? decision.until : decision.at) },
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return 'logged';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw toAdapterError('log decision', error);
    if (error.Item !== undefined) return 'already-decided';
    throw new AdapterError('log decision: no such transition', { cause: error, retryable: false });
  }
}

async function read(client: DynamoDBClient, table: string, key: TransitionKey, attribute: string) {
  try {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: itemKey(key),
        ProjectionExpression: attribute,
        ConsistentRead: true,
      }),
    );
    return Item;
  } catch (error) {
    throw toAdapterError(`read ${attribute}`, error);
  }
}

async function undecided(client: DynamoDBClient, table: string, before: Instant, limit: number) {
  const shards = Array.from({ length: undecidedShardCount }, (_, shard) => undecidedShard(shard));
  try {
    const pages = await Promise.all(
      shards.map((shard) =>
        client.send(
          new QueryCommand({
            TableName: table,
            IndexName: undecidedIndex,
            KeyConditionExpression: 'undecidedShard = :shard AND undecidedAt <= :before',
            ExpressionAttributeValues: { ':shard': { S: shard }, ':before': { N: String(before) } },
            Limit: limit,
          }),
        ),
      ),
    );
    return pages
      .flatMap((page) => page.Items ?? [])
      .toSorted((a, b) => number(a, 'undecidedAt') - number(b, 'undecidedAt'))
      .slice(0, limit)
      .map(keyOf);
  } catch (error) {
    throw toAdapterError('read undecided transitions', error);
  }
}

const keyOf = (item: Record<string, AttributeValue>): TransitionKey => ({
  alertId: AlertId.parse(text(item, 'pk').slice('ALERT#'.length)),
  version: Number(text(item, 'sk').slice('T#'.length)),
});
