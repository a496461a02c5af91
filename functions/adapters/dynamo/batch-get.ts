import { type AttributeValue, BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AdapterError } from '../adapter-error.ts';
import { toAdapterError } from '../aws-errors.ts';

type Item = Record<string, AttributeValue>;

/** Keys that one BatchGetItem takes. */
const batchMax = 100;
/** Tries for keys that a batch read leaves unprocessed. */
const triesMax = 4;

/** The items of these keys, consistent, in no order; missing ones are left out. @throws AdapterError */
export async function batchGet(
  client: DynamoDBClient,
  table: string,
  keys: readonly Item[],
  what: string,
): Promise<Item[]> {
  const found: Item[] = [];
  try {
    for (let from = 0; from < keys.length; from += batchMax) {
      let rest: Item[] = keys.slice(from, from + batchMax);
      for (let tries = 0; rest.length > 0; tries++) {
        if (tries === triesMax)
          throw new AdapterError(`${what}: keys were left unprocessed`, {
            cause: undefined,
            retryable: true,
          });
        const request = { [table]: { Keys: rest, ConsistentRead: true } };
        const page = await client.send(new BatchGetItemCommand({ RequestItems: request }));
        found.push(...(page.Responses?.[table] ?? []));
        rest = page.UnprocessedKeys?.[table]?.Keys ?? [];
      }
    }
    return found;
  } catch (error) {
    throw toAdapterError(what, error);
  }
}
