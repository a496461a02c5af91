import { AdapterError } from '../../functions/adapters/adapter-error.ts';
import { memoryAlertStore } from '../../functions/adapters/memory/alert-store.ts';
import { memoryNotificationLog } from '../../functions/adapters/memory/notification-log.ts';
import { memoryNotifier } from '../../functions/adapters/memory/notifier.ts';
import { memoryObserver } from '../../functions/adapters/memory/observer.ts';
import { memoryState } from '../../functions/adapters/memory/state.ts';
import type { Transition } from '../../functions/domain/alerts/alert.ts';
import type { Severity } from '../../functions/domain/severity.ts';
import { notifyTransition } from '../../functions/usecases/notify-transition.ts';
import type { NotificationLog, Notifier } from '../../functions/usecases/ports/alerts.ts';
import { testClock } from '../support/clock.ts';
import { raisedAlert } from '../support/transitions.ts';

const down = () => Promise.reject(new AdapterError('down', { cause: undefined, retryable: true }));

async function open(
  given: { log?: Partial<NotificationLog>; notifier?: Notifier; severity?: Severity } = {},
) {
  const state = memoryState();
  const { alert, transition } = raisedAlert(1_000, given.severity ?? 'orange');
  await memoryAlertStore(state).commit({
    alerts: [{ before: undefined, after: alert, transitions: [transition] }],
  });
  const log: NotificationLog = { ...memoryNotificationLog(state), ...given.log };
  const notifier = memoryNotifier();
  const observer = memoryObserver();
  const clock = testClock(2_000);
  const deps = { log, notifier: given.notifier ?? notifier, observer, clock, source: 'urn:tocsin:test' };
  return { transition, key: keyOf(transition), log, notifier, observer, clock, deps };
}

const keyOf = ({ alertId, version }: Transition) => ({ alertId, version });

describe('notifying of a transition', () => {
  test('publishes and logs one final decision with its reason', async () => {
    const { deps, transition, key, notifier, log, observer } = await open();
    expect(await notifyTransition(deps)(transition)).toBe('sent');
    expect(notifier.published.map((one) => one.key)).toEqual([key]);
    expect(await log.decision(key)).toEqual({
      outcome: 'sent',
      reason: 'first',
      at: 2_000,
      messageId: 'memory-1',
    });
    expect(observer.total('NotificationDelay')).toBe(1_000);
  });

  test('a signal is logged as suppressed and nothing goes out', async () => {
    const { deps, transition, key, notifier, log } = await open({ severity: 'signal' });
    expect(await notifyTransition(deps)(transition)).toBe('suppressed');
    expect(notifier.published).toEqual([]);
    expect(await log.decision(key)).toMatchObject({ outcome: 'suppressed', reason: 'signal' });
  });

  test('one that was decided before is neither sent nor logged again', async () => {
    const { deps, transition, notifier } = await open();
    await notifyTransition(deps)(transition);
    expect(await notifyTransition(deps)(transition)).toBe('already-decided');
    expect(notifier.published).toHaveLength(1);
  });

  test('one that is deferred waits for its time', async () => {
    const { deps, transition, key, log, notifier, clock } = await open();
    const at = clock.now();
    clock.set(9_000);
    await log.decide(key, { outcome: 'deferred', reason: 'not-publishable', until: clock.now(), at });
    clock.set(8_999);
    expect(await notifyTransition(deps)(transition)).toBe('already-decided');
    clock.set(9_000);
    expect(await notifyTransition(deps)(transition)).toBe('sent');
    expect(notifier.published).toHaveLength(1);
  });

  test('when publishing fails the transition stays undecided', async () => {
    const { deps, transition, key, log } = await open({ notifier: { publish: down } });
    await expect(notifyTransition(deps)(transition)).rejects.toThrow('down');
    expect(await log.decision(key)).toBeUndefined();
  });

  test('fails open: when the log cannot be read the message goes out', async () => {
    const { deps, transition, notifier } = await open({ log: { decision: down } });
    expect(await notifyTransition(deps)(transition)).toBe('sent');
    expect(notifier.published).toHaveLength(1);
  });

  test('when only the logging failed a retry in the same process logs and does not send again', async () => {
    const { deps, transition, key, log, notifier } = await open();
    let failures = 1;
    const flaky: NotificationLog = {
      ...log,
      decide: (...given) => (failures-- > 0 ? down() : log.decide(...given)),
    };
    const notify = notifyTransition({ ...deps, log: flaky });
    await expect(notify(transition)).rejects.toThrow('down');
    expect(await notify(transition)).toBe('sent');
    expect(notifier.published).toHaveLength(1);
    expect(await log.decision(key)).toMatchObject({ outcome: 'sent' });
  });

  test('a crash between publishing and logging repeats the message with the same key, and loses none', async () => {
    const { deps, transition, key, log, notifier } = await open();
    await expect(notifyTransition({ ...deps, log: { ...log, decide: down } })(transition)).rejects.toThrow();
    expect(await notifyTransition(deps)(transition)).toBe('sent');
    expect(notifier.published.map((one) => one.key)).toEqual([key, key]);
    expect(await log.undecided(deps.clock.now(), 10)).toEqual([]);
  });

  test('of two processes at once both may send, one decision stands', async () => {
    const { deps, transition, key, log, notifier } = await open();
    const outcomes = await Promise.all([
      notifyTransition(deps)(transition),
      notifyTransition(deps)(transition),
    ]);
    expect(outcomes.toSorted()).toEqual(['already-decided', 'sent']);
    expect(notifier.published).toHaveLength(2);
    expect(await log.decision(key)).toMatchObject({ messageId: 'memory-1' });
  });
});
