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
import { EnterpriseId } from '../../functions/domain/ids.ts';
import { Chemical } from '../../functions/domain/inventory/chemical.ts';
import { type Device, NewDevice, newDevice } from '../../functions/domain/inventory/device.ts';
import {
  type Enterprise,
  NewEnterprise,
  NewSite,
  newEnterprise,
  newSite,
} from '../../functions/domain/inventory/enterprise.ts';
import { contextOf, NewSource, newSource, type Source } from '../../functions/domain/inventory/source.ts';
import { instant } from '../../functions/domain/time.ts';
import type { InventoryStore, Outcome, OutcomeStore } from '../../functions/usecases/ports/inventory.ts';
import type { TwinStore } from '../../functions/usecases/ports/twins.ts';
import type { DevicesBehind } from '../../functions/usecases/silence/gateway-root.ts';
import type { CountDevices } from '../../functions/usecases/silence/link-root.ts';
import { databases } from './databases.ts';
import type { TestTables } from './tables.ts';

export interface Stores {
  readonly inventory: InventoryStore;
  readonly outcomes: OutcomeStore;
  readonly twins: TwinStore;
  readonly countDevices: CountDevices;
  readonly devicesBehind: DevicesBehind;
  readonly close: () => Promise<void>;
}

export const actor = { by: 'issuer|somebody', at: instant(1_000) };
export const enterprise = (id: string, area: string): Enterprise =>
  newEnterprise(NewEnterprise.parse({ enterpriseId: id, name: id, area }), actor);
export const site = newSite(
  NewSite.parse({
    siteId: 'site-1',
    enterpriseId: 'ent-1',
    name: 'Works',
    area: '220104',
    position: [125.3, 43.9],
  }),
  actor,
);

export function source(id: string, area = '220104'): Source {
  const declared = { sourceId: id, siteId: 'site-1', name: id, kind: 'tank', trade: 'chemical', area };
  const chemicals = [Chemical.parse({ name: '氯', designMaxT: '62.5' })];
  const made = newSource(NewSource.parse({ ...declared, chemicals, peopleNearby: 100 }), site, actor);
  if (!made.ok) throw new Error(made.remedy);
  return made.source;
}

export function device(id: string, sources: readonly Source[], gatewayId?: string): Device {
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

export const outcome = (key: string, keptAt = 0): Outcome => ({
  key,
  bodyHash: 'hash',
  result: '{"is":"kept"}',
  keptAt: instant(keptAt),
  expiresAt: instant(keptAt + 10_000),
});

const inMemory = async () => {
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
};

const inDynamo = async (open: () => Promise<TestTables>) => {
  const tables = await open();
  const { client, records } = tables;
  return {
    inventory: dynamoInventoryStore(client, tables),
    outcomes: dynamoOutcomeStore(client, records),
    twins: dynamoTwinStore(client, tables),
    countDevices: dynamoDeviceCount(client, records),
    devicesBehind: dynamoDevicesBehind(client, records),
    close: tables.remove,
  };
};

/** Declares `tests` for the memory and every DynamoDB; each test has stores of its own. */
export function onInventoryStores(what: string, tests: (stores: () => Stores) => void): void {
  const on = (name: string, open: () => Promise<Stores>): void =>
    describe(`${what}: ${name}`, () => {
      let stores: Stores;
      beforeEach(async () => {
        stores = await open();
      });
      afterEach(async () => stores.close());
      tests(() => stores);
    });
  on('memory', inMemory);
  for (const { name, open } of databases) on(name, () => inDynamo(open));
}
