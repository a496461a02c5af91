import { dynamoDeviceCount } from '../../functions/adapters/dynamo/count-devices.ts';
import { dynamoDevicesBehind } from '../../functions/adapters/dynamo/devices-behind.ts';
import { dynamoInventoryStore, dynamoOutcomeStore } from '../../functions/adapters/dynamo/inventory-store.ts';
import { dynamoTwinStore } from '../../functions/adapters/dynamo/twin-store.ts';
import { memoryDeviceCount } from '../../functions/adapters/memory/count-devices.ts';
import { memoryDevicesBehind } from '../../functions/adapters/memory/devices-behind.ts';
import {
  memoryInventory,
  memoryInventoryStore,
  memoryOutcomeStore,
} from '../../functions/adapters/memory/inventory-store.ts';
import { memoryState } from '../../functions/adapters/memory/state.ts';
import { memoryTwinStore } from '../../functions/adapters/memory/twin-store.ts';
import type { DeviceScope } from '../../functions/domain/alerts/mass-silence.ts';
import { AreaCode, EnterpriseId, GatewayId, SourceId } from '../../functions/domain/ids.ts';
import { Chemical } from '../../functions/domain/inventory/chemical.ts';
import { type Device, NewDevice, newDevice, revoked } from '../../functions/domain/inventory/device.ts';
import {
  type Enterprise,
  enterpriseAreaMax,
  NewEnterprise,
  NewSite,
  newEnterprise,
  newSite,
  withArea,
} from '../../functions/domain/inventory/enterprise.ts';
import { contextOf, NewSource, newSource, type Source } from '../../functions/domain/inventory/source.ts';
import { instant } from '../../functions/domain/time.ts';
import type { InventoryStore, Outcome, OutcomeStore, Put } from '../../functions/usecases/ports/inventory.ts';
import type { TwinStore } from '../../functions/usecases/ports/twins.ts';
import type { DevicesBehind } from '../../functions/usecases/silence/gateway-root.ts';
import type { CountDevices } from '../../functions/usecases/silence/link-root.ts';
import { endpoint, openTables } from '../support/tables.ts';

interface Stores {
  readonly inventory: InventoryStore;
  readonly outcomes: OutcomeStore;
  readonly twins: TwinStore;
  readonly countDevices: CountDevices;
  readonly devicesBehind: DevicesBehind;
  readonly close: () => Promise<void>;
}

const actor = { by: 'issuer|somebody', at: instant(1_000) };
const enterprise = (id: string, area: string): Enterprise =>
  newEnterprise(NewEnterprise.parse({ enterpriseId: id, name: id, area }), actor);
const site = newSite(
  NewSite.parse({
    siteId: 'site-1',
    enterpriseId: 'ent-1',
    name: 'Works',
    area: '220104',
    position: [125.3, 43.9],
  }),
  actor,
);

function source(id: string, area = '220104'): Source {
  const declared = { sourceId: id, siteId: 'site-1', name: id, kind: 'tank', trade: 'chemical', area };
  const chemicals = [Chemical.parse({ name: '氯', designMaxT: '62.5' })];
  const made = newSource(NewSource.parse({ ...declared, chemicals, peopleNearby: 100 }), site, actor);
  if (!made.ok) throw new Error(made.remedy);
  return made.source;
}

function device(id: string, sources: readonly Source[], gatewayId?: string): Device {
  const declared = {
    deviceId: id,
    siteId: 'site-1',
    csr: 'x',
    sourceIds: sources.map((one) => one.sourceId),
    ...(gatewayId === undefined ? {} : { gatewayId }),
  };
  const enterpriseId = EnterpriseId.parse('ent-1');
  const of = { enterpriseId, sources: sources.map(contextOf), certificateId: 'certificate' };
  return newDevice(NewDevice.parse(declared), of, actor);
}

const outcome = (key: string, keptAt = 0): Outcome => ({
  key,
  bodyHash: 'hash',
  result: '{"is":"kept"}',
  keptAt: instant(keptAt),
  expiresAt: instant(keptAt + 10_000),
});

/** What every `InventoryStore` and its `OutcomeStore` promise. */
function inventoryStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`inventory store: ${name}`, () => {
    let stores: Stores;
    beforeEach(async () => {
      stores = await open();
    });
    afterEach(async () => stores.close());
    const commit = (...puts: Put[]) => stores.inventory.commit({ puts });
    const create = (...things: Put[]) => commit(...things);

    test('what was never written is absent', async () => {
      expect(await stores.inventory.get('enterprise', 'ent-1')).toBeUndefined();
      expect(await stores.inventory.get('device', 'dev-1')).toBeUndefined();
      expect(await stores.outcomes.find('key')).toBeUndefined();
    });

    test('things of every kind read back the same', async () => {
      const s1 = source('s1');
      const things = {
        enterprise: enterprise('ent-1', '22'),
        site,
        source: s1,
        device: device('dev-1', [s1]),
      };
      await create({ kind: 'enterprise', thing: things.enterprise, expected: 0 });
      await create({ kind: 'site', thing: things.site, expected: 0 });
      await create({ kind: 'source', thing: things.source, expected: 0 });
      expect(await create({ kind: 'device', thing: things.device, expected: 0 })).toBe('committed');
      expect(await stores.inventory.get('enterprise', 'ent-1')).toEqual(things.enterprise);
      expect(await stores.inventory.get('site', 'site-1')).toEqual(things.site);
      expect(await stores.inventory.get('source', 's1')).toEqual(things.source);
      expect(await stores.inventory.get('device', 'dev-1')).toEqual(things.device);
      const many = await stores.inventory.getMany('device', ['dev-1', 'none', 'dev-1']);
      expect(many).toEqual([things.device]);
    });

    test('ingest finds the registration and the twin that were written together', async () => {
      const one = device('dev-1', [source('s1')]);
      const { deviceId } = one.record;
      const twin = { deviceId, expectedVersion: 0, bytes: Uint8Array.of(7), dueAt: instant(5_000) };
      const puts = [{ kind: 'device', thing: one, expected: 0 } as const];
      expect(await stores.inventory.commit({ puts, twin })).toBe('committed');
      const read = (await stores.twins.read([deviceId])).devices.get(deviceId);
      expect(read?.registration).toEqual(one.registration);
      expect(read?.twin).toMatchObject({ version: 1, dueAt: 5_000 });
      expect(await stores.twins.due(instant(5_000))).toEqual([{ kind: 'device', deviceId }]);
    });

    test('of two writers on one version the second is told, and nothing of its write is there', async () => {
      const first = enterprise('ent-1', '22');
      await create({ kind: 'enterprise', thing: first, expected: 0 });
      const next = { ...first, version: 2, name: 'next' };
      expect(await commit({ kind: 'enterprise', thing: next, expected: 1 })).toBe('committed');
      const late = { kind: 'enterprise', thing: { ...next, name: 'late' }, expected: 1 } as const;
      const beside = { kind: 'site', thing: site, expected: 0 } as const;
      expect(await commit(late, beside)).toBe('conflict');
      expect(await stores.inventory.get('enterprise', 'ent-1')).toEqual(next);
      expect(await stores.inventory.get('site', 'site-1')).toBeUndefined();
      expect(await create({ kind: 'enterprise', thing: first, expected: 0 })).toBe('conflict');
    });

    test('a write that relies on a source fails when the source has moved on', async () => {
      const s1 = source('s1');
      await create({ kind: 'source', thing: s1, expected: 0 });
      const puts = [{ kind: 'device', thing: device('dev-1', [s1]), expected: 0 } as const];
      const sourceId = SourceId.parse('s1');
      expect(await stores.inventory.commit({ puts, sources: [{ sourceId, version: 2 }] })).toBe('conflict');
      expect(await stores.inventory.commit({ puts, sources: [{ sourceId, version: 1 }] })).toBe('committed');
    });

    test('a twin of another version stops the whole write', async () => {
      const one = device('dev-1', [source('s1')]);
      const { deviceId } = one.record;
      const puts = [{ kind: 'device', thing: one, expected: 0 } as const];
      const twin = { deviceId, expectedVersion: 3, bytes: Uint8Array.of(1), dueAt: undefined };
      expect(await stores.inventory.commit({ puts, twin })).toBe('conflict');
      expect(await stores.inventory.get('device', 'dev-1')).toBeUndefined();
    });

    test('lists hold what lies in an area, belongs to an enterprise, or all, by id and page by page', async () => {
      for (const [id, area] of [
        ['e3', '220104'],
        ['e1', '22'],
        ['e2', '310101'],
      ] as const)
        await create({ kind: 'enterprise', thing: enterprise(id, area), expected: 0 });
      const ids = async (scope: Parameters<InventoryStore['list']>[1], limit = 10, after?: string) => {
        const page = await stores.inventory.list('enterprise', scope, limit, after);
        return { ids: page.items.map((one) => one.enterpriseId as string), hasNext: page.next !== undefined };
      };
      expect((await ids({ kind: 'all' })).ids).toEqual(['e1', 'e2', 'e3']);
      expect((await ids({ kind: 'area', area: AreaCode.parse('22') })).ids).toEqual(['e1', 'e3']);
      expect((await ids({ kind: 'area', area: AreaCode.parse('2201') })).ids).toEqual(['e3']);
      expect((await ids({ kind: 'enterprise', enterpriseId: EnterpriseId.parse('e2') })).ids).toEqual(['e2']);
      expect(await ids({ kind: 'all' }, 2)).toEqual({ ids: ['e1', 'e2'], hasNext: true });
      expect((await ids({ kind: 'all' }, 2, 'e2')).ids).toEqual(['e3']);
    });

    test('a thing that comes to one area after another is found in each, however many', async () => {
      let before = enterprise('e1', '22');
      await create({ kind: 'enterprise', thing: before, expected: 0 });
      for (let at = 1; at < enterpriseAreaMax; at++) {
        const placed = withArea(before, AreaCode.parse(`22${10 + at}04001001`), actor);
        if (!placed.ok) throw new Error(placed.problem);
        const thing = placed.enterprise;
        expect(await commit({ kind: 'enterprise', thing, expected: before.version, before })).toBe(
          'committed',
        );
        before = thing;
      }
      const found = async (area: string) => {
        const scope = { kind: 'area', area: AreaCode.parse(area) } as const;
        return (await stores.inventory.list('enterprise', scope, 10)).items.length;
      };
      expect(await found('22')).toBe(1);
      expect(await found(`22${9 + enterpriseAreaMax}`)).toBe(1);
      expect(await found('221104001001')).toBe(1);
    });

    test('the devices of a source are those that watch it', async () => {
      const [s1, s2] = [source('s1'), source('s2')];
      await create({ kind: 'device', thing: device('dev-1', [s1]), expected: 0 });
      await create({ kind: 'device', thing: device('dev-2', [s1, s2]), expected: 0 });
      expect((await stores.inventory.devicesOf(SourceId.parse('s1'))).toSorted()).toEqual(['dev-1', 'dev-2']);
      expect(await stores.inventory.devicesOf(SourceId.parse('s2'))).toEqual(['dev-2']);
    });

    test('devices of an enterprise, an area and the fleet are counted, no further than asked', async () => {
      for (const id of ['dev-1', 'dev-2', 'dev-3']) {
        const area = id === 'dev-3' ? '220104003001' : '220104002001';
        await create({ kind: 'device', thing: device(id, [source('s1', area)]), expected: 0 });
      }
      const count = (scope: DeviceScope, max = 10) => stores.countDevices(scope, max);
      expect(await count({ kind: 'enterprise', enterpriseId: EnterpriseId.parse('ent-1') })).toBe(3);
      expect(await count({ kind: 'enterprise', enterpriseId: EnterpriseId.parse('ent-2') })).toBe(0);
      expect(await count({ kind: 'area', area: AreaCode.parse('220104') })).toBe(3);
      expect(await count({ kind: 'area', area: AreaCode.parse('220104002') })).toBe(2);
      expect(await count({ kind: 'all' })).toBe(3);
      expect(await count({ kind: 'all' }, 2)).toBe(2);
    });

    test('the devices behind a gateway are listed in order, no further than asked, and stay when they change', async () => {
      const behind = [
        ['dev-2', 'gw-1'],
        ['dev-1', 'gw-1'],
        ['dev-3', 'gw-2'],
        ['dev-4', undefined],
      ] as const;
      for (const [id, gatewayId] of behind)
        await create({ kind: 'device', thing: device(id, [source('s1')], gatewayId), expected: 0 });
      const first = device('dev-1', [source('s1')], 'gw-1');
      await commit({ kind: 'device', thing: revoked(first, 'stolen', actor), before: first, expected: 1 });
      const list = (enterpriseId: string, gatewayId: string, max = 10) =>
        stores.devicesBehind(
          { enterpriseId: EnterpriseId.parse(enterpriseId), gatewayId: GatewayId.parse(gatewayId) },
          max,
        );
      expect(await list('ent-1', 'gw-1')).toEqual(['dev-1', 'dev-2']);
      expect(await list('ent-1', 'gw-1', 1)).toEqual(['dev-1']);
      expect(await list('ent-1', 'gw-2')).toEqual(['dev-3']);
      expect(await list('ent-2', 'gw-1')).toEqual([]);
      expect(await list('ent-1', 'gw-3')).toEqual([]);
      const read = await stores.inventory.get('device', 'dev-3');
      expect(read?.registration.gatewayId).toBe('gw-2');
    });

    test('a device on the most sources, in as many areas, fits one transaction', async () => {
      const sources = Array.from({ length: 20 }, (_, at) => source(`s${at}`, `220104${100 + at}001`));
      for (const thing of sources) await create({ kind: 'source', thing, expected: 0 });
      const one = device('dev-1', sources, 'gw-1');
      const written = await stores.inventory.commit({
        puts: [{ kind: 'device', thing: one, expected: 0 }],
        sources: sources.map(({ sourceId, version }) => ({ sourceId, version })),
        twin: {
          deviceId: one.record.deviceId,
          expectedVersion: 0,
          bytes: Uint8Array.of(1),
          dueAt: instant(1),
        },
        outcome: outcome('key'),
      });
      expect(written).toBe('committed');
    });

    test('a changed device keeps its record beside its registration', async () => {
      const one = device('dev-1', [source('s1')]);
      await create({ kind: 'device', thing: one, expected: 0 });
      const next = revoked(one, 'stolen', actor);
      expect(await commit({ kind: 'device', thing: next, expected: 1 })).toBe('committed');
      expect(await stores.inventory.get('device', 'dev-1')).toEqual(next);
    });

    test('an outcome is kept with its write, and its key admits no second write', async () => {
      const first = { kind: 'enterprise', thing: enterprise('e1', '22'), expected: 0 } as const;
      const second = { kind: 'enterprise', thing: enterprise('e2', '22'), expected: 0 } as const;
      expect(await stores.inventory.commit({ puts: [first], outcome: outcome('key') })).toBe('committed');
      expect(await stores.outcomes.find('key')).toEqual(outcome('key'));
      expect(await stores.inventory.commit({ puts: [second], outcome: outcome('key', 9_000) })).toBe(
        'conflict',
      );
      expect(await stores.inventory.get('enterprise', 'e2')).toBeUndefined();
      expect(await stores.inventory.commit({ puts: [second], outcome: outcome('key', 10_000) })).toBe(
        'committed',
      );
    });

    test('an outcome kept alone is kept once', async () => {
      await stores.outcomes.keep(outcome('key'));
      await stores.outcomes.keep({ ...outcome('key', 1_000), result: '{"is":"late"}' });
      expect(await stores.outcomes.find('key')).toEqual(outcome('key'));
    });
  });
}

inventoryStoreContract('memory', async () => {
  const state = memoryState();
  const own = memoryInventory();
  const twins = memoryTwinStore(state, async () => undefined);
  const inventory = memoryInventoryStore(state, own);
  return {
    inventory,
    outcomes: memoryOutcomeStore(own),
    twins,
    countDevices: memoryDeviceCount(state),
    devicesBehind: memoryDevicesBehind(state),
    close: async () => undefined,
  };
});

if (endpoint !== undefined)
  inventoryStoreContract(`DynamoDB at ${endpoint}`, async () => {
    const tables = await openTables();
    const { client, records } = tables;
    return {
      inventory: dynamoInventoryStore(client, tables),
      outcomes: dynamoOutcomeStore(client, records),
      twins: dynamoTwinStore(client, tables),
      countDevices: dynamoDeviceCount(client, records),
      devicesBehind: dynamoDevicesBehind(client, records),
      close: tables.remove,
    };
  });
