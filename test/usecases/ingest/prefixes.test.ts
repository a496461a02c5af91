import { instant } from '../../../functions/domain/time.ts';
import { decodeTwin } from '../../../functions/domain/twin/twin.ts';
import {
  commitItemMax,
  commitTransitionMax,
  fitsOneCommit,
  itemsOf,
} from '../../../functions/usecases/commit-size.ts';
import { largestPrefix } from '../../../functions/usecases/fit.ts';
import type { AlertWrite, Commit } from '../../../functions/usecases/ports/alerts.ts';
import { fresh } from '../../support/alerts.ts';
import { registrationOf } from '../../support/registration.ts';
import { delivered, openWorld, start } from '../../support/world.ts';

const sensors = Array.from({ length: 60 }, (_, index) => ({ sensorId: `ch4-${index}` }));
const wide = registrationOf({ deviceId: 'dev-1', sensors });

/** One pack in which every sensor breaches at one instant. */
const breachOfAll = (seq: number, seconds: number, value: number) => {
  const sent = start / 1000 + seconds;
  const records = sensors.map(({ sensorId }) => ({ n: sensorId, t: sent, v: value }));
  return [{ bn: 'dev-1/', boot: 'b1', seq, sent, ...records[0] }, ...records.slice(1)];
};

const writeOf = (transitionCount: number): AlertWrite => {
  const after = fresh('orange');
  return {
    before: undefined,
    after,
    transitions: Array.from({ length: transitionCount }, () => Object.create(null)),
  };
};

describe('what one transaction holds', () => {
  test.each([
    [commitTransitionMax - 1, true],
    [commitTransitionMax, true],
    [commitTransitionMax + 1, false],
  ])('%i transitions of one alert fit: %s', (count, fitting) => {
    expect(fitsOneCommit([writeOf(count)])).toBe(fitting);
  });

  test('the twin and six alerts with a transition each stay within the items of a transaction, a seventh may not', () => {
    const writes = (count: number) => Array.from({ length: count }, () => writeOf(1));
    expect(1 + 7 * itemsOf(writeOf(1))).toBeLessThanOrEqual(commitItemMax);
    expect(fitsOneCommit(writes(7))).toBe(true);
    expect(fitsOneCommit(writes(8))).toBe(false);
  });

  test('the largest prefix that is acceptable is found by halving, and one unit is always taken', async () => {
    const units = [1, 2, 3, 4, 5, 6, 7, 8];
    const sum = async (some: readonly number[]) => some.reduce((a, b) => a + b, 0);
    expect(await largestPrefix(units, sum, (total) => total <= 10)).toEqual({ count: 4, result: 10 });
    expect(await largestPrefix(units, sum, () => false)).toEqual({ count: 1, result: 1 });
  });
});

describe('bad input 43: more transitions than one commit holds', () => {
  test('are committed in prefixes, each within a transaction, with one effect', async () => {
    const world = openWorld([wide]);
    const commits: Commit[] = [];
    const { commit } = world.alerts;
    Object.assign(world.alerts, {
      commit: async (one: Commit) => {
        commits.push(one);
        return commit(one);
      },
    });
    expect((await world.ingest([delivered('dev-1', breachOfAll(1, 0, 1.2), 0)])).size).toBe(1);
    expect(world.state.alerts.size).toBe(60);
    expect(world.transitions).toHaveLength(60);
    expect(commits.length).toBeGreaterThan(1);
    expect(commits.every(({ alerts }) => fitsOneCommit(alerts))).toBe(true);
  });

  test('go on where they stopped when the worker died between two prefixes', async () => {
    const world = openWorld([wide]);
    const message = delivered('dev-1', breachOfAll(1, 0, 1.2), 0);
    const { commit } = world.alerts;
    let left = 3;
    Object.assign(world.alerts, {
      commit: async (one: Commit) => {
        left -= 1;
        if (left < 0) throw new Error('the worker died');
        return commit(one);
      },
    });
    expect((await world.ingest([message])).size).toBe(0);
    const before = world.transitions.length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(60);
    left = Number.POSITIVE_INFINITY;
    expect((await world.ingest([{ ...message, messageId: 'again' }])).size).toBe(1);
    expect(world.transitions).toHaveLength(60);
    expect(world.state.alerts.size).toBe(60);
    expect((await world.ingest([{ ...message, messageId: 'and again' }])).size).toBe(1);
    expect(world.transitions).toHaveLength(60);
  });

  test('and judge no reading at two instants when the next pack has shown meanwhile that the clock is further ahead', async () => {
    const world = openWorld([wide]);
    const { commit } = world.alerts;
    let left = 2;
    Object.assign(world.alerts, {
      commit: async (one: Commit) => {
        left -= 1;
        if (left < 0) throw new Error('the worker died');
        return commit(one);
      },
    });
    const first = delivered('dev-1', breachOfAll(1, 10, 1.2), 0);
    expect((await world.ingest([first])).size).toBe(0);
    const before = new Set(world.transitions.map(({ subject }) => subject.id));
    left = Number.POSITIVE_INFINITY;
    const next = breachOfAll(2, 15.3, 0.4).slice(0, 1);
    expect((await world.ingest([delivered('dev-1', next, 5)])).size).toBe(1);
    expect((await world.ingest([first])).size).toBe(1);
    const { devices } = await world.deps.twins.read([wide.deviceId]);
    const rules = world.deps.rulesOf(wide);
    const decoded = decodeTwin(devices.get(wide.deviceId)?.twin?.bytes ?? new Uint8Array(), rules);
    if (!decoded.ok) throw new Error(decoded.problem);
    const sinceOf = (slot: number) => decoded.twin.rules.cells[slot]?.machines[0]?.since;
    expect(before.size).toBeGreaterThan(0);
    // Those that had been judged keep their instant; the others have it by what is known of the clock now.
    expect(rules.conditions.map(({ slot }) => sinceOf(slot))).toEqual(
      rules.conditions.map(({ sensor }) => (before.has(`dev-1/${sensor.sensorId}`) ? start : start - 300)),
    );
    expect(decoded.twin.resume).toBeUndefined();
  });

  test('sensors that fall silent together are found together, in several commits', async () => {
    const world = openWorld([wide]);
    await world.ingest([delivered('dev-1', breachOfAll(1, 0, 0.4), 0)]);
    world.at(45);
    await world.watermark.update(() => ({
      firstDueAt: instant(start),
      until: instant(start + 40_000),
      early: [],
    }));
    await world.sweep();
    expect(world.transitions).toHaveLength(61);
    // That of the device comes first.
    expect(world.story()[0]).toBe('raised orange firing');
    expect(new Set(world.story().slice(1))).toEqual(new Set(['raised orange stale']));
    await world.sweep();
    expect(world.transitions).toHaveLength(61);
  });
});
