import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { DeviceId } from '../../domain/ids.ts';
import { differenceKinds } from '../../domain/rules/shadow.ts';
import { Severity } from '../../domain/severity.ts';
import { days, Instant } from '../../domain/time.ts';
import type { ShadowStore, StoredDifference } from '../../usecases/ports/shadow.ts';
import { toAdapterError } from '../aws-errors.ts';
import { binary, number, text } from './attributes.ts';

/** How long a state or a finding of a candidate lives after it was written last; DynamoDB removes it some time later. */
export const shadowFor = days(14);

/** Width of an instant in a key: sorts as text until the year 5138. */
const instantWidth = 14;

const Difference = z
  .strictObject({
    deviceId: DeviceId,
    ruleId: z.string(),
    sensorId: z.string(),
    kind: z.enum(differenceKinds),
    live: Severity.optional(),
    candidate: Severity.optional(),
    since: Instant,
    until: Instant.optional(),
  })
  .transform(
    (one): StoredDifference => ({ ...one, live: one.live, candidate: one.candidate, until: one.until }),
  );

const twinKey = (deviceId: DeviceId) => ({ id: { S: `SHADOW#${deviceId}` } });
const listKey = (book: string): string => `SHADOW#${book}`;
const sortKey = ({ since, deviceId, ruleId, sensorId }: StoredDifference): string =>
  `${String(since).padStart(instantWidth, '0')}#${deviceId}#${ruleId}#${sensorId}`;
const expiry = (now: Instant) => ({ N: String(Math.ceil((now + shadowFor) / 1000)) });

/** State of a candidate book in the table Twins, its findings in Records; both with a time to live. */
export function dynamoShadowStore(
  client: DynamoDBClient,
  tables: { readonly twins: string; readonly records: string },
): ShadowStore {
  return {
    read: async (deviceId) => {
      try {
        const { Item } = await client.send(
          new GetItemCommand({ TableName: tables.twins, Key: twinKey(deviceId), ConsistentRead: true }),
        );
        if (Item === undefined) return undefined;
        return {
          version: number(Item, 'version'),
          book: text(Item, 'book'),
          bytes: binary(Item, 'state'),
          open: z.array(Difference).parse(JSON.parse(text(Item, 'open'))),
        };
      } catch (error) {
        throw toAdapterError('read the state of a candidate book', error);
      }
    },
    write: async ({ deviceId, expectedVersion, book, bytes, open, now }) => {
      const isNew = expectedVersion === 0;
      try {
        await client.send(
          new PutItemCommand({
            TableName: tables.twins,
            Item: {
              ...twinKey(deviceId),
              version: { N: String(expectedVersion + 1) },
              book: { S: book },
              state: { B: bytes },
              open: { S: JSON.stringify(open) },
              expiresAt: expiry(now),
            },
            ConditionExpression: isNew ? 'attribute_not_exists(id)' : '#version = :expected',
            ...(isNew
              ? {}
              : {
                  ExpressionAttributeNames: { '#version': 'version' },
                  ExpressionAttributeValues: { ':expected': { N: String(expectedVersion) } },
                }),
          }),
        );
        return 'committed';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'conflict';
        throw toAdapterError('write the state of a candidate book', error);
      }
    },
    note: async (book, difference, now) => {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tables.records,
            Item: {
              pk: { S: listKey(book) },
              sk: { S: sortKey(difference) },
              difference: { S: JSON.stringify(difference) },
              expiresAt: expiry(now),
            },
          }),
        );
      } catch (error) {
        throw toAdapterError('note a difference of a candidate book', error);
      }
    },
    list: async (book, limit) => {
      try {
        const { Items } = await client.send(
          new QueryCommand({
            TableName: tables.records,
            KeyConditionExpression: 'pk = :book',
            ExpressionAttributeValues: { ':book': { S: listKey(book) } },
            ScanIndexForward: false,
            Limit: limit,
          }),
        );
        return (Items ?? []).map((item) => Difference.parse(JSON.parse(text(item, 'difference'))));
      } catch (error) {
        throw toAdapterError('list the differences of a candidate book', error);
      }
    },
  };
}
