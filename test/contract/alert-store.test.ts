import { dynamoAlertStore } from '../../functions/adapters/dynamo/alert-store.ts';
import { memoryAlertStore } from '../../functions/adapters/memory/alert-store.ts';
import { memoryState } from '../../functions/adapters/memory/state.ts';
import type { Alert } from '../../functions/domain/alerts/alert.ts';
import { type Changed, change } from '../../functions/domain/alerts/change.ts';
import { acknowledge } from '../../functions/domain/alerts/handling.ts';
import { AreaCode, DeviceId, EnterpriseId } from '../../functions/domain/ids.ts';
import type { Severity } from '../../functions/domain/severity.ts';
import { instant } from '../../functions/domain/time.ts';
import type { AlertStore } from '../../functions/usecases/ports/alerts.ts';
import { fresh, ruleId } from '../support/alerts.ts';
import { databases } from '../support/databases.ts';

/** What every `AlertStore` promises; each adapter's test calls it with its own store. */
function alertStoreContract(
  name: string,
  open: () => Promise<{ store: AlertStore; close: () => Promise<void> }>,
): void {
  describe(`alert store: ${name}`, () => {
    let store: AlertStore;
    let close: () => Promise<void>;
    beforeEach(async () => ({ store, close } = await open()));
    afterEach(async () => close());

    const at = (ms: number) => ({ at: instant(ms), phenomenonAt: instant(ms), committedAt: instant(ms) });
    const raise = (severity: Severity, ms: number, subjectId: string, area = '220104'): Changed => {
      const alert = fresh(severity, ms, subjectId);
      const scope = { ...alert.scope, area: AreaCode.parse(area) };
      return change({ ...alert, scope }, { change: 'raised', condition: 'firing', value: 1.2, ...at(ms) });
    };
    const put = async ({ alert, transition }: Changed, before?: Alert) =>
      store.commit({ alerts: [{ before, after: alert, transitions: [transition] }] });

    test('an alert never written is absent', async () => {
      expect(await store.get(fresh('red').alertId)).toBeUndefined();
    });

    test('what was committed reads back the same, with its transitions in order', async () => {
      const first = raise('orange', 1_000, 'dev-1/ch4');
      expect(await put(first)).toBe('committed');
      const second = change(first.alert, { change: 'severity-up', severity: 'red', ...at(2_000) });
      expect(await put(second, first.alert)).toBe('committed');
      expect(await store.get(first.alert.alertId)).toEqual(second.alert);
      const stored = await store.transitions(first.alert.alertId);
      expect(stored).toEqual([first.transition, second.transition]);
    });

    test.each([99, 100, 101, 250])(
      '%i alerts come in one go, however many a platform reads at a time',
      async (count) => {
        const first = raise('orange', 1_000, 'dev-1/ch4');
        await put(first);
        const absent = Array.from(
          { length: count - 1 },
          (_, i) => fresh('red', 1_000, `dev-9/ch4-${i}`).alertId,
        );
        const found = await store.getMany([...absent, first.alert.alertId]);
        expect([...found]).toEqual([[first.alert.alertId, first.alert]]);
      },
    );

    test('of two writers on one version the second is told, and nothing of its write is there', async () => {
      const first = raise('orange', 1_000, 'dev-1/ch4');
      await put(first);
      const acked = acknowledge(first.alert, { by: 'iss|lin', at: instant(3_000) });
      const up = change(first.alert, { change: 'severity-up', severity: 'red', ...at(3_000) });
      if (!acked.ok) throw new Error(acked.problem);
      expect(await put(acked, first.alert)).toBe('committed');
      expect(await put(up, first.alert)).toBe('conflict');
      expect((await store.get(first.alert.alertId))?.severity).toBe('orange');
      expect(await store.transitions(first.alert.alertId)).toHaveLength(2);
    });

    test('opening an alert that is there already is a conflict', async () => {
      const first = raise('orange', 1_000, 'dev-1/ch4');
      await put(first);
      expect(await put(first)).toBe('conflict');
    });

    test('an alert and a twin are written together or not at all', async () => {
      const deviceId = DeviceId.parse('dev-1');
      const twin = { deviceId, expectedVersion: 3, bytes: Uint8Array.of(1), dueAt: undefined };
      const first = raise('orange', 1_000, 'dev-1/ch4');
      const alerts = [{ before: undefined, after: first.alert, transitions: [first.transition] }];
      expect(await store.commit({ twin, alerts })).toBe('conflict');
      expect(await store.get(first.alert.alertId)).toBeUndefined();
      expect(await store.commit({ twin: { ...twin, expectedVersion: 0 }, alerts })).toBe('committed');
    });

    test('a matter is guarded by its version and reads back', async () => {
      const { alertId } = fresh('orange');
      const matter = {
        ruleId,
        subjectId: 'dev-1',
        expectedVersion: 0,
        alertId,
        alertVersion: 1,
        lastAt: instant(1_000),
        dueAt: instant(9_000),
      };
      expect(await store.matter(ruleId, 'dev-1')).toBeUndefined();
      expect(await store.commit({ matter, alerts: [] })).toBe('committed');
      expect(await store.commit({ matter, alerts: [] })).toBe('conflict');
      expect(await store.matter(ruleId, 'dev-1')).toMatchObject({ version: 1, alertId, dueAt: 9_000 });
      await store.commit({ matter: { ...matter, expectedVersion: 1, dueAt: undefined }, alerts: [] });
      expect((await store.matter(ruleId, 'dev-1'))?.dueAt).toBeUndefined();
    });

    test('semantics 20: a correlation that has not raised keeps its members without an alert, and with one later', async () => {
      const matter = {
        ruleId,
        subjectId: 'site-1/zone-a',
        lastAt: instant(1_000),
        dueAt: undefined,
      } as const;
      const quiet = { ...matter, expectedVersion: 0, alertId: undefined, alertVersion: 0, state: '{"a":1}' };
      expect(await store.commit({ matter: quiet, alerts: [] })).toBe('committed');
      const stored = await store.matter(ruleId, 'site-1/zone-a');
      expect(stored).toMatchObject({ version: 1, alertVersion: 0, state: '{"a":1}' });
      expect(stored?.alertId).toBeUndefined();
      const { alert, transition } = raise('red', 2_000, 'site-1/zone-a');
      const write = { before: undefined, after: alert, transitions: [transition] };
      const raised = {
        ...quiet,
        expectedVersion: 1,
        alertId: alert.alertId,
        alertVersion: 1,
        state: '{"a":2}',
      };
      expect(await store.commit({ matter: { ...raised, expectedVersion: 0 }, alerts: [write] })).toBe(
        'conflict',
      );
      expect(await store.get(alert.alertId)).toBeUndefined();
      expect(await store.commit({ matter: raised, alerts: [write] })).toBe('committed');
      expect(await store.matter(ruleId, 'site-1/zone-a')).toMatchObject({
        version: 2,
        alertId: alert.alertId,
        state: '{"a":2}',
      });
    });

    test('a list shows an area and all above it, gravest first, then newest, closed ones last', async () => {
      const red = raise('red', 1_000, 'dev-1/a');
      const older = raise('orange', 2_000, 'dev-1/b');
      const newer = raise('orange', 3_000, 'dev-1/c');
      const foreign = raise('red', 4_000, 'dev-1/d', '110101');
      const blue = raise('blue', 5_000, 'dev-1/e');
      for (const one of [red, older, newer, foreign, blue]) await put(one);
      const acked = acknowledge(blue.alert, { by: 'iss|lin', at: instant(6_000) });
      if (!acked.ok) throw new Error(acked.problem);
      await put(acked, blue.alert);
      await put(
        change(acked.alert, { change: 'recovered', condition: 'recovered', ...at(7_000) }),
        acked.alert,
      );
      const ids = async (area: string) =>
        (await store.list({ scope: { kind: 'area', area: AreaCode.parse(area) } }, 10)).alerts.map(
          (one) => one.alertId,
        );
      const expected = [red, newer, older, blue].map(({ alert }) => alert.alertId);
      expect(await ids('22')).toEqual(expected);
      expect(await ids('2201')).toEqual(expected);
      expect(await ids('220104')).toEqual(expected);
      expect(await ids('2202')).toEqual([]);
    });

    test('a list follows an alert that changes its severity, once', async () => {
      const first = raise('blue', 1_000, 'dev-1/a');
      const other = raise('orange', 1_500, 'dev-1/b');
      await put(first);
      await put(other);
      await put(change(first.alert, { change: 'severity-up', severity: 'red', ...at(2_000) }), first.alert);
      const scope = { kind: 'enterprise', enterpriseId: EnterpriseId.parse('ent-1') } as const;
      const page = await store.list({ scope }, 10);
      expect(page.alerts.map((one) => one.severity)).toEqual(['red', 'orange']);
      expect((await store.list({ scope, severity: 'red' }, 10)).alerts).toHaveLength(1);
      expect((await store.list({ scope, closed: true }, 10)).alerts).toHaveLength(0);
    });

    test('pages follow each other without a gap or a repeat', async () => {
      const all = Array.from({ length: 5 }, (_, index) => raise('orange', 1_000 + index, `dev-1/${index}`));
      for (const one of all) await put(one);
      const scope = { kind: 'area', area: AreaCode.parse('22') } as const;
      const seen: string[] = [];
      let from: string | undefined;
      do {
        const page = await store.list({ scope }, 2, from);
        seen.push(...page.alerts.map((one) => one.alertId));
        from = page.next;
      } while (from !== undefined);
      expect(seen).toEqual(all.map(({ alert }) => alert.alertId).reverse());
    });
  });
}

alertStoreContract('memory', async () => ({
  store: memoryAlertStore(memoryState()),
  close: async () => undefined,
}));

for (const { name, open } of databases)
  alertStoreContract(name, async () => {
    const tables = await open();
    return { store: dynamoAlertStore(tables.client, tables), close: tables.remove };
  });
