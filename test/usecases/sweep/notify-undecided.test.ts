import { AdapterError } from '../../../functions/adapters/adapter-error.ts';
import { memoryAlertStore } from '../../../functions/adapters/memory/alert-store.ts';
import { memoryNotificationLog } from '../../../functions/adapters/memory/notification-log.ts';
import { memoryNotifier } from '../../../functions/adapters/memory/notifier.ts';
import { memoryObserver } from '../../../functions/adapters/memory/observer.ts';
import { memoryState } from '../../../functions/adapters/memory/state.ts';
import { instant } from '../../../functions/domain/time.ts';
import { notifyTransition } from '../../../functions/usecases/notify-transition.ts';
import type { Notifier } from '../../../functions/usecases/ports/alerts.ts';
import {
  notifyUndecided,
  undecidedAfter,
  undecidedAtOnce,
  undecidedCountMax,
  unpublishableFor,
} from '../../../functions/usecases/sweep/notify-undecided.ts';
import { testClock } from '../../support/clock.ts';
import { raisedAlert } from '../../support/transitions.ts';

const t0 = 1_000_000_000;

async function open(count: number, failureOf: () => Error | undefined = () => undefined) {
  const state = memoryState();
  const alerts = memoryAlertStore(state);
  const raised = Array.from({ length: count }, (_, one) => raisedAlert(t0 + one, 'orange', `dev-${one}/ch4`));
  for (const { alert, transition } of raised) {
    await alerts.commit({ alerts: [{ before: undefined, after: alert, transitions: [transition] }] });
  }
  const log = memoryNotificationLog(state);
  const sent = memoryNotifier();
  let tries = 0;
  const notifier: Notifier = {
    publish: async (notification) => {
      tries += 1;
      const failure = failureOf();
      if (failure !== undefined) throw failure;
      return sent.publish(notification);
    },
  };
  const observer = memoryObserver();
  const clock = testClock(t0 + undecidedAfter + count);
  const deps = { log, observer, clock };
  const sweep = notifyUndecided({
    ...deps,
    notify: notifyTransition({ ...deps, notifier, source: 'urn:x' }),
  });
  const keys = raised.map(({ transition: { alertId, version } }) => ({ alertId, version }));
  return { log, sent, observer, clock, sweep, keys, tries: () => tries };
}

describe('transitions without a decision', () => {
  test.each([
    [-1, 0],
    [0, 1],
    [1, 1],
  ])('%i ms beside 30 s after its commit the sweep sends %i', async (beside, count) => {
    const { clock, sweep, sent } = await open(1);
    clock.set(t0 + undecidedAfter + beside);
    await sweep();
    expect(sent.published).toHaveLength(count);
  });

  test('one that the stream decided is left alone', async () => {
    const { log, sweep, sent, keys, clock } = await open(1);
    const [key] = keys;
    if (key === undefined) throw new Error('no key');
    await log.decide(key, { outcome: 'suppressed', reason: 'signal', at: clock.now() });
    expect(await sweep()).toBe(0);
    expect(sent.published).toEqual([]);
  });

  test('a deferred one is sent 30 s after its time', async () => {
    const { log, sweep, sent, keys, clock } = await open(1);
    const [key] = keys;
    if (key === undefined) throw new Error('no key');
    const until = instant(t0 + 600_000);
    await log.decide(key, { outcome: 'deferred', reason: 'grouped', until, at: clock.now() });
    clock.set(until + undecidedAfter - 1);
    await sweep();
    expect(sent.published).toEqual([]);
    clock.advance(1);
    await sweep();
    expect(sent.published).toHaveLength(1);
  });

  test.each([[-1], [0], [1]])(
    'one tick takes at most its limit and the next goes on: %i beside it',
    async (beside) => {
      const { sweep, sent, log, clock } = await open(undecidedCountMax + beside);
      await sweep();
      expect(sent.published).toHaveLength(Math.min(undecidedCountMax, undecidedCountMax + beside));
      await sweep();
      expect(sent.published).toHaveLength(undecidedCountMax + beside);
      expect(await log.undecided(clock.now(), 1)).toEqual([]);
    },
  );

  test('what can never be published steps back and starves no other', async () => {
    let isPoison = true;
    const poison = () =>
      isPoison ? new AdapterError('too large', { cause: undefined, retryable: false }) : undefined;
    const { sweep, sent, log, clock, keys, observer } = await open(undecidedCountMax, poison);
    await sweep();
    expect(observer.total('NotificationFailed')).toBe(undecidedCountMax);
    expect(await log.undecided(clock.now(), 1)).toEqual([]);
    isPoison = false;
    clock.advance(unpublishableFor + undecidedAfter);
    await sweep();
    expect(sent.published).toHaveLength(keys.length);
  });

  test('what may pass is tried with every other of its chunk and fails the part', async () => {
    let calls = 0;
    const { sweep, sent } = await open(15, () => {
      calls += 1;
      return calls === 1 ? new AdapterError('throttled', { cause: undefined, retryable: true }) : undefined;
    });
    await expect(sweep()).rejects.toThrow('1 of 15 transitions could not be handled');
    expect(sent.published).toHaveLength(14);
    await sweep();
    expect(sent.published).toHaveLength(15);
  });

  test('when a whole chunk fails the rest does not wait for the same time-outs', async () => {
    const { sweep, tries } = await open(
      50,
      () => new AdapterError('down', { cause: undefined, retryable: true }),
    );
    await expect(sweep()).rejects.toThrow();
    expect(tries()).toBe(undecidedAtOnce);
  });
});
