import { AreaCode, EnterpriseId, SourceId } from '../../functions/domain/ids.ts';
import { revoked } from '../../functions/domain/inventory/device.ts';
import { enterpriseAreaMax, withArea } from '../../functions/domain/inventory/enterprise.ts';
import { instant } from '../../functions/domain/time.ts';
import type { InventoryStore, Put } from '../../functions/usecases/ports/inventory.ts';
import { actor, device, enterprise, onInventoryStores, site, source } from '../support/inventory-stores.ts';

onInventoryStores('inventory store', (stores) => {
  const commit = (...puts: Put[]) => stores().inventory.commit({ puts });
  const create = (...things: Put[]) => commit(...things);

  test('what was never written is absent', async () => {
    expect(await stores().inventory.get('enterprise', 'ent-1')).toBeUndefined();
    expect(await stores().inventory.get('device', 'dev-1')).toBeUndefined();
    expect(await stores().outcomes.find('key')).toBeUndefined();
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
    expect(await stores().inventory.get('enterprise', 'ent-1')).toEqual(things.enterprise);
    expect(await stores().inventory.get('site', 'site-1')).toEqual(things.site);
    expect(await stores().inventory.get('source', 's1')).toEqual(things.source);
    expect(await stores().inventory.get('device', 'dev-1')).toEqual(things.device);
    const many = await stores().inventory.getMany('device', ['dev-1', 'none', 'dev-1']);
    expect(many).toEqual([things.device]);
  });

  test('ingest finds the registration and the twin that were written together', async () => {
    const one = device('dev-1', [source('s1')]);
    const { deviceId } = one.record;
    const twin = { deviceId, expectedVersion: 0, bytes: Uint8Array.of(7), dueAt: instant(5_000) };
    const puts = [{ kind: 'device', thing: one, expected: 0 } as const];
    expect(await stores().inventory.commit({ puts, twin })).toBe('committed');
    const read = (await stores().twins.read([deviceId])).devices.get(deviceId);
    expect(read?.registration).toEqual(one.registration);
    expect(read?.twin).toMatchObject({ version: 1, dueAt: 5_000 });
    expect(await stores().twins.due(instant(5_000))).toEqual([{ kind: 'device', deviceId }]);
  });

  test('of two writers on one version the second is told, and nothing of its write is there', async () => {
    const first = enterprise('ent-1', '22');
    await create({ kind: 'enterprise', thing: first, expected: 0 });
    const next = { ...first, version: 2, name: 'next' };
    expect(await commit({ kind: 'enterprise', thing: next, expected: 1 })).toBe('committed');
    const late = { kind: 'enterprise', thing: { ...next, name: 'late' }, expected: 1 } as const;
    const beside = { kind: 'site', thing: site, expected: 0 } as const;
    expect(await commit(late, beside)).toBe('conflict');
    expect(await stores().inventory.get('enterprise', 'ent-1')).toEqual(next);
    expect(await stores().inventory.get('site', 'site-1')).toBeUndefined();
    expect(await create({ kind: 'enterprise', thing: first, expected: 0 })).toBe('conflict');
  });

  test('a write that relies on a source fails when the source has moved on', async () => {
    const s1 = source('s1');
    await create({ kind: 'source', thing: s1, expected: 0 });
    const puts = [{ kind: 'device', thing: device('dev-1', [s1]), expected: 0 } as const];
    const sourceId = SourceId.parse('s1');
    expect(await stores().inventory.commit({ puts, sources: [{ sourceId, version: 2 }] })).toBe('conflict');
    expect(await stores().inventory.commit({ puts, sources: [{ sourceId, version: 1 }] })).toBe('committed');
  });

  test('a twin of another version stops the whole write', async () => {
    const one = device('dev-1', [source('s1')]);
    const { deviceId } = one.record;
    const puts = [{ kind: 'device', thing: one, expected: 0 } as const];
    const twin = { deviceId, expectedVersion: 3, bytes: Uint8Array.of(1), dueAt: undefined };
    expect(await stores().inventory.commit({ puts, twin })).toBe('conflict');
    expect(await stores().inventory.get('device', 'dev-1')).toBeUndefined();
  });

  test('lists hold what lies in an area, belongs to an enterprise, or all, by id and page by page', async () => {
    for (const [id, area] of [
      ['e3', '220104'],
      ['e1', '22'],
      ['e2', '310101'],
    ] as const)
      await create({ kind: 'enterprise', thing: enterprise(id, area), expected: 0 });
    const ids = async (scope: Parameters<InventoryStore['list']>[1], limit = 10, after?: string) => {
      const page = await stores().inventory.list('enterprise', scope, limit, after);
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
      expect(await commit({ kind: 'enterprise', thing, expected: before.version, before })).toBe('committed');
      before = thing;
    }
    const found = async (area: string) => {
      const scope = { kind: 'area', area: AreaCode.parse(area) } as const;
      return (await stores().inventory.list('enterprise', scope, 10)).items.length;
    };
    expect(await found('22')).toBe(1);
    expect(await found(`22${9 + enterpriseAreaMax}`)).toBe(1);
    expect(await found('221104001001')).toBe(1);
  });

  test('a changed device keeps its record beside its registration', async () => {
    const one = device('dev-1', [source('s1')]);
    await create({ kind: 'device', thing: one, expected: 0 });
    const next = revoked(one, 'stolen', actor);
    expect(await commit({ kind: 'device', thing: next, expected: 1 })).toBe('committed');
    expect(await stores().inventory.get('device', 'dev-1')).toEqual(next);
  });
});
