import { dynamoFanOutStore } from '../../functions/adapters/dynamo/fan-out-store.ts';
import { dynamoInventoryStore } from '../../functions/adapters/dynamo/inventory-store.ts';
import { dynamoTwinStore } from '../../functions/adapters/dynamo/twin-store.ts';
import { memoryFanOutStore } from '../../functions/adapters/memory/fan-out-store.ts';
import { memoryInventory, memoryInventoryStore } from '../../functions/adapters/memory/inventory-store.ts';
import { memoryState } from '../../functions/adapters/memory/state.ts';
import { memoryTwinStore } from '../../functions/adapters/memory/twin-store.ts';
import type { ListScope } from '../../functions/domain/access/listing.ts';
import { AreaCode, EnterpriseId } from '../../functions/domain/ids.ts';
import { withMode } from '../../functions/domain/inventory/area.ts';
import { LimitOverride } from '../../functions/domain/inventory/override.ts';
import { firstStamp } from '../../functions/domain/inventory/stamp.ts';
import { OverrideScope } from '../../functions/domain/telemetry/overrides.ts';
import { instant } from '../../functions/domain/time.ts';
import type { FanOutStore } from '../../functions/usecases/ports/fan-out.ts';
import type { InventoryStore, Put } from '../../functions/usecases/ports/inventory.ts';
import type { TwinStore } from '../../functions/usecases/ports/twins.ts';
import { databases } from '../support/databases.ts';

interface Stores {
  readonly inventory: InventoryStore;
  readonly twins: TwinStore;
  readonly fanOuts: FanOutStore;
  readonly close: () => Promise<void>;
}

const actor = { by: 'issuer|somebody', at: instant(1_000) };

/** Its id is the digit `name`, many times. */
function override(name: string, scope: object, enterpriseId = 'ent-1', area = '220104'): LimitOverride {
  return LimitOverride.parse({
    overrideId: name.repeat(24),
    scope,
    ruleId: 'gas.combustible.compartment',
    limit: 'alarm',
    value: 22,
    reason: 'r',
    validFrom: 1_000,
    setAs: 'regulator',
    trade: 'gas',
    enterpriseId,
    areas: [area],
    ...firstStamp(actor),
  });
}

/** What an `InventoryStore` promises of overrides and areas, and a `FanOutStore` beside it. */
function limitsStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`limits store: ${name}`, () => {
    let stores: Stores;
    beforeEach(async () => {
      stores = await open();
    });
    afterEach(async () => stores.close());
    const commit = (...puts: Put[]) => stores.inventory.commit({ puts });

    test('overrides are found by exactly their scope, of sensors by their device, and listed by owner and area', async () => {
      const sensor = { kind: 'sensor', deviceId: 'dev-1', sensorId: 's' } as const;
      const all = [
        override('1', { kind: 'area', area: '2201' }, '-', '2201'),
        override('2', { kind: 'area', area: '220104' }, '-', '220104'),
        override('3', { kind: 'enterprise', enterpriseId: 'ent-1' }),
        override('4', { kind: 'source', sourceId: 's1' }),
        override('5', sensor),
        override('6', { ...sensor, deviceId: 'dev-2' }),
      ];
      for (const thing of all)
        expect(await commit({ kind: 'override', thing, expected: 0 })).toBe('committed');
      const at = async (...wanted: readonly number[]) =>
        (
          await stores.inventory.overridesAt(
            all.filter((_, i) => wanted.includes(i)).map(({ scope }) => scope),
          )
        ).map(({ overrideId }) => Number(overrideId[0]) - 1);
      expect(await at(0)).toEqual([0]);
      expect(await at(2, 3, 4)).toEqual([2, 3, 4]);
      expect(await at()).toEqual([]);
      const other = OverrideScope.parse({ ...sensor, sensorId: 'another' });
      expect(await stores.inventory.overridesAt([other])).toEqual([all[4]]);
      const list = async (scope: ListScope) =>
        (await stores.inventory.list('override', scope, 10)).items.map(({ overrideId }) =>
          Number(overrideId[0]),
        );
      expect(await list({ kind: 'area', area: AreaCode.parse('2201') })).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await list({ kind: 'area', area: AreaCode.parse('220104') })).toEqual([2, 3, 4, 5, 6]);
      expect(await list({ kind: 'enterprise', enterpriseId: EnterpriseId.parse('ent-1') })).toEqual([
        3, 4, 5, 6,
      ]);
      expect(await stores.inventory.get('override', all[4]?.overrideId ?? '')).toEqual(all[4]);
    });

    test('an area keeps its modes, and its versions', async () => {
      const code = AreaCode.parse('2201');
      const first = withMode(code, undefined, { mode: 'emergency', reason: 'flood' }, actor);
      expect(await commit({ kind: 'area', thing: first, expected: 0 })).toBe('committed');
      expect(await stores.inventory.get('area', '2201')).toEqual(first);
      const next = withMode(code, first, { mode: 'normal', reason: 'over' }, actor);
      expect(await commit({ kind: 'area', thing: next, expected: 1, before: first })).toBe('committed');
      expect(await commit({ kind: 'area', thing: next, expected: 1 })).toBe('conflict');
    });

    test('a fan-out is written with its change, falls due, and belongs to one at a time', async () => {
      const scope = OverrideScope.parse({ kind: 'enterprise', enterpriseId: 'ent-1' });
      const fanOut = {
        id: 'enterprise ent-1',
        scope,
        pass: 1,
        by: 'somebody',
        at: actor.at,
        reason: 'r',
      } as const;
      const thing = override('3', { kind: 'enterprise', enterpriseId: 'ent-1' });
      const puts = [{ kind: 'override', thing, expected: 0 } as const];
      const due = instant(2_000);
      expect(await stores.fanOuts.get(fanOut.id)).toBeUndefined();
      const first = { fanOut, expectedVersion: 0, dueAt: due };
      expect(await stores.inventory.commit({ puts, fanOut: first })).toBe('committed');
      expect(await stores.fanOuts.get(fanOut.id)).toEqual({ fanOut, version: 1, dueAt: due });
      expect(await stores.twins.due(due)).toEqual([{ kind: 'fan-out', id: fanOut.id }]);
      const again = [{ kind: 'override', thing: override('4', thing.scope), expected: 0 } as const];
      expect(await stores.inventory.commit({ puts: again, fanOut: first })).toBe('conflict');
      const on = { ...fanOut, after: 'dev-1', pass: 2 } as const;
      expect(await stores.fanOuts.write({ fanOut: on, expectedVersion: 1, dueAt: undefined })).toBe(
        'committed',
      );
      expect(await stores.fanOuts.write({ fanOut: on, expectedVersion: 1, dueAt: undefined })).toBe(
        'conflict',
      );
      expect(await stores.fanOuts.get(fanOut.id)).toEqual({ fanOut: on, version: 2, dueAt: undefined });
      expect(await stores.twins.due(due)).toEqual([]);
    });
  });
}

limitsStoreContract('memory', async () => {
  const state = memoryState();
  return {
    inventory: memoryInventoryStore(state, memoryInventory()),
    twins: memoryTwinStore(state, async () => undefined),
    fanOuts: memoryFanOutStore(state),
    close: async () => undefined,
  };
});

for (const { name, open } of databases)
  limitsStoreContract(name, async () => {
    const { client, twins, records, remove } = await open();
    const tables = { twins, records };
    return {
      inventory: dynamoInventoryStore(client, tables),
      twins: dynamoTwinStore(client, tables),
      fanOuts: dynamoFanOutStore(client, twins),
      close: remove,
    };
  });
