import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { toAdapterError } from '../aws-errors.ts';
import { text } from './attributes.ts';
import type { Key } from './inventory-items.ts';

export type Item = Record<string, AttributeValue>;

/** Keys that one BatchGetItem takes. */
const batchMax = 100;
/** Tries for keys that a batch read leaves unprocessed. */
const triesMax = 4;

/** The items of these keys, consistent, in no order; missing ones are left out. @throws AdapterError */
export async function batchGet(client: DynamoDBClient, table: string, keys: readonly Key[]): Promise<Item[]> {
  const found: Item[] = [];
  try {
    for (let from = 0; from < keys.length; from += batchMax) {
      let rest: Item[] = keys.slice(from, from + batchMax);
      for (let tries = 0; rest.length > 0; tries++) {
        if (tries === triesMax) throw new Error('keys were left unprocessed');
        const request = { [table]: { Keys: rest, ConsistentRead: true } };
        const page = await client.send(new BatchGetItemCommand({ RequestItems: request }));
        found.push(...(page.Responses?.[table] ?? []));
        rest = page.UnprocessedKeys?.[table]?.Keys ?? [];
      }
    }
    return found;
  } catch (error) {
    throw toAdapterError('read records', error);
  }
}

export interface Entries {
  readonly sorts: readonly string[];
  readonly items: readonly Item[];
  /** Sort key behind which the next page starts. */
  readonly next: string | undefined;
}

/** One page of a partition by sort key, consistent. @throws AdapterError */
export async function page(
  client: DynamoDBClient,
  table: string,
  {
    partition,
    limit,
    after,
  }: { readonly partition: string; readonly limit?: number; readonly after?: string | undefined },
): Promise<Entries> {
  try {
    const answer = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: {
          ':pk': { S: partition },
          ...(after === undefined ? {} : { ':after': { S: after } }),
        },
        ConsistentRead: true,
        ...(limit === undefined ? {} : { Limit: limit }),
      }),
    );
    const items = answer.Items ?? [];
    const sorts = items.map((item) => text(item, 'sk'));
    return { items, sorts, next: answer.LastEvaluatedKey === undefined ? undefined : sorts.at(-1) };
  } catch (error) {
    throw toAdapterError('list records', error);
  }
}

/** Every item of a partition, consistent. @throws AdapterError */
export async function everything(client: DynamoDBClient, table: string, partition: string): Promise<Item[]> {
  const all: Item[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await page(client, table, { partition, after });
    all.push(...items);
    after = next;
  } while (after !== undefined);
  return all;
}
