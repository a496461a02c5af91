import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { days, type Instant, instant } from '../../domain/time.ts';
import type { TickStore } from '../../usecases/ports/ticks.ts';
import { AdapterError } from '../adapter-error.ts';
import { toAdapterError } from '../aws-errors.ts';
import { text } from './attributes.ts';

/** How long a marker lives at least; DynamoDB removes it some time later. */
export const tickMarkerFor = days(1);

/** Calls for one question: DynamoDB may leave keys unprocessed. */
const readMax = 4;

const prefix = 'TICK#';
const keyOf = (at: Instant) => ({ id: { S: `${prefix}${at}` } });

/** Markers of ticks as items of the table Twins, with a time to live. */
export function dynamoTickStore(client: DynamoDBClient, table: string): TickStore {
  return {
    done: (instants) => markersOf(client, table, instants),
    mark: async (at, now) => {
      const expiresAt = { N: String(Math.ceil((now + tickMarkerFor) / 1000)) };
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: { ...keyOf(at), expiresAt },
            ConditionExpression: 'attribute_not_exists(id)',
          }),
        );
        return 'marked';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'already-marked';
        throw toAdapterError('write tick marker', error);
      }
    },
  };
}

async function markersOf(
  client: DynamoDBClient,
  table: string,
  instants: readonly Instant[],
): Promise<ReadonlySet<Instant>> {
  const found = new Set<Instant>();
  let keys: Record<string, AttributeValue>[] = [...new Set(instants)].map(keyOf);
  for (let reads = 0; keys.length > 0 && reads < readMax; reads += 1) {
    try {
      const answer = await client.send(
        new BatchGetItemCommand({
          RequestItems: { [table]: { Keys: keys, ProjectionExpression: 'id', ConsistentRead: true } },
        }),
      );
      for (const item of answer.Responses?.[table] ?? []) {
        found.add(instant(Number(text(item, 'id').slice(prefix.length))));
      }
      keys = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    } catch (error) {
      throw toAdapterError('read tick markers', error);
    }
  }
  if (keys.length === 0) return found;
  throw new AdapterError('read tick markers: keys were left unprocessed', {
    cause: undefined,
    retryable: true,
  });
}
