import { never, newSensorCell, type SensorCell } from '../../../../functions/domain/rules/engine/cell.ts';
import { keepLastGood, laterGood, toJudge } from '../../../../functions/domain/rules/engine/last-good.ts';
import { at, readingOf } from '../../../support/engine/bench.ts';
import { boundTo, device, ruleOf } from '../../../support/engine/rules.ts';
import { windowOf } from '../../../support/engine/windows.ts';

const good = (t: number, v: number) => readingOf({ t, v }, t);
const bad = (t: number) => readingOf({ t, v: 9, q: 'fault' }, t);
const sensorOf = (given: Partial<SensorCell> = {}): SensorCell => ({ ...newSensorCell(), ...given });
const [alone] = boundTo(ruleOf()).conditions;
const asking = { ...ruleOf().quality, fault: 'unknown' as const };

test.each([
  [
    'of several at one instant the last good one',
    {},
    [good(5, 1), good(5, 2), bad(5)],
    { at: at(5), value: 2 },
  ],
  ['what it said before', { at: at(4), number: 3 }, [bad(5)], { at: at(4), value: 3 }],
  [
    'a good one of the instant before what it said before',
    { at: at(4), number: 3 },
    [good(5, 1), bad(5)],
    { at: at(5), value: 1 },
  ],
  ['nothing that was bad before', { at: at(4), number: 3, quality: 'fault' }, [bad(5)], undefined],
  ['nothing of a sensor that has said nothing', {}, [bad(5)], undefined],
] as const)('semantics 22: before bad readings a sensor keeps %s', (_, given, readings, expected) => {
  const sensor = sensorOf(given);
  keepLastGood(sensor, readings);
  expect(sensor.lastGood).toEqual(expected);
});

test.each([
  [4, 5, undefined],
  [5, 5, undefined],
  [6, 5, 6],
  [0, undefined, 0],
])(
  'semantics 22: a late good reading at %i counts behind a bad one when the last good one was at %s',
  (t, kept, expected) => {
    const lastGood = kept === undefined ? undefined : { at: at(kept), value: 1 };
    const late = good(t, 2);
    const sensor = sensorOf({ at: at(9), quality: 'fault', lastGood });
    expect(laterGood(sensor, [late, bad(t)])).toBe(expected === undefined ? undefined : late);
  },
);

test('semantics 22: late readings that are bad, or behind a good one, hide nothing', () => {
  const fault = { at: at(9), quality: 'fault', lastGood: { at: at(1), value: 1 } };
  expect(laterGood(sensorOf(fault), [bad(5)])).toBeUndefined();
  expect(laterGood(sensorOf({ ...fault, quality: 'good' }), [good(5, 2)])).toBeUndefined();
});

describe('semantics 22: a change of limits judges', () => {
  const lastGood = { at: at(5), value: 1 };
  const fault = sensorOf({ at: at(9), number: 3, quality: 'fault', lastGood });
  const judged = (sensor: SensorCell, evaluatedAt: number, condition = alone) => {
    if (condition === undefined) throw new Error('a rule that binds to nothing');
    return toJudge(sensor, condition, evaluatedAt);
  };
  const own = (valueAt: number, quality: string) => ({ value: 3, quality, valueAt });

  test.each([
    [at(8), at(9)],
    [at(10), at(10)],
  ])('the newest value, where it is good, at the newest instant', (evaluatedAt, valueAt) => {
    expect(judged(sensorOf({ ...fault, quality: 'good' }), evaluatedAt)).toEqual(own(valueAt, 'good'));
  });

  test('the newest value where there is no good one', () => {
    expect(judged(sensorOf({ ...fault, lastGood: undefined }), never)).toEqual(own(at(9), 'fault'));
  });

  test('the newest value for a rule that asks for its state', () => {
    const [condition] = boundTo(ruleOf({ kind: 'data-quality', quality: asking })).conditions;
    expect(judged(fault, never, condition)).toEqual(own(at(9), 'fault'));
  });

  test('the last good value behind a bad one, at its own instant', () => {
    expect(judged(fault, at(7))).toEqual({ value: 1, quality: 'good', goodAt: at(5), valueAt: at(5) });
  });

  test.each([
    [at(4), at(5)],
    [at(7), at(7)],
  ])('the last good value beside what other sensors have said since', (evaluatedAt, valueAt) => {
    const roles = { other: { quantity: 'methane', positions: ['T2'] } };
    const windows = [windowOf({ lengthS: 10, functions: ['max'], role: 'other' })];
    const select = { quantities: ['methane'], positions: ['T1'] };
    const two = device([{}, { sensorId: 'other', position: 'T2' }]);
    const [condition] = boundTo(ruleOf({ select, roles, windows }), two).conditions;
    expect(condition?.isAlone).toBe(false);
    expect(judged(fault, evaluatedAt, condition)).toEqual({
      value: 1,
      quality: 'good',
      goodAt: at(5),
      valueAt,
    });
  });
});
