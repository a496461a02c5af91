import { jest } from '@jest/globals';
import { dynamoAlertStore } from '../../functions/adapters/dynamo/alert-store.ts';
import { dynamoNotificationLog } from '../../functions/adapters/dynamo/notification-log.ts';
import { memoryAlertStore } from '../../functions/adapters/memory/alert-store.ts';
import { memoryNotificationLog } from '../../functions/adapters/memory/notification-log.ts';
import { memoryState } from '../../functions/adapters/memory/state.ts';
import type { Transition } from '../../functions/domain/alerts/alert.ts';
import { AlertId } from '../../functions/domain/ids.ts';
import { instant } from '../../functions/domain/time.ts';
import type { AlertStore, NotificationLog, TransitionKey } from '../../functions/usecases/ports/alerts.ts';
import { databases } from '../support/databases.ts';
import { contractTimeoutMs } from '../support/services.ts';
import { changedAt, raisedAlert } from '../support/transitions.ts';

jest.setTimeout(contractTimeoutMs);

const at = instant(2_000);
const sent = { outcome: 'sent', reason: 'first', at, messageId: 'm-1' } as const;
const suppressed = { outcome: 'suppressed', reason: 'signal', at } as const;
const deferred = (until: number) =>
  ({ outcome: 'deferred', reason: 'grouped', until: instant(until), at }) as const;
const keyOf = ({ alertId, version }: Transition): TransitionKey => ({ alertId, version });

/** What every `NotificationLog` promises; each adapter's test calls it with its own log and alert store. */
function notificationLogContract(
  name: string,
  open: () => Promise<{ log: NotificationLog; alerts: AlertStore; close: () => Promise<void> }>,
): void {
  describe(`notification log: ${name}`, () => {
    let log: NotificationLog;
    let alerts: AlertStore;
    let close: () => Promise<void>;
    beforeEach(async () => ({ log, alerts, close } = await open()));
    afterEach(async () => close());

    /** An alert of its own, raised at `ms`. */
    const raise = async (ms: number, subject = 'dev-1/ch4') => {
      const raised = raisedAlert(ms, 'orange', subject);
      const { alert, transition } = raised;
      await alerts.commit({ alerts: [{ before: undefined, after: alert, transitions: [transition] }] });
      return raised;
    };

    test('a committed transition reads back the same and has no decision', async () => {
      const { transition } = await raise(1_000);
      expect(await log.transition(keyOf(transition))).toEqual(transition);
      expect(await log.decision(keyOf(transition))).toBeUndefined();
    });

    test('a transition that was never committed is absent and nothing can be logged on it', async () => {
      const key = { alertId: AlertId.parse('nobody'), version: 1 };
      expect(await log.transition(key)).toBeUndefined();
      expect(await log.decision(key)).toBeUndefined();
      await expect(log.decide(key, sent)).rejects.toMatchObject({ name: 'AdapterError', retryable: false });
      expect(await log.undecided(instant(9_000), 10)).toEqual([]);
    });

    test.each([[sent], [suppressed]])('the first final decision stands: $outcome', async (decision) => {
      const key = keyOf((await raise(1_000)).transition);
      expect(await log.decide(key, decision)).toBe('logged');
      const other = { ...sent, messageId: 'm-2' };
      expect(await log.decide(key, other)).toBe('already-decided');
      expect(await log.decide(key, suppressed)).toBe('already-decided');
      expect(await log.decide(key, deferred(5_000))).toBe('already-decided');
      expect(await log.decision(key)).toEqual(decision);
    });

    test('of several that decide at once one is the first', async () => {
      const key = keyOf((await raise(1_000)).transition);
      const all = ['a', 'b', 'c', 'd'].map((messageId) => log.decide(key, { ...sent, messageId }));
      expect((await Promise.all(all)).filter((outcome) => outcome === 'logged')).toHaveLength(1);
    });

    test.each([
      [999, 0],
      [1_000, 1],
      [1_001, 1],
    ])('a transition committed at 1000 is undecided before %i: %i', async (before, count) => {
      const { transition } = await raise(1_000);
      const found = await log.undecided(instant(before), 10);
      expect(found).toEqual(count === 0 ? [] : [keyOf(transition)]);
    });

    test('a decided transition is undecided no more, the others of its alert are', async () => {
      const { alert, transition } = await raise(1_000);
      const over = changedAt(1_500, alert, { change: 'recovered', condition: 'recovered' });
      await alerts.commit({
        alerts: [{ before: alert, after: over.alert, transitions: [over.transition] }],
      });
      await log.decide(keyOf(transition), sent);
      expect(await log.undecided(instant(9_000), 10)).toEqual([keyOf(over.transition)]);
    });

    test('a deferral may be repeated, counts from its end, and a final decision may follow', async () => {
      const key = keyOf((await raise(1_000)).transition);
      expect(await log.decide(key, deferred(4_000))).toBe('logged');
      expect(await log.decide(key, deferred(5_000))).toBe('logged');
      expect(await log.decision(key)).toEqual(deferred(5_000));
      expect(await log.undecided(instant(4_999), 10)).toEqual([]);
      expect(await log.undecided(instant(5_000), 10)).toEqual([key]);
      expect(await log.decide(key, sent)).toBe('logged');
      expect(await log.undecided(instant(9_000), 10)).toEqual([]);
    });

    test('the longest undecided come first, at most as many as asked for', async () => {
      const keys: TransitionKey[] = [];
      for (let one = 0; one < 12; one += 1)
        keys.push(keyOf((await raise(1_000 + one, `dev-${one}/ch4`)).transition));
      expect(await log.undecided(instant(9_000), 12)).toEqual(keys);
      expect(await log.undecided(instant(9_000), 5)).toEqual(keys.slice(0, 5));
    });
  });
}

notificationLogContract('memory', async () => {
  const state = memoryState();
  return {
    log: memoryNotificationLog(state),
    alerts: memoryAlertStore(state),
    close: async () => undefined,
  };
});

for (const { name, open } of databases) {
  notificationLogContract(name, async () => {
    const { client, twins, records, remove } = await open();
    return {
      log: dynamoNotificationLog(client, records),
      alerts: dynamoAlertStore(client, { twins, records }),
      close: remove,
    };
  });
}
