import { memoryObserver } from '../../../functions/adapters/memory/observer.ts';
import { memoryTickStore } from '../../../functions/adapters/memory/ticks-store.ts';
import { instant } from '../../../functions/domain/time.ts';
import { runTicks, type SweepParts } from '../../../functions/usecases/sweep/run-ticks.ts';
import { testClock } from '../../support/clock.ts';

const at = instant(1_000_000_000);
const next = instant(at + 5_000);
const names = ['devices', 'notifications', 'archive', 'telemetry', 'canary'] as const;

function open(failing: readonly string[] = []) {
  const ran: string[] = [];
  const ticks = memoryTickStore();
  const observer = memoryObserver();
  const broken = new Set(failing);
  const part = (name: string) => async (of?: number) => {
    ran.push(of === undefined ? name : `${name} ${of}`);
    if (broken.has(name)) throw new Error(name);
  };
  const parts: SweepParts = {
    devices: () => part('devices')(),
    notifications: () => part('notifications')(),
    archive: () => part('archive')(),
    telemetry: () => part('telemetry')(),
    canary: part('canary'),
  };
  const run = runTicks({ ticks, parts, observer, clock: testClock(at) });
  return { ran, ticks, observer, broken, run };
}

describe('a tick', () => {
  test('does every part once and leaves its marker', async () => {
    const { ran, ticks, run } = open();
    await run([at]);
    expect(ran.toSorted()).toEqual(
      [`canary ${at}`, 'archive', 'devices', 'notifications', 'telemetry'].toSorted(),
    );
    expect(await ticks.done([at])).toEqual(new Set([at]));
  });

  test('that finds its marker does nothing', async () => {
    const { ran, run } = open();
    await run([at]);
    ran.length = 0;
    await run([at]);
    expect(ran).toEqual([]);
  });

  test('several together do the work once and send the canary of each', async () => {
    const { ran, ticks, run } = open();
    await run([next, at, at]);
    expect(ran.filter((name) => name === 'devices')).toHaveLength(1);
    expect(ran.filter((name) => name.startsWith('canary'))).toEqual([`canary ${at}`, `canary ${next}`]);
    expect(await ticks.done([at, next])).toEqual(new Set([at, next]));
  });

  test.each(names)('when %s fails every other part runs, and no marker is left', async (name) => {
    const { ran, ticks, observer, run } = open([name]);
    await expect(run([at])).rejects.toThrow('1 parts of a tick failed');
    expect(ran).toHaveLength(names.length);
    expect(observer.total('SweepPartFailed')).toBe(1);
    expect(await ticks.done([at])).toEqual(new Set());
  });

  test('that failed does its work when it comes again', async () => {
    const { ran, ticks, broken, run } = open(['devices']);
    await expect(run([at])).rejects.toThrow();
    broken.clear();
    ran.length = 0;
    await run([at]);
    expect(ran).toHaveLength(names.length);
    expect(await ticks.done([at])).toEqual(new Set([at]));
  });

  test('says every failure of several parts', async () => {
    const { run } = open(['devices', 'archive']);
    await expect(run([at])).rejects.toMatchObject({ errors: [new Error('devices'), new Error('archive')] });
  });
});
