import { AdapterError } from '../../functions/adapters/adapter-error.ts';
import { memoryAlertStore } from '../../functions/adapters/memory/alert-store.ts';
import { memoryNotificationLog } from '../../functions/adapters/memory/notification-log.ts';
import { memoryNotifier } from '../../functions/adapters/memory/notifier.ts';
import { memoryObserver } from '../../functions/adapters/memory/observer.ts';
import { memoryState } from '../../functions/adapters/memory/state.ts';
import type { Transition } from '../../functions/domain/alerts/alert.ts';
import { notifyBatch } from '../../functions/usecases/notify-batch.ts';
import { notifyTransition } from '../../functions/usecases/notify-transition.ts';
import type { NotificationLog, Notifier, TransitionKey } from '../../functions/usecases/ports/alerts.ts';
import { notifyUndecided } from '../../functions/usecases/sweep/notify-undecided.ts';
import { testClock } from '../support/clock.ts';
import { seededRandom } from '../support/random.ts';
import { changedAt, raisedAlert } from '../support/transitions.ts';

const seedCount = 300;
const t0 = 1_000_000_000;
/** Stands for a process that ends here: nothing after it happens. */
const crash = () => new AdapterError('crash', { cause: undefined, retryable: true });
const nameOf = (key: TransitionKey): string => `${key.alertId}/${key.version}`;

/** A world of alerts whose notifications meet failures before and after each call, as `random` says. */
async function world(seed: number) {
  const random = seededRandom(seed);
  const state = memoryState();
  const stream: Transition[] = [];
  const alerts = memoryAlertStore(state, (transition) => stream.push(transition));
  const clock = testClock(t0);
  const observer = memoryObserver();
  const memoryLog = memoryNotificationLog(state);
  const heard = memoryNotifier();
  let faultRate = random() < 0.5 ? 0.5 : 0.1;
  const faulty = async <T>(work: () => Promise<T>): Promise<T> => {
    if (random() < faultRate) throw crash();
    const result = await work();
    if (random() < faultRate) throw crash(); // the effect stands, its answer is lost
    return result;
  };
  const notifier: Notifier = { publish: (one) => faulty(() => heard.publish(one)) };
  const log: NotificationLog = {
    ...memoryLog,
    decide: (key, decision) => faulty(() => memoryLog.decide(key, decision)),
    decision: (key) => faulty(() => memoryLog.decision(key)),
    undecided: (before, limit) => faulty(() => memoryLog.undecided(before, limit)),
  };
  /** A process of its own: what one remembers the next does not. */
  const notify = () => notifyTransition({ log, notifier, observer, clock, source: 'urn:x' });
  const quietly = (work: Promise<unknown>): Promise<boolean> => work.then(() => true).catch(() => false);
  for (let one = 0; one < 5; one += 1) {
    const raised = raisedAlert(t0 + one, random() < 0.2 ? 'signal' : 'orange', `dev-${one}/ch4`);
    await alerts.commit({
      alerts: [{ before: undefined, after: raised.alert, transitions: [raised.transition] }],
    });
    const over = changedAt(t0 + 10 + one, raised.alert, { change: 'recovered', condition: 'recovered' });
    await alerts.commit({
      alerts: [{ before: raised.alert, after: over.alert, transitions: [over.transition] }],
    });
  }
  return {
    transitions: [...stream],
    heard,
    log: memoryLog,
    clock,
    heal: () => {
      faultRate = 0;
    },
    deliverStream: () => quietly(notifyBatch(notify(), observer)(stream)),
    sweep: () => quietly(notifyUndecided({ log, notify: notify(), observer, clock })()),
  };
}

type World = Awaited<ReturnType<typeof world>>;

async function expectNothingLost({ transitions, heard, log }: World): Promise<void> {
  const published = new Set(heard.published.map(({ key }) => nameOf(key)));
  for (const transition of transitions) {
    const isDue = transition.severity !== 'signal';
    expect(published.has(nameOf(transition))).toBe(isDue);
    expect((await log.decision(transition))?.outcome).toBe(isDue ? 'sent' : 'suppressed');
  }
  expect(await log.undecided(testClock(t0 + 1e9).now(), 10)).toEqual([]);
}

const seeds = Array.from({ length: seedCount }, (_, seed) => seed);

describe('either path alone is enough', () => {
  test('with the sweep switched off the stream delivers everything, whatever fails between', async () => {
    for (const seed of seeds) {
      const one = await world(seed);
      for (let tries = 0; tries < 3; tries += 1) await one.deliverStream();
      one.heal();
      expect(await one.deliverStream()).toBe(true);
      await expectNothingLost(one);
    }
  });

  test('with the stream switched off the sweep delivers everything, whatever fails between', async () => {
    for (const seed of seeds) {
      const one = await world(seed);
      for (let tick = 0; tick < 20; tick += 1) {
        one.clock.advance(5_000);
        if (tick === 12) one.heal();
        await one.sweep();
      }
      await expectNothingLost(one);
    }
  });

  test('with both, in any order, nothing is lost and one decision stands for each', async () => {
    for (const seed of seeds) {
      const one = await world(seed);
      const random = seededRandom(seed + 1_000_000);
      for (let step = 0; step < 20; step += 1) {
        one.clock.advance(5_000);
        if (step === 12) one.heal();
        const both = [one.deliverStream, one.sweep].filter(() => random() < 0.7 || step > 12);
        await Promise.all(both.map((work) => work()));
      }
      await expectNothingLost(one);
    }
  });

  test('without faults nothing is sent twice', async () => {
    for (const seed of seeds.slice(0, 20)) {
      const one = await world(seed);
      one.heal();
      await one.deliverStream();
      one.clock.advance(60_000);
      await one.sweep();
      const names = one.heard.published.map(({ key }) => nameOf(key));
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
