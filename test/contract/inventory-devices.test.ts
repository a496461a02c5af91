import type { DeviceScope } from '../../functions/domain/alerts/mass-silence.ts';
import { AreaCode, EnterpriseId, GatewayId, SourceId } from '../../functions/domain/ids.ts';
import { revoked } from '../../functions/domain/inventory/device.ts';
import { instant } from '../../functions/domain/time.ts';
import type { Put } from '../../functions/usecases/ports/inventory.ts';
import {
  actor,
  device,
  enterprise,
  onInventoryStores,
  outcome,
  source,
} from '../support/inventory-stores.ts';

onInventoryStores('inventory store, devices and outcomes', (stores) => {
  const commit = (...puts: Put[]) => stores().inventory.commit({ puts });
  const create = (...things: Put[]) => commit(...things);

  test('the devices of a source are those that watch it', async () => {
    const [s1, s2] = [source('s1'), source('s2')];
    await create({ kind: 'device', thing: device('dev-1', [s1]), expected: 0 });
    await create({ kind: 'device', thing: device('dev-2', [s1, s2]), expected: 0 });
    expect((await stores().inventory.devicesOf(SourceId.parse('s1'))).toSorted()).toEqual(['dev-1', 'dev-2']);
    expect(await stores().inventory.devicesOf(SourceId.parse('s2'))).toEqual(['dev-2']);
  });

  test('devices of an enterprise, an area and the fleet are counted, no further than asked', async () => {
    for (const id of ['dev-1', 'dev-2', 'dev-3']) {
      const area = id === 'dev-3' ? '220104003001' : '220104002001';
      await create({ kind: 'device', thing: device(id, [source('s1', area)]), expected: 0 });
    }
    const count = (scope: DeviceScope, max = 10) => stores().countDevices(scope, max);
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
      stores().devicesBehind(
        { enterpriseId: EnterpriseId.parse(enterpriseId), gatewayId: GatewayId.parse(gatewayId) },
        max,
      );
    expect(await list('ent-1', 'gw-1')).toEqual(['dev-1', 'dev-2']);
    expect(await list('ent-1', 'gw-1', 1)).toEqual(['dev-1']);
    expect(await list('ent-1', 'gw-2')).toEqual(['dev-3']);
    expect(await list('ent-2', 'gw-1')).toEqual([]);
    expect(await list('ent-1', 'gw-3')).toEqual([]);
    const read = await stores().inventory.get('device', 'dev-3');
    expect(read?.registration.gatewayId).toBe('gw-2');
  });

  test('a device on the most sources, in as many areas, fits one transaction', async () => {
    const sources = Array.from({ length: 20 }, (_, at) => source(`s${at}`, `220104${100 + at}001`));
    for (const thing of sources) await create({ kind: 'source', thing, expected: 0 });
    const one = device('dev-1', sources, 'gw-1');
    const written = await stores().inventory.commit({
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

  test('an outcome is kept with its write, and its key admits no second write', async () => {
    const first = { kind: 'enterprise', thing: enterprise('e1', '22'), expected: 0 } as const;
    const second = { kind: 'enterprise', thing: enterprise('e2', '22'), expected: 0 } as const;
    expect(await stores().inventory.commit({ puts: [first], outcome: outcome('key') })).toBe('committed');
    expect(await stores().outcomes.find('key')).toEqual(outcome('key'));
    expect(await stores().inventory.commit({ puts: [second], outcome: outcome('key', 9_000) })).toBe(
      'conflict',
    );
    expect(await stores().inventory.get('enterprise', 'e2')).toBeUndefined();
    expect(await stores().inventory.commit({ puts: [second], outcome: outcome('key', 10_000) })).toBe(
      'committed',
    );
  });

  test('an outcome kept alone is kept once', async () => {
    await stores().outcomes.keep(outcome('key'));
    await stores().outcomes.keep({ ...outcome('key', 1_000), result: '{"is":"late"}' });
    expect(await stores().outcomes.find('key')).toEqual(outcome('key'));
  });
});
