import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ListScope } from '../../domain/access/listing.ts';
import type { Gateway } from '../../domain/alerts/gateway-silence.ts';
import { type AreaCode, ancestorsOf, type EnterpriseId } from '../../domain/ids.ts';
import { listScopeOf } from '../../domain/inventory/override.ts';
import type { OverrideScope } from '../../domain/telemetry/overrides.ts';
import type {
  InventoryWrite,
  Kind,
  Outcome,
  Put,
  PutOf,
  Registered,
} from '../../usecases/ports/inventory.ts';
import { areaList, enterpriseList } from './keys.ts';
import { fanOutWrite, twinWrite } from './twin-items.ts';

export type Key = Record<'pk' | 'sk', AttributeValue>;
type Item = Key & Record<string, AttributeValue>;

export const keyOf = (pk: string, sk: string): Key => ({ pk: { S: pk }, sk: { S: sk } });

/** Partition prefix, sort key and list name of each kind. */
export const places = {
  enterprise: { prefix: 'ENT', sort: 'ENT', list: 'enterprises' },
  site: { prefix: 'SITE', sort: 'SITE', list: 'sites' },
  source: { prefix: 'SRC', sort: 'SRC', list: 'sources' },
  device: { prefix: 'DEV', sort: 'DEV', list: 'devices' },
  override: { prefix: 'LIM', sort: 'LIM', list: 'limits' },
  area: { prefix: 'AREA', sort: 'AREA', list: 'areas' },
} as const satisfies Readonly<Record<Kind, unknown>>;

/** Beside a device's registration, which ingest reads: what only the inventory needs. */
export const recordSort = 'INV';

export const partitionOf = (kind: Kind, id: string): string => `${places[kind].prefix}#${id}`;

/** The list of everything of a kind. */
export const listOfAll = (name: string): string => `LIST#A#*#${name}`;
export const listOfSource = (sourceId: string): string => `LIST#S#${sourceId}#devices`;

export const listOfGateway = ({ enterpriseId, gatewayId }: Gateway): string =>
  `LIST#W#${enterpriseId}/${gatewayId}#devices`;

/** The list of the overrides of a scope, of sensors those of the device. */
export const listOfScope = (scope: OverrideScope): string => `LIST#L#${listScopeOf(scope)}`;

export const listOf = (kind: Kind, scope: ListScope): string => {
  const name = places[kind].list;
  if (scope.kind === 'all') return listOfAll(name);
  return scope.kind === 'area' ? areaList(scope.area, name) : enterpriseList(scope.enterpriseId, name);
};

/** Width of a version in the key of an earlier version: sorts as text. */
const versionWidth = 8;

/** The document of a thing and its version; of a device the registration, whose version counts. */
const documentOf = (put: Put): { readonly id: string; readonly doc: unknown; readonly version: number } => {
  switch (put.kind) {
    case 'enterprise':
      return { id: put.thing.enterpriseId, doc: put.thing, version: put.thing.version };
    case 'site':
      return { id: put.thing.siteId, doc: put.thing, version: put.thing.version };
    case 'source':
      return { id: put.thing.sourceId, doc: put.thing, version: put.thing.version };
    case 'device': {
      const { registration } = put.thing;
      return { id: registration.deviceId, doc: registration, version: registration.version };
    }
    case 'override':
      return { id: put.thing.overrideId, doc: put.thing, version: put.thing.version };
    case 'area':
      return { id: put.thing.area, doc: put.thing, version: put.thing.version };
    default:
      return put satisfies never;
  }
};

/** The lists in which a thing of each kind stands. */
const listsOf: { readonly [K in Kind]: (thing: Registered[K]) => readonly string[] } = {
  enterprise: ({ areas, enterpriseId }) => common('enterprise', areas, enterpriseId),
  site: ({ area, enterpriseId }) => common('site', [area], enterpriseId),
  source: ({ area, enterpriseId }) => common('source', [area], enterpriseId),
  device: ({ registration: { sources, enterpriseId, gatewayId } }) => [
    ...common(
      'device',
      sources.map(({ area }) => area),
      enterpriseId,
    ),
    ...sources.map(({ sourceId }) => listOfSource(sourceId)),
    ...(gatewayId === undefined ? [] : [listOfGateway({ enterpriseId, gatewayId })]),
  ],
  override: ({ areas, enterpriseId, scope }) => [
    ...common('override', areas, enterpriseId),
    listOfScope(scope),
  ],
  area: ({ area }) => common('area', [area], '-'),
};

function common(kind: Kind, areas: readonly AreaCode[], enterpriseId: EnterpriseId | '-'): string[] {
  const name = places[kind].list;
  const all = new Set(areas.flatMap((area) => ancestorsOf(area)));
  return [
    listOfAll(name),
    enterpriseList(enterpriseId, name),
    ...[...all].map((area) => areaList(area, name)),
  ];
}

/** Lists in which the thing does not stand yet. An area or a source is never taken away from one. */
function newListsOf<K extends Kind>({ kind, thing, before }: PutOf<K>): readonly string[] {
  const known = new Set(before === undefined ? [] : listsOf[kind](before));
  return listsOf[kind](thing).filter((list) => !known.has(list));
}

export const versionIs = (expected: number) =>
  expected === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#version = :expected',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':expected': { N: String(expected) } },
      };

const document = (key: Key, doc: unknown, version: number): Item => ({
  ...key,
  version: { N: String(version) },
  doc: { S: JSON.stringify(doc) },
});

/** The thing if its version holds, this version for ever, and its places in the lists. */
function putItems(table: string, put: Put): TransactWriteItem[] {
  const { id, doc, version } = documentOf(put);
  const pk = partitionOf(put.kind, id);
  const history = keyOf(pk, `V#${String(version).padStart(versionWidth, '0')}`);
  const plain = (Item: Item): TransactWriteItem => ({ Put: { TableName: table, Item } });
  const current = document(keyOf(pk, places[put.kind].sort), doc, version);
  const beside =
    put.kind === 'device' ? [plain(document(keyOf(pk, recordSort), put.thing.record, version))] : [];
  return [
    { Put: { TableName: table, Item: current, ...versionIs(put.expected) } },
    plain(document(history, put.thing, version)),
    ...beside,
    ...newListsOf(put).map((list) => plain(keyOf(list, id))),
  ];
}

export const outcomeKey = (key: string): Key => keyOf(`IDEM#${key}`, 'IDEM');

/** Takes the key unless an outcome under it still counts; time to live may delete it days late. */
export const outcomePut = (table: string, outcome: Outcome) => ({
  TableName: table,
  Item: {
    ...outcomeKey(outcome.key),
    bodyHash: { S: outcome.bodyHash },
    result: { S: outcome.result },
    keptAt: { N: String(outcome.keptAt) },
    expiresAt: { N: String(Math.ceil(outcome.expiresAt / 1000)) },
  },
  ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
  ExpressionAttributeValues: { ':now': { N: String(Math.floor(outcome.keptAt / 1000)) } },
});

/** Every item of a write; a device with 20 sources in as many areas needs about 75 of the 100 allowed. */
export function itemsOf(
  tables: { readonly twins: string; readonly records: string },
  write: InventoryWrite,
): TransactWriteItem[] {
  const { records } = tables;
  const puts = write.puts.flatMap((put) => putItems(records, put));
  const written = new Set(puts.map(({ Put }) => `${Put?.Item?.['pk']?.S}/${Put?.Item?.['sk']?.S}`));
  const checks = (write.sources ?? [])
    .map(({ sourceId, version }) => ({ pk: partitionOf('source', sourceId), version }))
    .filter(({ pk }) => !written.has(`${pk}/${places.source.sort}`))
    .map(({ pk, version }) => ({
      ConditionCheck: { TableName: records, Key: keyOf(pk, places.source.sort), ...versionIs(version) },
    }));
  return [
    ...puts,
    ...checks,
    ...(write.twin === undefined ? [] : [twinWrite(tables.twins, write.twin)]),
    ...(write.fanOut === undefined ? [] : [fanOutWrite(tables.twins, write.fanOut)]),
    ...(write.outcome === undefined ? [] : [{ Put: outcomePut(records, write.outcome) }]),
  ];
}
