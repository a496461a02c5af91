import { memoryQueue } from '../../../functions/adapters/memory/queue.ts';
import { memoryTickStore } from '../../../functions/adapters/memory/ticks-store.ts';
import { instant } from '../../../functions/domain/time.ts';
import { delaySecondsMax } from '../../../functions/usecases/ports/messaging.ts';
import {
  planAhead,
  planTicks,
  spareAfter,
  spareWithin,
  tickEvery,
  tickInstants,
} from '../../../functions/usecases/sweep/plan-ticks.ts';
import { testClock } from '../../support/clock.ts';

const t0 = 1_000_000_000;

function open(ms = t0) {
  const clock = testClock(ms);
  const queue = memoryQueue(clock);
  const ticks = memoryTickStore();
  const plan = planTicks({ ticks, queue, clock });
  const planned = () => queue.bodies().map((body): number => JSON.parse(body).at);
  return { clock, queue, ticks, plan, planned };
}

describe('planning ticks', () => {
  test.each([
    [t0, t0, t0 + planAhead],
    [t0 + 1, t0 + tickEvery, t0 + planAhead],
    [t0 - 1, t0, t0 + planAhead - tickEvery],
  ])('from %i on every absolute instant of five seconds is due', (now, first, last) => {
    const instants = tickInstants(instant(now));
    expect(instants.at(0)).toBe(first);
    expect(instants.at(-1)).toBe(last);
    expect(instants).toHaveLength((last - first) / tickEvery + 1);
  });

  test('a tick is enqueued for each instant that has no marker', async () => {
    const { ticks, plan, planned, clock } = open();
    await ticks.mark(instant(t0 + 5_000), clock.now());
    expect(await plan()).toBe(48);
    expect(planned()).toEqual(tickInstants(instant(t0)).filter((at) => at !== t0 + 5_000));
  });

  test('no tick comes before its instant, and none later than a spare does', async () => {
    const { queue, plan, clock } = open(t0 + 1_234);
    await plan();
    for (let ms = t0; ms <= t0 + planAhead + 5_000; ms += 100) {
      clock.set(ms);
      const taken = await queue.receive(10);
      await queue.remove(taken.map(({ receipt }) => receipt));
      for (const { body } of taken) {
        const { at } = JSON.parse(body);
        expect(ms).toBeGreaterThanOrEqual(at);
        expect(ms).toBeLessThanOrEqual(at + spareAfter + 1_000);
      }
    }
    expect(queue.bodies()).toEqual([]);
  });

  test.each([
    ['below', spareWithin - tickEvery, spareAfter],
    ['at', spareWithin, 0],
    ['above', spareWithin + tickEvery, 0],
  ])('with a lead %s the limit a tick is a spare or the first of its instant', async (_, lead, more) => {
    const { queue, plan, clock } = open();
    await plan();
    const isThere = async (ms: number) => {
      clock.set(ms);
      const taken = await queue.receive(100);
      return taken.some(({ body }) => JSON.parse(body).at === t0 + lead);
    };
    expect(await isThere(t0 + lead + more - 1)).toBe(false);
    expect(await isThere(t0 + lead + more)).toBe(true);
  });

  test.each([
    ['at once again', 0],
    ['59 s late', 119_000],
    ['after a skipped minute and 59 s late', 179_000],
  ])('when the schedule fires %s every instant still has a tick', async (_, gap) => {
    const { clock, plan, planned } = open();
    await plan();
    clock.advance(gap);
    await plan();
    const until = t0 + gap + planAhead;
    const expected = Array.from({ length: (until - t0) / tickEvery }, (__, step) => t0 + step * tickEvery);
    expect(planned()).toEqual(expect.arrayContaining(expected));
  });

  test('the farthest delay is one that SQS takes', () => {
    expect((planAhead + spareAfter) / 1000).toBeLessThanOrEqual(delaySecondsMax);
  });

  test('a queue that refuses ticks fails the plan, which will be tried again', async () => {
    const { ticks, clock } = open();
    const send = async (all: readonly unknown[]) =>
      all.map((__, place) =>
        place < 3 ? ({ ok: false, problem: 'KmsDisabled' } as const) : ({ ok: true } as const),
      );
    await expect(planTicks({ ticks, queue: { send }, clock })()).rejects.toThrow(
      '3 of 49 ticks were not enqueued: KmsDisabled',
    );
  });
});
