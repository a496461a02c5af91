import { placedDevices } from '../../sensors-sim/city.ts';
import { airflow } from '../../sensors-sim/models/airflow.ts';
import { barometer, pressureTendency } from '../../sensors-sim/models/barometer.ts';
import { dust } from '../../sensors-sim/models/dust.ts';
import { leakPlume } from '../../sensors-sim/models/leak-plume.ts';
import { methane } from '../../sensors-sim/models/methane.ts';
import { signalOf } from '../../sensors-sim/models/model.ts';
import { oxygen } from '../../sensors-sim/models/oxygen.ts';
import { pitWall } from '../../sensors-sim/models/pit-wall.ts';
import { always, during, type Steps } from '../../sensors-sim/models/steps.ts';
import { tankLevel } from '../../sensors-sim/models/tank.ts';
import { toxicGas } from '../../sensors-sim/models/toxic-gas.ts';
import type { World } from '../../sensors-sim/models/world.ts';

const t0 = Date.parse('2026-03-02T00:00:00+08:00') / 1000;
const hour = 3600;

const world = (steps: Readonly<Record<string, Steps>> = {}, seed = 'models'): World => ({
  seed,
  steps: (channel) =>
    steps[channel] ?? always(channel.startsWith('fan:') || channel.startsWith('dust:') ? 1 : 0),
});

const face = { fan: 'main', normalPct: 0.45, airChangeSeconds: 60 };
const stopped = { 'fan:main': during(always(1), t0 + 600, t0 + 1200, 0) };

test('every model of the city is a pure function of seed and time', () => {
  for (const { device } of placedDevices()) {
    for (const sensor of device.sensors) {
      const name = `${device.deviceId}/${sensor.sensorId}`;
      const first = signalOf(world(), name, sensor.model);
      const second = signalOf(world(), name, sensor.model);
      const times = [t0, t0 + 12_345.6, t0 + 5 * hour];
      expect(times.map(first)).toEqual([...times].reverse().map(second).reverse());
      expect(times.map(first).every(Number.isFinite)).toBe(true);
    }
  }
});

test('methane rises slowly while the fan stands and falls quickly once it runs', () => {
  const at = methane(world(stopped), face);
  expect(at(t0 + 599)).toBeLessThan(0.7);
  expect(at(t0 + 900)).toBeGreaterThan(1);
  expect(at(t0 + 1200)).toBeGreaterThan(at(t0 + 900));
  expect(at(t0 + 1200)).toBeGreaterThan(1.5);
  expect(at(t0 + 1320)).toBeLessThan(1);
});

test('falling pressure draws more methane out of the goaf than rising pressure', () => {
  const at = methane(world(), face);
  const tendency = pressureTendency(world());
  const hours = Array.from({ length: 24 * 60 }, (_, index) => t0 + index * hour);
  const mean = (times: number[]): number => times.reduce((sum, time) => sum + at(time), 0) / times.length;
  expect(mean(hours.filter((time) => tendency(time) < -0.05))).toBeGreaterThan(
    1.03 * mean(hours.filter((time) => tendency(time) > 0.05)),
  );
});

test('air goes on for a while after the fan stops, down to the natural draught', () => {
  const at = airflow(world(stopped), { fan: 'main', speedMps: 2 });
  expect(at(t0 + 610)).toBeGreaterThan(0.8);
  expect(at(t0 + 1100)).toBeLessThan(0.3);
});

test('the barometer stays within what the weather of a city does', () => {
  const at = barometer(world());
  for (let day = 0; day < 100; day++) {
    expect(at(t0 + day * 7919)).toBeGreaterThan(97);
    expect(at(t0 + day * 7919)).toBeLessThan(102);
  }
});

test('a plume arrives later and thinner with the distance and is purged after the leak', () => {
  const steps = { 'leak:s': during(always(0), t0, t0 + 600, 70) };
  const near = leakPlume(world(steps), { source: 's', background: 0, distanceM: 5, airChangeSeconds: 90 });
  const far = leakPlume(world(steps), { source: 's', background: 0, distanceM: 35, airChangeSeconds: 90 });
  expect(near(t0 + 30)).toBeGreaterThan(5);
  expect(far(t0 + 30)).toBe(0);
  expect(near(t0 + 500)).toBeGreaterThan(50);
  expect(far(t0 + 500)).toBeLessThan(near(t0 + 500) / 2);
  expect(near(t0 + 1200)).toBeLessThan(1);
});

test('oxygen falls as gas displaces air', () => {
  expect(oxygen(() => 0)(t0)).toBe(20.9);
  expect(oxygen(() => 10)(t0)).toBeCloseTo(18.81, 10);
});

test('a tank is filled and drawn every day, and a valve left open fills it up to the overflow and no further', () => {
  const params = { source: 's', lowPct: 40, highPct: 70, fillFromHour: 8 };
  const calm = tankLevel(world(), params);
  expect(calm(t0 + 8 * hour)).toBeCloseTo(40, 6);
  expect(calm(t0 + 12 * hour)).toBeCloseTo(55, 6);
  expect(calm(t0 + 16 * hour)).toBeCloseTo(70, 6);
  expect(calm(t0 + 24 * hour)).toBeCloseTo(55, 6);
  const open = tankLevel(world({ 'inflow:s': during(always(0), t0 + 9 * hour, t0 + 12 * hour, 20) }), params);
  expect(open(t0 + 10 * hour)).toBeCloseTo(calm(t0 + 10 * hour) + 20, 6);
  expect(open(t0 + 12 * hour)).toBe(100);
});

test('the inverse velocity of an accelerating wall falls linearly to failure', () => {
  const steps = { 'creep:s': during(always(0), t0, t0 + 10 * hour, 10) };
  const at = pitWall(world(steps), { source: 's', startMm: 0, share: 1 });
  const calm = pitWall(world(), { source: 's', startMm: 0, share: 1 });
  const moved = (hours: number): number => at(t0 + hours * hour) - calm(t0 + hours * hour);
  const inverse = (hours: number): number => 0.02 / (moved(hours + 0.01) - moved(hours - 0.01));
  const slope = inverse(2) - inverse(1);
  expect(inverse(8) - inverse(7)).toBeCloseTo(slope, 3);
  expect(slope).toBeLessThan(0);
});

test('a propped wall stays where it is', () => {
  const steps = { 'creep:s': during(always(0), t0, t0 + 5 * hour, 10) };
  const at = pitWall(world(steps), { source: 's', startMm: 0, share: 1 });
  const calm = pitWall(world(), { source: 's', startMm: 0, share: 1 });
  expect(at(t0 + 9 * hour) - calm(t0 + 9 * hour)).toBeCloseTo(at(t0 + 5 * hour) - calm(t0 + 5 * hour), 6);
});

test('dust has a morning crest, a calmer night and follows earth works', () => {
  const at = dust(world(), { source: 's', meanUgM3: 40 });
  const mean = (hourOfDay: number): number =>
    Array.from({ length: 60 }, (_, day) => at(t0 + (day * 24 + hourOfDay) * hour)).reduce(
      (sum, x) => sum + x,
      0,
    ) / 60;
  expect(mean(8)).toBeGreaterThan(1.3 * mean(3));
  expect(mean(19.5)).toBeGreaterThan(1.2 * mean(3));
  const works = dust(world({ 'dust:s': during(always(1), t0, t0 + hour, 4) }), { source: 's', meanUgM3: 40 });
  expect(works(t0 + hour)).toBeGreaterThan(3.5 * at(t0 + hour));
});

test('whiffs of a calm unit stay far below the occupational limit and a release passes it', () => {
  const params = { source: 's', background: 0.4, share: 1 };
  const calm = toxicGas(world(), params);
  for (let at = t0; at < t0 + 48 * hour; at += 60) expect(calm(at)).toBeLessThan(3);
  const release = toxicGas(world({ 'release:s': during(always(0), t0, t0 + 300, 25) }), params);
  expect(release(t0 + 200)).toBeGreaterThan(20);
  expect(release(t0 + 700)).toBeLessThan(4);
});
