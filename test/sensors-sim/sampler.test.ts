import { placedDevices } from '../../sensors-sim/city.ts';
import { createSampler } from '../../sensors-sim/device/sampler.ts';
import { loadScenario } from '../../sensors-sim/scenario/load.ts';
import { stageOf } from '../../sensors-sim/scenario/stage.ts';

const startAt = Date.parse('2026-03-02T00:00:00Z');

function sample(deviceId: string, scenarioName: string, atSecond: number, seed?: string) {
  const loaded = loadScenario(scenarioName);
  const placed = placedDevices().find(({ device }) => device.deviceId === deviceId);
  if (!loaded.ok || placed === undefined) throw new Error('no such scenario or device');
  const scenario = seed === undefined ? loaded.scenario : { ...loaded.scenario, seed };
  return createSampler(stageOf(scenario, startAt), placed.device)(startAt + atSecond * 1000);
}

test('all sensors of a device report at the same instant, in their resolution', () => {
  const readings = sample('mine-face-3102', 'normal-day', 100);
  expect(readings.map(({ sensorId }) => sensorId)).toEqual(['ch4-t0', 'ch4-t1', 'co', 'air', 'temp', 'o2']);
  for (const { value } of readings) expect(String(value)).toMatch(/^-?\d+(\.\d{1,2})?$/);
});

test('the same seed gives the same readings and another seed others', () => {
  const read = (seed: string) =>
    Array.from({ length: 30 }, (_, at) => sample('mine-face-3102', 'normal-day', at, seed));
  expect(read('a')).toEqual(read('a'));
  expect(read('a')).not.toEqual(read('b'));
});

test('switches say true or false and valves their state', () => {
  const shown = (deviceId: string, scenario: string, at: number, sensorId: string) =>
    sample(deviceId, scenario, at).find((reading) => reading.sensorId === sensorId)?.value;
  expect(shown('mine-main-fan', 'fan-stop', 5, 'fan')).toBe(true);
  expect(shown('mine-main-fan', 'fan-stop', 30, 'fan')).toBe(false);
  expect(shown('chem-tank-101', 'tank-overfill', 5, 'inlet-valve')).toBe('closed');
  expect(shown('chem-tank-101', 'tank-overfill', 30, 'inlet-valve')).toBe('open');
});

test('a silent sensor has no record, and a calibrated one shows the test gas and says so', () => {
  const silent = sample('chem-desulf', 'silent-sensor', 30).map(({ sensorId }) => sensorId);
  expect(silent).not.toContain('h2s-02');
  expect(silent).toContain('h2s-01');
  for (const at of [14, 90])
    expect(sample('chem-desulf', 'silent-sensor', at).map(({ sensorId }) => sensorId)).toContain('h2s-02');
  const calibrated = sample('mine-face-3102', 'calibration', 70)[0];
  expect(calibrated?.quality).toBe('calibrating');
  expect(Number(calibrated?.value)).toBeGreaterThan(1.9);
});

test('what lies beyond the scale is the end of the scale and says over-range', () => {
  const loaded = loadScenario('gas-leak');
  const placed = placedDevices().find(({ device }) => device.deviceId === 'gas-corridor-1');
  if (!loaded.ok || placed === undefined) throw new Error('no such scenario or device');
  const events = loaded.scenario.events.map((event) =>
    event.do === 'leak' ? { ...event, concentration: 900 } : event,
  );
  const stage = stageOf({ ...loaded.scenario, events }, startAt);
  expect(createSampler(stage, placed.device)(startAt + 65_000)[0]).toMatchObject({
    value: 100,
    quality: 'over-range',
  });
});
