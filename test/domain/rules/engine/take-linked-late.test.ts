import { RuleId } from '../../../../functions/domain/ids.ts';
import type { Rule } from '../../../../functions/domain/rules/book.ts';
import { bindDevice, type DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import { takeReadings } from '../../../../functions/domain/rules/engine/take-readings.ts';
import { cellOf, type Work } from '../../../../functions/domain/rules/engine/work.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { at, type GivenReading, readingOf } from '../../../support/engine/bench.ts';
import { firstCondition } from '../../../support/engine/bound.ts';
import { bookOf, boundTo, compare, device, input, literal } from '../../../support/engine/rules.ts';
import { linkedRule, toldIn, withFan, workOn } from '../../../support/engine/under-way.ts';
import { figureIs, windowOf } from '../../../support/engine/windows.ts';

const ch4 = (t: number, v: number, more: Partial<GivenReading> = {}): GivenReading => ({ t, v, ...more });
const fan = (t: number, v: boolean, more: Partial<GivenReading> = {}): GivenReading => ({
  ...{ t, v, sensor: 'fan' },
  ...more,
});
const pump = (t: number, v: boolean): GivenReading => ({ t, v, sensor: 'pump' });

/** Takes instants one after the other; what was told of them. */
function take(work: Work, ...instants: readonly (readonly GivenReading[])[]): readonly string[] {
  const before = toldIn(work).length;
  for (const given of instants)
    takeReadings(
      work,
      given.map((one, i) => readingOf(one, 100, i)),
      at(100),
    );
  return toldIn(work).slice(before);
}
function after(of: DeviceRules, ...readings: readonly GivenReading[]): Work {
  const work = workOn(of);
  take(work, ...readings.map((one) => [one]));
  return work;
}
const cellIn = (work: Work) => cellOf(work, firstCondition(work.rules));
const both = (left: Expression, right: Expression): Expression => ({ op: 'and', left, right });
const isHigh = compare('ge', input('value'), literal(1));
const stands = (role: string) => compare('eq', input(`sensor.${role}.value`), literal(false));
const ruleWith = (when: Expression, more: Partial<Rule> = {}): Rule =>
  linkedRule({
    severities: [{ severity: 'orange', when, forMs: seconds(0), clearForMs: seconds(10) }],
    ...more,
  });

const linked = boundTo(linkedRule(), withFan);
const sensors = [
  {},
  ...['fan', 'pump'].map((sensorId) => ({ sensorId, quantity: `${sensorId}-state`, unit: '1' })),
];
const roles = { fan: { quantity: 'fan-state' }, pump: { quantity: 'pump-state' } };

test('semantics 9: what another sensor says late is judged at its own instant, by what the own one had said', () => {
  const work = after(linked, fan(0, true), ch4(2, 1), ch4(8, 0));
  expect(take(work, [fan(3, false)])).toEqual(['ch4: raised orange firing @3 late']);
});

test('semantics 9: a late reading is judged at the instants of the others until its sensor spoke again', () => {
  const work = after(linked, fan(0, true), fan(5, false), ch4(8, 0));
  expect(take(work, [ch4(3, 1)])).toEqual(['ch4: raised orange firing @5 late']);
  const again = after(linked, fan(0, true), ch4(4, 0), fan(5, false), ch4(8, 0));
  expect(take(again, [ch4(3, 1)])).toEqual([]);
});

test('semantics 9: what its sensor said again later is not judged once more', () => {
  const work = after(linked, fan(0, true), ch4(1, 1), fan(2, false), ch4(5, 1.5));
  expect(toldIn(work)).toEqual(['ch4: raised orange firing @2']);
  take(work, [fan(1.5, true)]);
  expect(cellIn(work).lateCount).toBe(0);
  take(work, [fan(3, false)]);
  expect(cellIn(work).lateCount).toBe(2);
});

test('semantics 12: a late reading of the own sensor is a sign of life', () => {
  const work = after(linked, fan(0, true), ch4(8, 0));
  take(work, [ch4(3, 1, { life: 50 })]);
  expect(cellIn(work)).toMatchObject({ lifeAt: at(50), lifeSetAt: at(100) });
});

test('semantics 9: a late instant of several sensors is judged in the conditions that name them', () => {
  const ofPump = { ...ruleWith(both(isHigh, stands('pump'))), id: RuleId.parse('test.pump'), roles };
  const two = bindDevice(bookOf(linkedRule(), ofPump), device(sensors));
  const work = after(two, fan(0, false), pump(0, true), ch4(1, 1), ch4(10, 1));
  expect(toldIn(work)).toEqual(['ch4: raised orange firing @1']);
  take(work, [ch4(5, 1), pump(5, true)]);
  expect(cellIn(work).lateCount).toBe(1);
});

test('semantics 9: late instants are judged in their order', () => {
  const three = boundTo(
    ruleWith(both(isHigh, both(stands('fan'), stands('pump'))), { roles }),
    device(sensors),
  );
  const work = after(three, fan(0, true), ch4(1, 1), pump(2, false), ch4(5, 1.5), pump(4, false));
  expect(take(work, [fan(1.5, false)])).toEqual(['ch4: raised orange firing @2 late']);
  expect(cellIn(work).machines[0]?.since).toBe(at(2));
});

test('semantics 10: an untrusted reading speaks for its own sensor alone', () => {
  const three = boundTo(
    ruleWith(both(isHigh, both(stands('fan'), stands('pump'))), { roles }),
    device(sensors),
  );
  const work = after(three, fan(0, true), pump(0, true), ch4(1, 1));
  expect(take(work, [fan(5, false, { trusted: false })])).toEqual([]);
  take(work, [pump(6, false)]);
  expect(take(work, [fan(7, false, { trusted: false })])).toEqual(['ch4: raised orange firing @7 untrusted']);
});

/** High while the fan has reported so often in a minute. */
const fanCount = (least: number) =>
  boundTo(
    ruleWith(both(isHigh, figureIs('count', 'ge', least)), {
      windows: [windowOf({ lengthS: 60, functions: ['count'], role: 'fan' })],
    }),
    withFan,
  );

test('semantics 17: what enters the window of another sensor late is judged again where that was judged', () => {
  const work = after(fanCount(3), ch4(0, 1), fan(1, true), fan(21, true), ch4(22, 0));
  expect(take(work, [fan(11, true)])).toEqual(['ch4: raised orange firing @21 late']);
  const less = after(fanCount(4), ch4(0, 1), fan(1, true), fan(21, true), ch4(22, 0));
  expect(take(less, [fan(11, true)])).toEqual([]);
});

test('semantics 17: what was judged last is judged again too, beside what the others said then', () => {
  const window = windowOf({ lengthS: 60, functions: ['count'], role: 'fan' });
  const when = both(both(isHigh, stands('fan')), figureIs('count', 'ge', 3));
  const work = after(
    boundTo(ruleWith(when, { windows: [window] }), withFan),
    ch4(0, 1),
    fan(1, false),
    fan(21, false),
  );
  expect(take(work, [fan(11, false)])).toEqual(['ch4: raised orange firing @21 late']);
});

test('semantics 9: what only windows remember is not counted once more inside the episode', () => {
  const work = after(fanCount(1), ch4(0, 1), fan(1, true), fan(11, true), fan(21, true));
  take(work, [ch4(5, 2)]);
  // At 5 s and, where the fan spoke last, at 21 s.
  expect(cellIn(work).lateCount).toBe(2);
});

test('semantics 17: inside the episode nothing is judged again, before it what begins it earlier', () => {
  const work = after(fanCount(3), ch4(0, 1), fan(1, true), fan(19, true), fan(22, true));
  expect(toldIn(work)).toEqual(['ch4: raised orange firing @22']);
  take(work, [fan(11, true)]);
  expect(cellIn(work).machines[0]?.since).toBe(at(19));
  expect(cellIn(work).lateCount).toBe(1);
});

test('semantics 17: a late reading is judged where only windows remember that the others spoke', () => {
  const said = [ch4(0, 0), fan(1, true), fan(11, true), fan(21, true)] as const;
  const work = after(fanCount(2), ...said);
  expect(take(work, [ch4(5, 1)])).toEqual(['ch4: raised orange firing @11 late']);
  const until = after(fanCount(2), ...said.slice(0, 2), ch4(11, 0), ...said.slice(2));
  expect(take(until, [ch4(5, 1)])).toEqual([]);
});

test('semantics 17: what enters the own window late is judged again where that was judged', () => {
  const of = boundTo(
    ruleWith(both(stands('fan'), figureIs('count', 'ge', 3)), {
      windows: [windowOf({ lengthS: 60, functions: ['count'] })],
    }),
    withFan,
  );
  const work = after(of, fan(0, false), ch4(1, 0), ch4(21, 0));
  expect(take(work, [ch4(11, 0)])).toEqual(['ch4: raised orange firing @21 late']);
  const held = after(of, fan(0, false), ch4(1, 0), ch4(21, 0));
  expect(take(held, [ch4(11, 0, { q: 'calibrating' })])).toEqual([]);
});

/** The fan turns or stands at even seconds, and is bad between; the newest eight changes are remembered. */
const restless = (said: boolean) =>
  Array.from({ length: 13 }, (_, i) => fan(20 + i, said, { q: i % 2 === 0 ? 'calibrating' : 'good' }));

test('semantics 9: of what is forgotten each thing that is remembered is tried until one raises', () => {
  const work = after(linked, ...restless(false));
  expect(take(work, [ch4(10, 1)])).toContain('ch4: raised orange firing @10 late');
  expect(take(after(linked, ...restless(true)), [ch4(10, 1)])).toEqual([]);
});

test('semantics 9: it is enough that one severity raises', () => {
  const [orange] = linkedRule().severities;
  const never = compare('ge', input('value'), literal(9));
  const two = orange === undefined ? [] : [orange, { ...orange, severity: 'red' as const, when: never }];
  const work = after(boundTo(linkedRule({ severities: two }), withFan), ...restless(false));
  expect(take(work, [ch4(10, 1)])).toEqual(['ch4: raised orange firing @10 late']);
});
