import { memoryAlertStore } from '../../../functions/adapters/memory/alert-store.ts';
import { memoryObserver } from '../../../functions/adapters/memory/observer.ts';
import { memoryState } from '../../../functions/adapters/memory/state.ts';
import { memoryWatermarkStore } from '../../../functions/adapters/memory/watermark-store.ts';
import { instant } from '../../../functions/domain/time.ts';
import { canaryLostAfter, freshFor } from '../../../functions/domain/watermark.ts';
import { recordCanary } from '../../../functions/usecases/canary.ts';
import { raiseMatter, recoverMatter } from '../../../functions/usecases/standing-matter.ts';
import { judgeTelemetry } from '../../../functions/usecases/sweep/judge-telemetry.ts';
import { sendCanary } from '../../../functions/usecases/sweep/send-canary.ts';
import { testClock } from '../../support/clock.ts';

const t0 = 1_000_000_000;

function open() {
  const clock = testClock(t0);
  const state = memoryState();
  const alerts = memoryAlertStore(state);
  const watermark = memoryWatermarkStore();
  const observer = memoryObserver();
  const sent: number[] = [];
  const publisher = { publish: async (at: number) => void sent.push(at) };
  const send = sendCanary({ watermark, publisher, clock });
  const heartbeat = { beat: async () => true };
  const arriveAt = recordCanary({ watermark, heartbeat, observer, clock });
  const judge = judgeTelemetry({
    watermark,
    raise: (event) => raiseMatter({ alerts, clock }, event),
    recover: (event) => recoverMatter({ alerts, clock }, event),
    observer,
    clock,
  });
  /** Every five seconds a canary is sent, arrives where `isArriving`, and the delay is judged. */
  const live = async (fromMs: number, untilMs: number, isArriving: boolean) => {
    for (let ms = fromMs; ms < untilMs; ms += 5_000) {
      clock.set(ms);
      await send(instant(ms));
      if (isArriving) await arriveAt(instant(ms));
      await judge();
    }
  };
  const conditions = () =>
    [...state.alerts.values()].map(({ severity, condition }) => ({ severity, condition }));
  return { clock, watermark, sent, send, judge, live, conditions, state, observer };
}

describe('the canary and what its absence means', () => {
  test('the first canary begins the watermark', async () => {
    const { send, watermark, sent } = open();
    await send(instant(t0));
    await send(instant(t0 + 5_000));
    expect(sent).toEqual([t0, t0 + 5_000]);
    expect(await watermark.read()).toEqual({ firstDueAt: t0, until: undefined, early: [] });
  });

  test.each([
    [canaryLostAfter - 1, 1],
    [canaryLostAfter, 0],
    [canaryLostAfter + 1, 0],
  ])('a tick %i ms late sends %i canaries', async (late, count) => {
    const { clock, send, sent } = open();
    clock.advance(late);
    await send(instant(t0));
    expect(sent).toHaveLength(count);
  });

  test('no alert while canaries arrive', async () => {
    const { live, conditions } = open();
    await live(t0, t0 + 600_000, true);
    expect(conditions()).toEqual([]);
  });

  test('a start without any canary is judged only from 30 s after the first was due', async () => {
    const { live, conditions } = open();
    await live(t0, t0 + freshFor + 5_000, false);
    expect(conditions()).toEqual([]);
    await live(t0 + freshFor + 5_000, t0 + freshFor + 10_000, false);
    expect(conditions()).toEqual([{ severity: 'red', condition: 'firing' }]);
  });

  test('one red alert when canaries stop, recovered when they come again, once each', async () => {
    const { live, conditions, state } = open();
    await live(t0, t0 + 60_000, true);
    await live(t0 + 60_000, t0 + 120_000, false);
    expect(conditions()).toEqual([{ severity: 'red', condition: 'firing' }]);
    // The missing ones hold the watermark until they are given up.
    await live(t0 + 120_000, t0 + 800_000, true);
    expect(conditions()).toEqual([{ severity: 'red', condition: 'recovered' }]);
    const [transitions] = [...state.transitions.values()];
    expect(transitions?.map(({ change }) => change)).toEqual(['raised', 'recovered']);
  });

  test('a second delay is an occurrence of the same alert', async () => {
    const { live, state } = open();
    await live(t0, t0 + 60_000, true);
    await live(t0 + 60_000, t0 + 120_000, false);
    await live(t0 + 120_000, t0 + 800_000, true);
    await live(t0 + 800_000, t0 + 860_000, false);
    expect([...state.alerts.values()]).toMatchObject([{ condition: 'firing', occurrences: 2 }]);
  });

  test('before the first tick nothing is judged', async () => {
    const { judge, conditions, observer } = open();
    await judge();
    expect(conditions()).toEqual([]);
    expect(observer.total('WatermarkAge')).toBe(0);
  });
});
