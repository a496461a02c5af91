import type { ListScope } from '../../domain/access/listing.ts';
import type { DeviceId } from '../../domain/ids.ts';
import type { Area } from '../../domain/inventory/area.ts';
import type { DeviceRecord } from '../../domain/inventory/device.ts';
import type { Enterprise, Site } from '../../domain/inventory/enterprise.ts';
import { type LimitOverride, listScopeOf } from '../../domain/inventory/override.ts';
import type { Source } from '../../domain/inventory/source.ts';
import type {
  InventoryStore,
  InventoryWrite,
  Kind,
  Outcome,
  OutcomeStore,
  Put,
  Registered,
} from '../../usecases/ports/inventory.ts';
import { isFanOutLost, putFanOut } from './fan-out-store.ts';
import type { MemoryState } from './state.ts';

/** What the inventory holds beside the registrations and twins of `MemoryState`. */
export interface MemoryInventory {
  readonly enterprises: Map<string, Enterprise>;
  readonly sites: Map<string, Site>;
  readonly sources: Map<string, Source>;
  readonly records: Map<string, DeviceRecord>;
  readonly overrides: Map<string, LimitOverride>;
  readonly areas: Map<string, Area>;
  readonly outcomes: Map<string, Outcome>;
}

export const memoryInventory = (): MemoryInventory => ({
  enterprises: new Map(),
  sites: new Map(),
  sources: new Map(),
  records: new Map(),
  overrides: new Map(),
  areas: new Map(),
  outcomes: new Map(),
});

type Readers = { readonly [K in Kind]: (id: string) => Registered[K] | undefined };

const readersOf = (state: MemoryState, own: MemoryInventory): Readers => ({
  enterprise: (id) => own.enterprises.get(id),
  site: (id) => own.sites.get(id),
  source: (id) => own.sources.get(id),
  device: (id) => {
    const record = own.records.get(id);
    const registration = record === undefined ? undefined : state.registrations.get(record.deviceId);
    return record === undefined || registration === undefined ? undefined : { record, registration };
  },
  override: (id) => own.overrides.get(id),
  area: (id) => own.areas.get(id),
});

const idsOf = (own: MemoryInventory): Readonly<Record<Kind, () => readonly string[]>> => ({
  enterprise: () => [...own.enterprises.keys()].toSorted(),
  site: () => [...own.sites.keys()].toSorted(),
  source: () => [...own.sources.keys()].toSorted(),
  device: () => [...own.records.keys()].toSorted(),
  override: () => [...own.overrides.keys()].toSorted(),
  area: () => [...own.areas.keys()].toSorted(),
});

/** Where a thing is listed: its owner and its areas. */
const listed: {
  readonly [K in Kind]: (thing: Registered[K]) => { enterpriseId: string; areas: readonly string[] };
} = {
  enterprise: ({ enterpriseId, areas }) => ({ enterpriseId, areas }),
  site: ({ enterpriseId, area }) => ({ enterpriseId, areas: [area] }),
  source: ({ enterpriseId, area }) => ({ enterpriseId, areas: [area] }),
  device: ({ registration: { enterpriseId, sources } }) => ({
    enterpriseId,
    areas: sources.map(({ area }) => area),
  }),
  override: ({ enterpriseId, areas }) => ({ enterpriseId, areas }),
  area: ({ area }) => ({ enterpriseId: '-', areas: [area] }),
};

function isOn(
  scope: ListScope,
  { enterpriseId, areas }: { enterpriseId: string; areas: readonly string[] },
): boolean {
  if (scope.kind === 'all') return true;
  if (scope.kind === 'enterprise') return scope.enterpriseId === enterpriseId;
  return areas.some((area) => area.startsWith(scope.area));
}

/** What enterprises register, in memory, with the conditions of the real tables. */
export function memoryInventoryStore(state: MemoryState, own: MemoryInventory): InventoryStore {
  const readers = readersOf(state, own);
  const ids = idsOf(own);
  const getMany = <K extends Kind>(kind: K, wanted: readonly string[]): Registered[K][] =>
    wanted.flatMap((id) => readers[kind](id) ?? []);
  return {
    get: async (kind, id) => readers[kind](id),
    getMany: async (kind, wanted) => getMany(kind, [...new Set(wanted)]),
    list: async (kind, scope, limit, after) => {
      const behind = ids[kind]().filter((id) => after === undefined || id > after);
      const on = behind.filter((id) => getMany(kind, [id]).some((thing) => isOn(scope, listed[kind](thing))));
      const taken = on.slice(0, limit);
      return { items: getMany(kind, taken), next: on.length > taken.length ? taken.at(-1) : undefined };
    },
    devicesOf: async (sourceId) => {
      const watches = (id: DeviceId): boolean =>
        state.registrations.get(id)?.sources.some((source) => source.sourceId === sourceId) ?? false;
      return [...own.records.values()].map(({ deviceId }) => deviceId).filter(watches);
    },
    overridesAt: async (scopes) => {
      const wanted = new Set(scopes.map(listScopeOf));
      return [...own.overrides.values()]
        .filter(({ scope }) => wanted.has(listScopeOf(scope)))
        .toSorted((a, b) => (a.overrideId < b.overrideId ? -1 : 1));
    },
    commit: async (write) => {
      if (isLost(state, own, write)) return 'conflict';
      for (const put of write.puts) apply(state, own, put);
      const { twin, fanOut, outcome } = write;
      if (fanOut !== undefined) putFanOut(state, fanOut);
      if (twin !== undefined) {
        const { expectedVersion, bytes, dueAt } = twin;
        state.twins.set(twin.deviceId, { version: expectedVersion + 1, bytes, dueAt });
      }
      if (outcome !== undefined) own.outcomes.set(outcome.key, outcome);
      return 'committed';
    },
  };
}

function versionOf(state: MemoryState, own: MemoryInventory, put: Put): number {
  switch (put.kind) {
    case 'enterprise':
      return own.enterprises.get(put.thing.enterpriseId)?.version ?? 0;
    case 'site':
      return own.sites.get(put.thing.siteId)?.version ?? 0;
    case 'source':
      return own.sources.get(put.thing.sourceId)?.version ?? 0;
    case 'device':
      return state.registrations.get(put.thing.registration.deviceId)?.version ?? 0;
    case 'override':
      return own.overrides.get(put.thing.overrideId)?.version ?? 0;
    case 'area':
      return own.areas.get(put.thing.area)?.version ?? 0;
    default:
      return put satisfies never;
  }
}

function apply(state: MemoryState, own: MemoryInventory, put: Put): void {
  switch (put.kind) {
    case 'enterprise':
      own.enterprises.set(put.thing.enterpriseId, put.thing);
      break;
    case 'site':
      own.sites.set(put.thing.siteId, put.thing);
      break;
    case 'source':
      own.sources.set(put.thing.sourceId, put.thing);
      break;
    case 'device':
      own.records.set(put.thing.record.deviceId, put.thing.record);
      state.registrations.set(put.thing.registration.deviceId, put.thing.registration);
      break;
    case 'override':
      own.overrides.set(put.thing.overrideId, put.thing);
      break;
    case 'area':
      own.areas.set(put.thing.area, put.thing);
      break;
    default:
      put satisfies never;
  }
}

/** An outcome takes its key unless one under it still counts. */
const isTaken = (own: MemoryInventory, outcome: Outcome): boolean => {
  const before = own.outcomes.get(outcome.key);
  return before !== undefined && before.expiresAt > outcome.keptAt;
};

function isLost(
  state: MemoryState,
  own: MemoryInventory,
  { puts, sources, twin, fanOut, outcome }: InventoryWrite,
): boolean {
  if (fanOut !== undefined && isFanOutLost(state, fanOut)) return true;
  if (puts.some((put) => versionOf(state, own, put) !== put.expected)) return true;
  if ((sources ?? []).some(({ sourceId, version }) => own.sources.get(sourceId)?.version !== version))
    return true;
  if (twin !== undefined && (state.twins.get(twin.deviceId)?.version ?? 0) !== twin.expectedVersion)
    return true;
  return outcome !== undefined && isTaken(own, outcome);
}

export const memoryOutcomeStore = (own: MemoryInventory): OutcomeStore => ({
  find: async (key) => own.outcomes.get(key),
  keep: async (outcome) => {
    if (!isTaken(own, outcome)) own.outcomes.set(outcome.key, outcome);
  },
});
