import type { RawRecord } from '../../../functions/domain/telemetry/pack.ts';
import { checkRecord, plainValue } from '../../../functions/domain/telemetry/record-check.ts';
import { sensorsOf } from '../../../functions/domain/telemetry/sensors.ts';
import { registration } from './fixtures.ts';

const sensors = sensorsOf(registration);
const record = (sensorId: string, value: RawRecord['value'], more: Partial<RawRecord> = {}): RawRecord => ({
  index: 0,
  sensorId,
  deviceAtMs: 0,
  value,
  baseValue: 0,
  unit: undefined,
  baseUnit: undefined,
  flag: undefined,
  ...more,
});
const plain = (...given: Parameters<typeof record>): number | undefined =>
  plainValue(record(...given), sensors.get(given[0]));
const check = (...given: Parameters<typeof record>) => checkRecord(record(...given), sensors);

test.each([
  ['within its range', 'ch4-1', 1, {}, 1],
  ['at its least', 'ch4-1', 0, {}, 0],
  ['at its greatest', 'ch4-1', 4, {}, 4],
  ['at the least of nature', 'ch4-2', 0, {}, 0],
  ['at the greatest of nature', 'ch4-2', 100, {}, 100],
  ['in its unit', 'ch4-1', 1, { unit: '%{vol}' }, 1],
  ['in the unit of the pack', 'ch4-1', 1, { baseUnit: '%{vol}' }, 1],
  ['in its unit, whatever that of the pack', 'ch4-1', 1, { unit: '%{vol}', baseUnit: 'mm' }, 1],
  ['below its range', 'ch4-1', -0.01, {}, undefined],
  ['above its range', 'ch4-1', 4.01, {}, undefined],
  ['beyond nature', 'ch4-2', 100.1, {}, undefined],
  ['in another unit', 'ch4-1', 1, { unit: 'mm' }, undefined],
  ['in another unit of the pack', 'ch4-1', 1, { baseUnit: 'mm' }, undefined],
  ['with a flag', 'ch4-1', 1, { flag: 'good' }, undefined],
  ['with a base value', 'ch4-1', 1, { baseValue: 1 }, undefined],
  ['as a text', 'ch4-1', '1', {}, undefined],
  ['as a switch', 'ch4-1', true, {}, undefined],
  ['as null', 'ch4-1', null, {}, undefined],
  ['of a switch', 'fan-1', 1, {}, undefined],
  ['of a quantity that is not known', 'odd-1', 1, {}, undefined],
  ['of a sensor that is not known', 'ch4-9', 1, {}, undefined],
])('a value %s: %s at %j %j is plainly %p', (_, sensorId, value, more, expected) => {
  expect(plain(sensorId, value, more)).toBe(expected);
});

test('a number without any bounds is plain', () => {
  const [first] = registration.sensors;
  if (first === undefined) throw new Error('no sensor');
  const { range, ...unbounded } = first;
  expect(range).toEqual({ min: 0, max: 4 });
  const quantity = { id: 'free', unit: '%{vol}', scale: 0, kind: 'number' } as const;
  expect(plainValue(record('ch4-1', -1e9), { registration: unbounded, quantity })).toBe(-1e9);
});

test('a zero with a sign is a plain zero, checked or not', () => {
  expect(plain('ch4-1', -0)).toBe(0);
  expect(check('ch4-1', -0)).toStrictEqual({ value: 0, quality: 'good', isOutOfRange: false });
});

test.each([
  ['ch4-1', 1, { flag: 'calibrating', unit: '%{vol}' }, 1, 'calibrating', false],
  ['ch4-1', 0.2000049, { flag: 'fault' }, 0.2000049, 'fault', false],
  ['ch4-1', 0.2000049, { baseValue: 0.1 }, 0.3, 'good', false],
  ['ch4-1', 0.20001, { baseValue: 0.1 }, 0.30001, 'good', false],
  ['ch4-1', 4, { flag: 'good' }, 4, 'good', false],
  ['ch4-1', 4.1, {}, 4.1, 'over-range', true],
  ['ch4-1', 3, { baseValue: 1.1 }, 4.1, 'over-range', true],
  ['ch4-1', undefined, { flag: 'fault' }, undefined, 'fault', false],
  ['ch4-1', undefined, {}, undefined, 'good', false],
  ['ch4-1', null, {}, undefined, 'fault', false],
  ['ch4-1', null, { flag: 'good' }, undefined, 'fault', false],
  ['ch4-1', '', { flag: 'maintenance' }, undefined, 'maintenance', false],
  ['fan-1', null, {}, undefined, 'fault', false],
  ['fan-1', 'N/A', {}, undefined, 'fault', false],
  ['fan-1', false, {}, false, 'good', false],
  ['fan-1', true, { flag: 'x', unit: '1', baseUnit: 'mm' }, true, 'unknown', false],
  ['valve-1', 'open', {}, 'open', 'good', false],
  ['valve-1', 'moving', { flag: 'fault', baseUnit: 'mm' }, 'moving', 'fault', false],
  ['valve-1', null, {}, undefined, 'fault', false],
])('%s at %j %j is %j, %s, out of range: %p', (sensorId, value, more, told, quality, isOutOfRange) => {
  expect(check(sensorId, value, more)).toStrictEqual({ value: told, quality, isOutOfRange });
});

test.each(['', 'NA', 'NaN', 'null', '---'])(
  'for an enumeration the text %j is a name that it has not',
  (text) => {
    expect(check('valve-1', text)).toMatchObject({ reason: 'kind-mismatch' });
  },
);
