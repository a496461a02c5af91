import { nobody, type SensorCell } from '../../../../functions/domain/rules/engine/cell.ts';
import { enterWindows } from '../../../../functions/domain/rules/engine/enter-windows.ts';
import { startWork, type Work } from '../../../../functions/domain/rules/engine/work.ts';
import { newRing } from '../../../../functions/domain/rules/windows/ring.ts';
import { at, benchOf, type GivenReading, readingOf } from '../../../support/engine/bench.ts';
import { boundTo, device } from '../../../support/engine/rules.ts';
import { figureIs, windowOf, windowRule } from '../../../support/engine/windows.ts';

const given = windowRule({ window: { lengthS: 60, functions: ['max'] }, when: figureIs('max', 'ge', 1) });
const windows = [
  windowOf({ lengthS: 60, functions: ['max'] }),
  windowOf({ lengthS: 600, functions: ['min'] }),
];
const rules = boundTo(
  { ...given, windows },
  device([{}, { sensorId: 'co', quantity: 'carbon-monoxide', unit: 'ppm' }]),
);

const newWork = (isOwn = false): Work => startWork(rules, benchOf(rules).state(), isOwn);
const entered = (work: Work, ...readings: readonly GivenReading[]): SensorCell | undefined => {
  const all = readings.map((one, i) => readingOf(one, 100, i));
  enterWindows(work, all, 0, all.length);
  return work.sensors?.[0];
};
/** What the only bucket of each window of the sensor holds: how many, when the first and the last, and the figure. */
const held = (sensor: SensorCell | undefined) =>
  sensor?.rings.map(({ data }) => data.filter((number) => number !== 0));

test('semantics 17: a good reading enters every window of its sensor', () => {
  expect(held(entered(newWork(), { t: 1, v: 0.5 }))).toEqual([
    [1, at(1), at(1), 50_000],
    [1, at(1), at(1), 50_000],
  ]);
});

test.each<[string, GivenReading]>([
  ['that is not trusted', { t: 1, v: 1, trusted: false }],
  ['that is not good', { t: 1, v: 1, q: 'fault' }],
  ['without a value', { t: 1 }],
  ['of a sensor that is not registered', { t: 1, v: 1, sensor: 'none' }],
  ['of a sensor that no window is of', { t: 1, v: 1, sensor: 'co' }],
])('semantics 5, 11, 17: a reading %s enters no window, and copies nothing', (_, reading) => {
  const work = newWork();
  entered(work, reading);
  expect(work.sensors).toBeUndefined();
});

test('semantics 1, 17: a number that is not finite enters no window', () => {
  expect(held(entered(newWork(), { t: 1, v: Number.NaN }))).toEqual([[], []]);
  expect(held(entered(newWork(), { t: 1, v: Number.POSITIVE_INFINITY }))).toEqual([[], []]);
});

test('semantics 6: only the readings of the instant enter, from its first to just before the next', () => {
  const work = newWork();
  const readings = [1, 2, 3, 4].map((v) => readingOf({ t: 1, v }, 1));
  enterWindows(work, readings, 1, 3);
  expect(held(work.sensors?.[0])).toEqual([
    [2, at(1), at(1), 300_000],
    [2, at(1), at(1), 200_000],
  ]);
});

test('the windows of a sensor are copied once, and those of the state before stay as they were', () => {
  const work = newWork();
  const [before] = work.state.sensors;
  const first = entered(work, { t: 1, v: 1 });
  const rings = first?.rings;
  expect(before?.rings).toEqual([]);
  expect([first?.ringsOwner === work.owner, first?.owner === work.owner]).toEqual([true, true]);
  const second = entered(work, { t: 1, v: 2 });
  expect(second?.rings).toBe(rings);
  expect(held(second)?.map(([count]) => count)).toEqual([2, 2]);

  const state = { ...work.state, sensors: work.sensors ?? [] };
  const later = startWork(rules, state, false);
  expect(held(entered(later, { t: 1, v: 3 }))?.map(([count]) => count)).toEqual([3, 3]);
  expect(held(second)?.map(([count]) => count)).toEqual([2, 2]);
});

test('windows that are shared are copied by a sensor that is not, and new ones are made for those that are missing', () => {
  const work = newWork(true);
  const [sensor] = work.state.sensors;
  if (sensor === undefined) throw new Error('a device without sensors');
  const shared = newRing();
  work.state.sensors[0] = { ...sensor, owner: work.owner, rings: [shared], ringsOwner: nobody };
  const after = entered(work, { t: 1, v: 1 });
  expect(held(after)?.map(([count]) => count)).toEqual([1, 1]);
  expect(shared).toEqual(newRing());
});

test('a sensor that owns its windows but has none yet gets them', () => {
  const work = newWork(true);
  const [sensor] = work.state.sensors;
  if (sensor === undefined) throw new Error('a device without sensors');
  work.state.sensors[0] = { ...sensor, owner: work.owner, ringsOwner: work.owner };
  expect(held(entered(work, { t: 1, v: 1 }))?.map(([count]) => count)).toEqual([1, 1]);
});
