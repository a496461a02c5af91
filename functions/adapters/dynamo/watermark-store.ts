import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { Instant } from '../../domain/time.ts';
import type { Watermark } from '../../domain/watermark.ts';
import type { WatermarkStore } from '../../usecases/ports/watermark.ts';
import { AdapterError } from '../adapter-error.ts';
import { toAdapterError } from '../aws-errors.ts';
import { number, text } from './attributes.ts';

/** Tries when others write the watermark at the same time: one canary every 5 s, so two is many. */
export const watermarkRaceMax = 8;

/** Its key in Twins; a batch read takes it along. */
export const watermarkKey = { id: { S: 'WATERMARK' } } as const;
const key = watermarkKey;

const StoredWatermark = z.object({
  firstDueAt: Instant,
  until: Instant.optional(),
  early: z.array(Instant),
});

interface Read {
  readonly watermark: Watermark | undefined;
  readonly version: number;
}

/** The watermark as one versioned item of the table Twins. */
export function dynamoWatermarkStore(client: DynamoDBClient, table: string): WatermarkStore {
  return {
    read: async () => (await read(client, table)).watermark,
    update: async (change) => {
      for (let tries = 0; tries < watermarkRaceMax; tries += 1) {
        const before = await read(client, table);
        const after = change(before.watermark);
        if (after === before.watermark || after === undefined) return before.watermark;
        if (await write(client, table, after, before.version)) return after;
      }
      throw new AdapterError('write watermark: lost every race', { cause: undefined, retryable: true });
    },
  };
}

/** @throws AssertionError or ZodError when the item, which is ours, is damaged. */
export function watermarkOf(item: Record<string, AttributeValue>): Watermark {
  const { firstDueAt, until, early } = StoredWatermark.parse(JSON.parse(text(item, 'doc')));
  return { firstDueAt, until, early };
}

async function read(client: DynamoDBClient, table: string): Promise<Read> {
  try {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }),
    );
    if (Item === undefined) return { watermark: undefined, version: 0 };
    return { watermark: watermarkOf(Item), version: number(Item, 'version') };
  } catch (error) {
    throw toAdapterError('read watermark', error);
  }
}

async function write(
  client: DynamoDBClient,
  table: string,
  watermark: Watermark,
  version: number,
): Promise<boolean> {
  try {
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: { ...key, doc: { S: JSON.stringify(watermark) }, version: { N: String(version + 1) } },
        ...(version === 0
          ? { ConditionExpression: 'attribute_not_exists(id)' }
          : {
              ConditionExpression: '#version = :version',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':version': { N: String(version) } },
            }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw toAdapterError('write watermark', error);
  }
}
