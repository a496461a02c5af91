import { type BoundSensor, bindDevice } from '../../../../../functions/domain/rules/engine/bind.ts';
import { newSensorCell, type SensorCell } from '../../../../../functions/domain/rules/engine/cell.ts';
import {
  hasRings,
  placeRings,
  readRings,
  windowKeys,
  writeRings,
} from '../../../../../functions/domain/rules/engine/stored/ring-store.ts';
import { enter, newRing, type Ring } from '../../../../../functions/domain/rules/windows/ring.ts';
import { writeRing } from '../../../../../functions/domain/rules/windows/ring-codec.ts';
import { bytesBy, readAll, readerOf } from '../../../../support/engine/bytes.ts';
import { t0 } from '../../../../support/engine/rings.ts';
import { bookOf, device } from '../../../../support/engine/rules.ts';
import { figureIs, windowOf, windowRule } from '../../../../support/engine/windows.ts';

/** A rule that asks windows of these lengths, in seconds, on two sensors. */
function boundWith(...lengths: readonly number[]) {
  const window = (lengthS: number) => ({ lengthS, functions: ['avg'] as const });
  const rule = windowRule({ window: window(lengths[0] ?? 0), when: figureIs('avg', 'ge', 1) });
  const registration = device([{ sensorId: 'a' }, { sensorId: 'b' }]);
  return bindDevice(bookOf({ ...rule, windows: lengths.map((one) => windowOf(window(one))) }), registration);
}

const rules = boundWith(600, 1_200, 1_800);
const [sensor] = rules.sensors;
if (sensor === undefined) throw new Error('no sensor is bound');
const keys = windowKeys(rules);

/** What a window of `bound` holds after these readings, in seconds after `t0`. */
function ringIn(bound: BoundSensor, i: number, ...readings: readonly number[]): Ring {
  const ring = newRing();
  const window = bound.windows[i];
  for (const second of readings) if (window) enter(window.shape, ring, t0 + second * 1_000, second);
  return ring;
}

const base = t0 + 60_000;
const filled = ringIn(sensor, 1, 10, 60);
const cellWith = (at: number, ...rings: readonly Ring[]): SensorCell => ({ ...newSensorCell(), at, rings });
const bytesOf = (ring: Ring, i: number, at: number): readonly number[] =>
  bytesBy((writer) => {
    const window = sensor.windows[i];
    if (window) writeRing(writer, window.shape, ring, at);
  });

test('the windows of a device are named once, by key, in the order in which its sensors feed them', () => {
  expect(keys).toEqual(sensor.windows.map(({ key }) => key));
  expect(new Set(keys).size).toBe(3);
  expect(windowKeys(bindDevice(bookOf(), device()))).toEqual([]);
});

test('a sensor has rings to write when one of them holds something', () => {
  const some = [[], [newRing()], [newRing(), filled], [{ ...newRing(), newest: 0 }]];
  expect(some.map((rings) => hasRings(cellWith(base, ...rings)))).toEqual([false, false, true, true]);
});

test('only rings that hold something are written, each by the number of its window and with its length', () => {
  const last = ringIn(sensor, 2, 30);
  const [one, two] = [bytesOf(filled, 1, base), bytesOf(last, 2, base)];
  expect(
    bytesBy((writer) => writeRings(writer, keys, sensor, cellWith(base, newRing(), filled, last))),
  ).toEqual([...[2, 1, one.length, ...one], ...[2, two.length, ...two]]);
});

test('rings of a sensor that never reported in order are written from instant 0', () => {
  const ring = bytesOf(filled, 1, 0);
  const bytes = bytesBy((writer) => writeRings(writer, keys, sensor, cellWith(-1, newRing(), filled)));
  expect(bytes).toEqual([1, 1, ring.length, ...ring]);
  expect(placeRings(sensor, readRings(readerOf(bytes), keys), -1)[1]?.data).toEqual(filled.data);
});

test('a ring whose newest bucket is number 0 is written too', () => {
  const shape = sensor.windows[0]?.shape;
  const ring = { ...newRing(), newest: 0, data: shape?.blank.slice() ?? [] };
  const bytes = bytesBy((writer) => writeRings(writer, keys, sensor, cellWith(base, ring)));
  expect(bytes.slice(0, 2)).toEqual([1, 0]);
});

test('a list of rings that is shorter than that of the windows is written as far as it goes', () => {
  expect(bytesBy((writer) => writeRings(writer, keys, sensor, cellWith(base)))).toEqual([0]);
});

test('rings are found by what their windows are, whatever their order is now', () => {
  const bytes = bytesBy((writer) =>
    writeRings(writer, keys, sensor, cellWith(base, ringIn(sensor, 0, 40), filled)),
  );
  const raw = readAll(bytes, (reader) => readRings(reader, keys));
  expect([...raw.starts]).toEqual([
    [keys[0], 3],
    [keys[1], 5 + (bytes[2] ?? 0)],
  ]);
  const [turned] = boundWith(1_200, 300, 600).sensors;
  const rings = turned && placeRings(turned, raw, base);
  expect(rings?.map(({ newest }) => newest >= 0)).toEqual([true, false, true]);
  expect(rings?.[0]?.data).toEqual(filled.data);
  expect(rings?.[1]).toEqual(newRing());
  expect(rings?.[2]?.data).toEqual(ringIn(sensor, 0, 40).data);
});

test('a ring of a window that nobody names is passed over', () => {
  const ring = bytesOf(filled, 1, base);
  const raw = readAll([2, 9, 1, 0, 1, ring.length, ...ring], (reader) => readRings(reader, keys));
  expect([...raw.starts]).toEqual([
    [-1, 3],
    [keys[1], 6],
  ]);
  expect(placeRings(sensor, raw, base).map(({ newest }) => newest >= 0)).toEqual([false, true, false]);
});
