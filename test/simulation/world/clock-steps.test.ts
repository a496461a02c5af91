import { createRandom } from '../../../sensors-sim/random.ts';
import { registerCity } from '../city/registered.ts';
import { messagesOf } from '../oracle/facts/messages.ts';
import { judge } from '../oracle/oracle.ts';
import { drawSteps, shifted, skewAt, skews } from './clock-steps.ts';
import { type FaultKind, faultNames } from './faults/kinds.ts';
import { runWorld } from './world.ts';

test('a clock is off by what it was set to last', () => {
  const steps = [
    { at: 100, skewMs: 4_000 },
    { at: 200, skewMs: 0 },
  ];
  expect([99, 100, 199, 200].map((at) => skewAt(-7, steps, at))).toEqual([-7, 4_000, 4_000, 0]);
});

test('a clock that is set says something else of what is seen, and changes nothing of it', () => {
  const asked: number[] = [];
  const sampler = shifted(
    (at) => {
      asked.push(at);
      return [{ sensorId: 'lel-1', unit: '%{LEL}', at, value: 5 }];
    },
    () => 4_000,
  );
  expect(sampler(10_000)).toEqual([{ sensorId: 'lel-1', unit: '%{LEL}', at: 10_000, value: 5 }]);
  expect(asked).toEqual([6_000]);
});

test('steps lie within the faults and come in order; after a start a clock is right or wrong as others are', () => {
  const reboots = [70_000, 30_000];
  const drawn = Array.from({ length: 200 }, (_, seed) =>
    drawSteps({
      random: createRandom(String(seed)),
      share: 1,
      skewMs: 0,
      reboots,
      within: { from: 10_000, until: 90_000 },
    }),
  );
  for (const steps of drawn) {
    expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(steps.every(({ at }) => at >= 10_000 && at <= 90_000)).toBe(true);
  }
  const atBoots = drawn.flat().filter(({ at }) => reboots.includes(at));
  expect(new Set(atBoots.map(({ skewMs }) => skewMs))).toEqual(new Set([0, ...skews]));
});

test('a device says another time after a step than before it, in one life, and nothing is lost or invented', async () => {
  const registered = await registerCity();
  const kinds: readonly FaultKind[] = ['clock-step', 'reboot'];
  const rates = Object.fromEntries(faultNames.map((name) => [name, kinds.includes(name) ? 'high' : 'none']));
  const plan = { rates: rates as Record<FaultKind, 'none' | 'high'> };
  const runs = [];
  for (let seed = 1; seed <= 12; seed += 1) runs.push(await runWorld(registered, { seed, plan }));
  const lives = runs.flatMap(({ history }) => {
    expect(judge(history)).toEqual([]);
    const packs = messagesOf(history).filter(({ pack }) => pack?.boot !== undefined);
    return [...Map.groupBy(packs, ({ pack }) => pack?.boot).values()];
  });
  const offsets = lives.map((packs) => packs.map(({ receivedAt, pack }) => receivedAt - (pack?.sentAt ?? 0)));
  const leaps = offsets.filter((some) => Math.max(...some) - Math.min(...some) > 3_900);
  expect(leaps.length).toBeGreaterThan(2);
}, 60_000);
