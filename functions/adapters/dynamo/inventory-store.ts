import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DeviceId } from '../../domain/ids.ts';
import { Area } from '../../domain/inventory/area.ts';
import { DeviceRecord } from '../../domain/inventory/device.ts';
import { Enterprise, Site } from '../../domain/inventory/enterprise.ts';
import { LimitOverride } from '../../domain/inventory/override.ts';
import { Source } from '../../domain/inventory/source.ts';
import { DeviceRegistration } from '../../domain/telemetry/registration.ts';
import { instant } from '../../domain/time.ts';
import type { InventoryStore, Kind, OutcomeStore, Registered } from '../../usecases/ports/inventory.ts';
import { toAdapterError } from '../aws-errors.ts';
import { number, text } from './attributes.ts';
import { batchGet } from './batch-get.ts';
import {
  itemsOf,
  type Key,
  keyOf,
  listOf,
  listOfScope,
  listOfSource,
  outcomeKey,
  outcomePut,
  partitionOf,
  places,
  recordSort,
} from './inventory-items.ts';
import { everything, type Item, page } from './inventory-read.ts';
import { transact } from './transaction.ts';

interface Tables {
  readonly twins: string;
  readonly records: string;
}

const parsed = (item: Item | undefined): unknown =>
  item === undefined ? undefined : JSON.parse(text(item, 'doc'));

/** Reads a kind's thing from the items of its partition; undefined when it is not there. */
const readers: { readonly [K in Kind]: (bySort: ReadonlyMap<string, Item>) => Registered[K] | undefined } = {
  enterprise: (items) => Enterprise.optional().parse(parsed(items.get(places.enterprise.sort))),
  site: (items) => Site.optional().parse(parsed(items.get(places.site.sort))),
  source: (items) => Source.optional().parse(parsed(items.get(places.source.sort))),
  device: (items) => {
    const registration = DeviceRegistration.optional().parse(parsed(items.get(places.device.sort)));
    const record = DeviceRecord.optional().parse(parsed(items.get(recordSort)));
    return registration === undefined || record === undefined ? undefined : { registration, record };
  },
  override: (items) => LimitOverride.optional().parse(parsed(items.get(places.override.sort))),
  area: (items) => Area.optional().parse(parsed(items.get(places.area.sort))),
};

const keysOf = (kind: Kind, id: string): Key[] => {
  const pk = partitionOf(kind, id);
  const own = keyOf(pk, places[kind].sort);
  return kind === 'device' ? [own, keyOf(pk, recordSort)] : [own];
};

/** What enterprises register, in the table Records; a device's first state goes to Twins in the same transaction. */
export function dynamoInventoryStore(client: DynamoDBClient, tables: Tables): InventoryStore {
  const { records } = tables;

  async function getMany<K extends Kind>(kind: K, ids: readonly string[]): Promise<Registered[K][]> {
    const wanted = [...new Set(ids)];
    const items = await batchGet(
      client,
      records,
      wanted.flatMap((id) => keysOf(kind, id)),
      'read records',
    );
    const byPartition = Map.groupBy(items, (item) => text(item, 'pk'));
    return wanted.flatMap((id) => {
      const own = byPartition.get(partitionOf(kind, id)) ?? [];
      return readers[kind](new Map(own.map((item) => [text(item, 'sk'), item]))) ?? [];
    });
  }

  return {
    getMany,
    get: async (kind, id) => (await getMany(kind, [id]))[0],
    list: async (kind, scope, limit, after) => {
      const { sorts, next } = await page(client, records, { partition: listOf(kind, scope), limit, after });
      return { items: await getMany(kind, sorts), next };
    },
    devicesOf: async (sourceId) => {
      const entries = await everything(client, records, listOfSource(sourceId));
      return entries.map((entry) => DeviceId.parse(text(entry, 'sk')));
    },
    overridesAt: async (scopes) => {
      const lists = [...new Set(scopes.map(listOfScope))];
      const entries = await Promise.all(lists.map((list) => everything(client, records, list)));
      const ids = entries.flat().map((entry) => text(entry, 'sk'));
      return (await getMany('override', ids)).toSorted((a, b) => (a.overrideId < b.overrideId ? -1 : 1));
    },
    commit: (write) => transact(client, itemsOf(tables, write), 'write inventory'),
  };
}

/** Answers given before, in the table Records, forgotten by time to live. */
export const dynamoOutcomeStore = (client: DynamoDBClient, table: string): OutcomeStore => ({
  find: async (key) => {
    const [item] = await batchGet(client, table, [outcomeKey(key)], 'read records');
    if (item === undefined) return undefined;
    return {
      key,
      bodyHash: text(item, 'bodyHash'),
      result: text(item, 'result'),
      keptAt: instant(number(item, 'keptAt')),
      expiresAt: instant(number(item, 'expiresAt') * 1000),
    };
  },
  keep: async (outcome) => {
    try {
      await client.send(new PutItemCommand(outcomePut(table, outcome)));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw toAdapterError('keep outcome', error);
    }
  },
});
