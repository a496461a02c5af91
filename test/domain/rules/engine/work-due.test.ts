import { bindDevice, type DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import {
  type Cell,
  newCell,
  newMachine,
  newSensorCell,
  noBand,
  phases,
  type SensorCell,
} from '../../../../functions/domain/rules/engine/cell.ts';
import { applyDue, cellOf, sensorOf, type Work } from '../../../../functions/domain/rules/engine/work.ts';
import { enter, newRing, scaledValue } from '../../../../functions/domain/rules/windows/ring.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { at, start } from '../../../support/engine/bench.ts';
import { bookOf, boundTo, compare, device, input, ruleOf } from '../../../support/engine/rules.ts';
import { linkedRule, sensorNamed, toldIn, withFan, workOn } from '../../../support/engine/under-way.ts';
import { windowOf } from '../../../support/engine/windows.ts';
import { overrideOf } from '../../../support/overrides.ts';

const later = Number.POSITIVE_INFINITY;
const two = boundTo(ruleOf(), device([{ sensorId: 'a' }, { sensorId: 'b' }]));
/** One rule on the methane sensor alone, then one that names the fan too. */
const both = bindDevice(bookOf(ruleOf(), linkedRule()), withFan);
const cellWith = (lifeS: number, change: Partial<Cell> = {}): Cell => ({
  ...newCell(1, at(lifeS)),
  ...change,
});
const sensorWith = (change: Partial<SensorCell>): SensorCell => ({ ...newSensorCell(), ...change });
/** A sensor that rests: it has told a sign of life last at `lifeS`. */
const resting = (lifeS: number, dueAt = later): SensorCell =>
  sensorWith({
    ...{ isCalm: true, calmFrom: at(1), at: at(lifeS), lifeAt: at(lifeS), lifeSetAt: at(lifeS), number: 0.5 },
    band: { ...noBand, dueAt },
  });
const on = (rules: DeviceRules, cells: Cell[], sensors?: SensorCell[]): Work =>
  workOn(rules, { cells, ...(sensors === undefined ? {} : { sensors }) });
const silences = (...told: readonly (readonly [string, number])[]) =>
  told.map(([sensor, second]) => `${sensor}: raised orange stale @${second}`);

test('semantics 8: what falls due is told in the order of time, at one instant in that of the rules', () => {
  const work = on(two, [cellWith(5), cellWith(2)]);
  applyDue(work, at(36), later);
  expect(toldIn(work)).toEqual(silences(['b', 32], ['a', 35]));
  const same = on(two, [cellWith(5), cellWith(5)]);
  applyDue(same, at(36), later);
  expect(toldIn(same)).toEqual(silences(['a', 35], ['b', 35]));
  expect([work.quietUntil, same.quietUntil]).toEqual([later, later]);
});

test.each([
  [34, []],
  [35, []],
  [35.001, silences(['a', 35])],
])('semantics 8: before %d s a silence at 35 s has fallen due or not', (now, told) => {
  const work = on(two, [cellWith(5), cellWith(9)]);
  applyDue(work, at(now), later);
  expect(toldIn(work)).toEqual(told);
  expect(work.quietUntil).toBe(told.length === 0 ? at(35) : at(39));
});

test('semantics 13: a silence that is not proven waits, and stays due', () => {
  const work = on(two, [cellWith(5), cellWith(9)]);
  applyDue(work, at(50), at(39));
  expect(toldIn(work)).toEqual(silences(['a', 35]));
  expect(work.quietUntil).toBe(at(39));
});

test('what falls due on other sensors waits where some are named', () => {
  const work = on(two, [cellWith(5), cellWith(2)]);
  applyDue(work, at(50), later, new Set(['a']));
  expect(toldIn(work)).toEqual(silences(['a', 35]));
  expect(work.quietUntil).toBe(at(32));
  applyDue(work, at(50), later, new Set());
  expect(toldIn(work)).toHaveLength(1);
});

test.each([
  [49, true],
  [50, false],
  [51, false],
])(
  'nothing is looked at before an instant until which it is known to be quiet: %i s, now 50 s',
  (quietS, isDue) => {
    const work = on(two, [cellWith(5), cellWith(2)]);
    work.quietUntil = at(quietS);
    applyDue(work, at(50), later);
    expect(toldIn(work)).toHaveLength(isDue ? 2 : 0);
    expect(work.quietUntil).toBe(isDue ? later : at(quietS));
  },
);

test('a sensor that rests speaks for the rules on it alone, the earliest of its band and of its silence', () => {
  const quietUntil = (...sensors: SensorCell[]) => {
    const work = on(two, [cellWith(0), cellWith(0)], sensors);
    applyDue(work, at(20), later);
    return work.quietUntil;
  };
  expect(quietUntil(resting(10), resting(12))).toBe(at(40));
  expect(quietUntil(resting(12), resting(10))).toBe(at(40));
  expect(quietUntil(resting(12), resting(13, at(25)))).toBe(at(25));
  expect(quietUntil(resting(12), sensorWith({}))).toBe(at(30));
});

test('of a sensor that rests the rules on it alone are not asked one by one', () => {
  const waiting = { ...newMachine(), phase: phases.pending, since: at(1), deadlineAt: at(25) };
  const asked = (sensor: SensorCell) => {
    const work = on(boundTo(ruleOf()), [cellWith(0, { machines: [waiting] })], [sensor]);
    applyDue(work, at(20), later);
    return work.quietUntil;
  };
  expect([asked(resting(10)), asked(sensorWith({}))]).toEqual([at(40), at(25)]);
});

test('time tells the newest value of the sensor, also where it is not good', () => {
  const bad = { at: at(12), quality: 'calibrating', number: 9 };
  const work = on(
    boundTo(ruleOf()),
    [cellWith(5)],
    [sensorWith({ ...bad, lastGood: { at: at(10), value: 0.5 } })],
  );
  applyDue(work, at(36), later);
  expect(work.transitions?.[0]).toMatchObject({ trigger: 'silence', value: 9, quality: 'calibrating' });
});

test('a sensor that rests does not speak for a rule that names others', () => {
  const work = on(both, [cellWith(0), cellWith(5)], [resting(20), sensorWith({})]);
  applyDue(work, at(20), later);
  expect(work.quietUntil).toBe(at(35));
});

test('semantics 12: what a sensor noted alone is a sign of life to the rules on it alone', () => {
  const work = on(both, [cellWith(0), cellWith(0)], [{ ...resting(10), band: noBand }, sensorWith({})]);
  applyDue(work, at(40), later);
  expect(work.transitions?.map(({ ruleId, at }) => [ruleId, at])).toEqual([['test.linked', at(30)]]);
  expect(work.quietUntil).toBe(at(40));
});

test('time catches up with what the sensor noted, and nothing of it is calm from then on', () => {
  const work = on(both, [cellWith(0), cellWith(0)], [resting(10), sensorWith({})]);
  applyDue(work, at(41), later);
  const [alone] = both.conditions;
  expect(alone && cellOf(work, alone)).toMatchObject({ evaluatedAt: at(10), lifeAt: at(10), isStale: true });
  expect(sensorOf(work, sensorNamed(both, 'ch4'))).toMatchObject({ isCalm: false, band: noBand });
  expect(work.transitions?.map(({ value, quality, trigger }) => [value, quality, trigger])).toEqual([
    [0.5, 'good', 'silence'],
    [0.5, 'good', 'silence'],
  ]);
});

test('a sensor that is not calm is asked anew after time has judged it', () => {
  const work = on(
    two,
    [cellWith(0), cellWith(50)],
    [sensorWith({ band: { ...noBand, low: 1 } }), sensorWith({})],
  );
  applyDue(work, at(31), later);
  expect(sensorOf(work, sensorNamed(two, 'a')).band).toBe(noBand);
});

test('semantics 3: a rule that was unknown for too long is told on the data of its sensor, at that time', () => {
  const unknown = { unknownAt: at(5), unknownReceivedAt: at(6) };
  const rules = boundTo(ruleOf({ unknownForMs: seconds(20) }));
  const work = on(rules, [cellWith(5, unknown)], [sensorWith({ quality: 'unknown', other: 'x', at: at(5) })]);
  applyDue(work, at(30), later);
  expect(toldIn(work)).toEqual(['ch4: data.not-evaluable raised yellow firing @26']);
  expect(work.transitions?.[0]).toMatchObject({ at: at(26), value: 'x', quality: 'unknown' });
  const silent = on(rules, [cellWith(5, { isUnknownOver: true, unknownAt: at(5) })]);
  applyDue(silent, at(40), later);
  expect(toldIn(silent)).toEqual(silences(['ch4', 35]));
});

const override = overrideOf({ from: start + 20_000, at: start, value: 0.4 });
const overridden = { ...device(), overrides: [override] };

test('semantics 22: a change of limits judges the last good value, also behind one that is not good', () => {
  const rules = boundTo(ruleOf(), overridden);
  const judged = (sensor: SensorCell) => {
    const work = on(rules, [cellWith(10, { evaluatedAt: at(10) })], [sensor]);
    applyDue(work, at(25), later);
    return work;
  };
  expect(toldIn(judged({ ...resting(10), isCalm: false }))).toEqual(['ch4: raised orange firing @20']);
  const bad = { at: at(12), quality: 'calibrating', number: 0.1 };
  const behind = judged(sensorWith({ ...bad, lastGood: { at: at(10), value: 0.5 } }));
  expect(behind.transitions?.[0]).toMatchObject({ trigger: 'limit-changed', value: 0.5, quality: 'good' });
  expect(behind.cells?.[0]?.limitsKey).toBe(rules.conditions[0]?.eras[1]?.key);
  expect(toldIn(judged(sensorWith(bad)))).toEqual([]);
});

test('semantics 22: a change of limits takes windows as they stand', () => {
  const when = compare('ge', { op: 'window', fn: 'max', window: 0 }, input('limits.orange'));
  const plain = ruleOf({ windows: [windowOf({ lengthS: 10, functions: ['max'] })] });
  const windowed = { ...plain, severities: plain.severities.map((one) => ({ ...one, when })) };
  const rules = boundTo(windowed, overridden);
  const ring = newRing();
  const shape = rules.sensors[0]?.windows[0]?.shape;
  for (const second of [4, 10]) if (shape) enter(shape, ring, at(second), scaledValue(shape, 0.5));
  const sensor = sensorWith({ at: at(10), number: 0.5, rings: [ring] });
  const work = on(rules, [cellWith(10, { evaluatedAt: at(10) })], [sensor]);
  applyDue(work, at(25), later);
  expect(toldIn(work)).toEqual(['ch4: raised orange firing @20']);
});
