import { placedDevices } from '../../sensors-sim/city.ts';
import type { Transport } from '../../sensors-sim/device/transport.ts';
import { closedByDevice } from '../../sensors-sim/device/transport.ts';
import {
  loadProblem,
  packsPerDeviceSecondMax,
  readingsPerSecondMax,
  runLoad,
} from '../../sensors-sim/load/load.ts';
import { createTally, latenciesMax } from '../../sensors-sim/run/tally.ts';
import { loadScenario } from '../../sensors-sim/scenario/load.ts';

test.each([
  [readingsPerSecondMax - 1, undefined],
  [readingsPerSecondMax, undefined],
  [readingsPerSecondMax + 1, `--rate must be at most ${readingsPerSecondMax} readings a second`],
])('%i readings a second: %s', (rate, problem) => {
  expect(loadProblem(rate, 13, 500)).toBe(problem);
});

test.each([
  [499, undefined],
  [500, undefined],
  [501, '--pack must be at most 500 readings'],
])('packs of %i readings: %s', (packOf, problem) => {
  expect(loadProblem(100, 1, packOf)).toBe(problem);
});

test.each([
  [packsPerDeviceSecondMax - 1, true],
  [packsPerDeviceSecondMax, true],
  [packsPerDeviceSecondMax + 1, false],
])('%i packs a second from one device are possible: %s', (rate, isPossible) => {
  expect(loadProblem(rate, 1, 1) === undefined).toBe(isPossible);
});

/** A broker that acknowledges all but every n-th message at once. */
const instantBroker = (published: Uint8Array[], dropEvery: number): Transport => ({
  open(events) {
    queueMicrotask(() => events.connected());
    return {
      publish(_topic, bytes, token) {
        published.push(bytes);
        if (published.length % dropEvery !== 0) queueMicrotask(() => events.acknowledged(token));
      },
      close: () => events.closed('closed'),
    };
  },
});

test('a load publishes the rate that was asked for in packs of the size that was asked for, and sums it up', async () => {
  const normal = loadScenario('normal-day');
  if (!normal.ok) throw new Error('normal-day is not in order');
  const published: Uint8Array[] = [];
  const told: number[] = [];
  const report = await runLoad({
    devices: placedDevices().slice(0, 3),
    readingsPerSecond: 1000,
    packOf: 25,
    durationMs: 1100,
    transportOf: () => instantBroker(published, Number.POSITIVE_INFINITY),
    topicOf: (deviceId) => deviceId,
    scenario: normal.scenario,
    progress: (tally) => told.push(tally.counts.published),
  });
  expect(report.unacknowledged).toBe(0);
  expect(report.acknowledged).toBe(report.published);
  expect(report.readings).toBe(25 * published.length);
  expect(report.readings / (report.elapsedMs / 1000)).toBeGreaterThan(300);
  expect(report.readings / (report.elapsedMs / 1000)).toBeLessThan(1100);
  expect(told.length).toBeLessThanOrEqual(1);
  for (const bytes of published) expect(JSON.parse(new TextDecoder().decode(bytes))).toHaveLength(25);
  expect(report.p99Ms).toBeGreaterThanOrEqual(report.p50Ms ?? Number.NaN);
}, 30_000);

test('percentiles are those of the latencies, also when old ones give way', () => {
  const tally = createTally();
  expect(tally.percentile(0.5)).toBeUndefined();
  for (let ms = 1; ms <= 100; ms++) tally.acknowledged('d', ms);
  expect([tally.percentile(0.5), tally.percentile(0.99), tally.percentile(1)]).toEqual([51, 100, 100]);
  for (let count = 0; count < latenciesMax; count++) tally.acknowledged('d', 7);
  expect(tally.percentile(0.99)).toBe(7);
});

test('a device that connects twice is online once', () => {
  const tally = createTally();
  tally.connected('a');
  tally.connected('b');
  tally.closed('a', 'lost');
  tally.connected('a');
  expect(tally.counts).toMatchObject({ connected: 3, lost: 1, online: 2 });
});

test('a connection that the device ends itself is not lost', () => {
  const tally = createTally();
  tally.connected('a');
  tally.closed('a', closedByDevice);
  expect(tally.counts).toMatchObject({ lost: 0, online: 0 });
});
