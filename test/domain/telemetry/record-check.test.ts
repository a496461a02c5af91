import type { Admitted } from '../../../functions/domain/telemetry/message.ts';
import { quantities } from '../../../functions/domain/telemetry/quantities.ts';
import { assessNumber } from '../../../functions/domain/telemetry/value-quality.ts';
import { decode, deviceId, reasonsOf } from './fixtures.ts';

const one = (record: object): Admitted => decode([{ bn: `${deviceId}/`, ...record }]);

const assessed = (record: object): unknown[] => {
  const { readings } = one(record);
  return [readings[0]?.value, readings[0]?.quality];
};

test.each([
  ['calibrating', 'calibrating'],
  ['maintenance', 'maintenance'],
  ['fault', 'fault'],
  ['over-range', 'over-range'],
  ['good', 'good'],
  ['low-battery', 'unknown'],
  ['', 'unknown'],
  ['__proto__', 'unknown'],
])('semantics 5: the flag %p is quality %p', (q, quality) => {
  expect(assessed({ n: 'ch4-1', v: 1, q })).toEqual([1, quality]);
  expect(assessed({ n: 'fan-1', vb: true, q })).toEqual([true, quality]);
});

test('semantics 5: a record may carry a quality without a value', () => {
  expect(assessed({ n: 'ch4-1', q: 'fault' })).toEqual([undefined, 'fault']);
  expect(assessed({ n: 'ch4-1', q: 'low-battery' })).toEqual([undefined, 'unknown']);
});

test.each([
  ['ch4-1', 4, 'good'],
  ['ch4-1', 4.01, 'over-range'],
  ['ch4-1', 150, 'over-range'],
  ['ch4-1', 0, 'good'],
  ['ch4-1', -0.2, 'good'],
  ['ch4-1', -0.21, 'fault'],
  ['ch4-2', 100.5, 'over-range'],
  ['o2-1', 4.9, 'over-range'],
  ['o2-1', 0, 'over-range'],
  ['o2-1', -2, 'fault'],
  ['temp-1', -41, 'over-range'],
  ['shift-1', -501, 'over-range'],
  ['shift-1', -200, 'good'],
])('semantics 5: %s at %p is %p', (n, v, quality) => {
  expect(assessed({ n, v })).toEqual([v, quality]);
});

test.each([-999999, -200, -9999])('semantics 5: the sentinel %p is no value but a fault', (v) => {
  expect(assessed({ n: 'ch4-1', v })).toEqual([undefined, 'fault']);
  expect(assessed({ n: 'ch4-1', v, q: 'maintenance' })).toEqual([undefined, 'maintenance']);
});

test('semantics 5: what a logger writes for "not a number" is no value but a fault', () => {
  expect(assessed({ n: 'ch4-1', v: null })).toEqual([undefined, 'fault']);
  expect(assessed({ n: 'ch4-1', vs: 'NA' })).toEqual([undefined, 'fault']);
  expect(assessed({ n: 'ch4-1', vs: 'NaN', q: 'calibrating' })).toEqual([undefined, 'calibrating']);
});

test("semantics 5: a value beyond the range keeps the device's own word", () => {
  expect(assessed({ n: 'ch4-1', v: 9, q: 'calibrating' })).toEqual([9, 'calibrating']);
  expect(one({ n: 'ch4-1', v: 9, q: 'calibrating' }).counts.outOfRange).toBe(1);
});

test.each([
  [{ n: 'ch4-1', vb: true }, 'kind-mismatch'],
  [{ n: 'ch4-1', vs: 'high' }, 'kind-mismatch'],
  [{ n: 'fan-1', v: 1 }, 'kind-mismatch'],
  [{ n: 'fan-1', vs: 'on' }, 'kind-mismatch'],
  [{ n: 'valve-1', vs: 'ajar' }, 'kind-mismatch'],
  [{ n: 'valve-1', vs: 'toString' }, 'kind-mismatch'],
  [{ n: 'valve-1', vb: true }, 'kind-mismatch'],
  [{ n: 'ch4-9', v: 1 }, 'sensor-unknown'],
  [{ n: 'toString', v: 1 }, 'sensor-unknown'],
  [{ n: 'odd-1', v: 1 }, 'quantity-unknown'],
  [{ n: 'ch4-1', v: 1, u: '%' }, 'unit-mismatch'],
  [{ n: 'ch4-1', v: 1, bu: 'mm' }, 'unit-mismatch'],
  [{ n: 'fan-1', vb: true, u: 'mm' }, 'unit-mismatch'],
])('semantics 4: %j is refused: %s', (record, reason) => {
  expect(reasonsOf(one(record))).toEqual([`${reason}@0`]);
});

test('semantics 4: the unit may be absent or the registered one, and a base unit does not bind switches', () => {
  expect(one({ n: 'ch4-1', v: 1, u: '%{vol}' }).readings).toHaveLength(1);
  expect(one({ bu: 'mm', n: 'ch4-1', v: 1, u: '%{vol}' }).readings).toHaveLength(1);
  expect(one({ bu: '%{vol}', n: 'fan-1', vb: true }).readings).toHaveLength(1);
});

test('semantics 4: a sum with a base value is the decimal sum, a value alone is what was sent', () => {
  expect(assessed({ bv: 0.1, n: 'ch4-1', v: 0.2 })).toEqual([0.3, 'good']);
  expect(assessed({ bv: 0.1, n: 'ch4-1', v: 0.2000049 })).toEqual([0.3, 'good']);
  expect(assessed({ n: 'ch4-1', v: 0.2000049 })).toEqual([0.2000049, 'good']);
});

test('quantities: every number has a physical range, every enumeration its names', () => {
  for (const { kind, physical, names, id } of quantities.values()) {
    expect([id, kind === 'number', kind === 'enum']).toEqual([
      id,
      physical !== undefined,
      names !== undefined,
    ]);
  }
});

test('the name that a valve reports is its value, a name that valves do not have is none', () => {
  expect(assessed({ n: 'valve-1', vs: 'closed' })).toEqual(['closed', 'good']);
  expect(reasonsOf(one({ n: 'valve-1', vs: 'ajar' }))).toEqual(['kind-mismatch@0']);
});

test('semantics 5: where nature sets no least, what lies below the range breaks it and is no fault', () => {
  const free = { id: 'free', unit: '1', scale: 0, kind: 'number' } as const;
  expect(assessNumber(-50, undefined, { min: 0, max: 10 }, free)).toEqual({
    value: -50,
    quality: 'over-range',
    isOutOfRange: true,
  });
});
