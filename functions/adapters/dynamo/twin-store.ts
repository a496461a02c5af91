import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { DeviceId } from '../../domain/ids.ts';
import { DeviceId as DeviceIdSchema } from '../../domain/ids.ts';
import { DeviceRegistration } from '../../domain/telemetry/registration.ts';
import { Instant } from '../../domain/time.ts';
import type { DeviceItems, DueItem, StoredTwin, TwinStore } from '../../usecases/ports/twins.ts';
import { AdapterError } from '../adapter-error.ts';
import { assertReadable } from '../assert-readable.ts';
import { toAdapterError } from '../aws-errors.ts';
import { binary, number, optionalNumber, text } from './attributes.ts';
import { deviceKey, dueIndex, dueShard, dueShardCount } from './keys.ts';
import { twinUpdate } from './twin-items.ts';
import { watermarkKey, watermarkOf } from './watermark-store.ts';

type Item = Record<string, AttributeValue>;

/** Tries for keys that a batch read leaves unprocessed. */
const readTriesMax = 4;

/** Candidates taken from one shard of the index of deadlines in one tick. */
export const duePerShardMax = 200;

/** Registrations kept parsed between invocations; beyond it all are forgotten. */
const parsedMax = 5_000;

/** The state of devices in the tables Twins and Records. */
export function dynamoTwinStore(
  client: DynamoDBClient,
  tables: { readonly twins: string; readonly records: string },
): TwinStore {
  const registrationOf = registrationReader();

  return {
    read: async (deviceIds, how = 'newest') => {
      assertReadable(deviceIds);
      const found = new Map<DeviceId, { twin?: StoredTwin; registration?: DeviceRegistration }>();
      for (const id of deviceIds) found.set(id, {});
      const items = await batchGet(client, requestFor(tables, [...found.keys()], how === 'newest'));
      let watermark: Instant | undefined;
      for (const item of items[tables.twins] ?? []) {
        const id = text(item, 'id');
        if (id === watermarkKey.id.S) {
          watermark = watermarkOf(item).until;
          continue;
        }
        const entry = found.get(idOf(id));
        if (entry !== undefined) entry.twin = storedTwin(item);
      }
      for (const item of items[tables.records] ?? []) {
        const entry = found.get(idOf(text(item, 'pk')));
        if (entry !== undefined) entry.registration = registrationOf(item);
      }
      const devices = new Map(
        [...found].map(([id, { twin, registration }]): [DeviceId, DeviceItems] => [
          id,
          { twin, registration },
        ]),
      );
      return { devices, watermark };
    },

    write: async (write) => {
      try {
        await client.send(new UpdateItemCommand(twinUpdate(tables.twins, write)));
        return 'committed';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'conflict';
        throw toAdapterError('write a twin', error);
      }
    },

    due: async (before) => {
      const shards = Array.from({ length: dueShardCount }, (_, shard) => dueShard(shard));
      const pages = await Promise.all(shards.map((shard) => dueOf(client, tables.twins, shard, before)));
      return pages.flat();
    },
  };
}

const idOf = (key: string): DeviceId => key.slice(deviceKey('' as DeviceId).length) as DeviceId;

/** The twin that `item` holds. */
export const storedTwin = (item: Item): StoredTwin => {
  const dueAt = optionalNumber(item, 'dueAt');
  return {
    version: number(item, 'version'),
    bytes: binary(item, 'state'),
    dueAt: dueAt === undefined ? undefined : Instant.parse(dueAt),
  };
};

/** Parses a registration once per version: the check costs more than everything else in a read. */
function registrationReader(): (item: Item) => DeviceRegistration {
  const parsed = new Map<string, DeviceRegistration>();
  return (item) => {
    const key = `${text(item, 'pk')}@${number(item, 'version')}`;
    const known = parsed.get(key);
    if (known !== undefined) return known;
    const registration = DeviceRegistration.parse(JSON.parse(text(item, 'doc')));
    if (parsed.size >= parsedMax) parsed.clear();
    parsed.set(key, registration);
    return registration;
  };
}

type Requests = NonNullable<BatchGetItemCommandInput['RequestItems']>;

const requestFor = (
  tables: { readonly twins: string; readonly records: string },
  deviceIds: readonly DeviceId[],
  isNewest: boolean,
): Requests => ({
  [tables.twins]: {
    Keys: [watermarkKey, ...deviceIds.map((id) => ({ id: { S: deviceKey(id) } }))],
    ConsistentRead: isNewest,
  },
  [tables.records]: {
    Keys: deviceIds.map((id) => ({ pk: { S: deviceKey(id) }, sk: { S: 'DEV' } })),
    // A device that a change of limits made due must not be judged by the limits before.
    ConsistentRead: isNewest,
  },
});

async function batchGet(client: DynamoDBClient, request: Requests): Promise<Record<string, Item[]>> {
  const all: Record<string, Item[]> = {};
  let pending = request;
  for (let tries = 0; tries < readTriesMax && Object.keys(pending).length > 0; tries += 1) {
    try {
      const page = await client.send(new BatchGetItemCommand({ RequestItems: pending }));
      for (const [table, items] of Object.entries(page.Responses ?? {}))
        all[table] = [...(all[table] ?? []), ...items];
      pending = page.UnprocessedKeys ?? {};
    } catch (error) {
      throw toAdapterError('read twins and registrations', error);
    }
  }
  if (Object.keys(pending).length > 0)
    throw new AdapterError('the table leaves keys of a batch read unprocessed', {
      cause: undefined,
      retryable: true,
    });
  return all;
}

async function dueOf(
  client: DynamoDBClient,
  table: string,
  shard: string,
  before: Instant,
): Promise<readonly DueItem[]> {
  try {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: dueIndex,
        KeyConditionExpression: 'dueShard = :shard AND dueAt <= :before',
        ExpressionAttributeValues: { ':shard': { S: shard }, ':before': { N: String(before) } },
        Limit: duePerShardMax,
      }),
    );
    return (page.Items ?? []).map((item) => dueItem(text(item, 'id')));
  } catch (error) {
    throw toAdapterError('read the index of deadlines', error);
  }
}

function dueItem(id: string): DueItem {
  const [kind, first = '', ...rest] = id.split('#');
  if (kind === 'FAN') return { kind: 'fan-out', id: [first, ...rest].join('#') };
  if (kind === 'OPEN') return { kind: 'matter', ruleId: first, subjectId: rest.join('#') };
  return { kind: 'device', deviceId: DeviceIdSchema.parse(first) };
}
