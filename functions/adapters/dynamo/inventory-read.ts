import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { toAdapterError } from '../aws-errors.ts';
import { text } from './attributes.ts';

export type Item = Record<string, AttributeValue>;

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
