import type { Rule } from '../../../../functions/domain/rules/book.ts';
import type { DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import { never, phases } from '../../../../functions/domain/rules/engine/cell.ts';
import { spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import { takeLinked } from '../../../../functions/domain/rules/engine/take-linked.ts';
import { cellOf, sensorOf, type Work } from '../../../../functions/domain/rules/engine/work.ts';
import type { Quality } from '../../../../functions/domain/telemetry/reading.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { at, type GivenReading, readingOf } from '../../../support/engine/bench.ts';
import { firstCondition } from '../../../support/engine/bound.ts';
import { boundTo, compare, input, literal } from '../../../support/engine/rules.ts';
import { linkedRule, sensorNamed, toldIn, withFan, workOn } from '../../../support/engine/under-way.ts';

const { isFalse, isTrue, untrusted } = spanKinds;
const linked = boundTo(linkedRule(), withFan);
const ch4 = (t: number, v: number, more: Partial<GivenReading> = {}): GivenReading => ({ t, v, ...more });
const fan = (t: number, v: boolean, more: Partial<GivenReading> = {}): GivenReading => ({
  t,
  v,
  sensor: 'fan',
  ...more,
});

/** Takes instants one after the other, of the rules that name several sensors alone; what was told of them. */
function take(work: Work, ...instants: readonly (readonly GivenReading[])[]): readonly string[] {
  const before = toldIn(work).length;
  for (const given of instants) {
    const receivedS = Math.max(100, ...given.map(({ t }) => t));
    const readings = given.map((one, i) => readingOf(one, receivedS, i));
    takeLinked(work, readings, 0, readings.length, at(receivedS));
  }
  return toldIn(work).slice(before);
}
const cellIn = (work: Work) => cellOf(work, firstCondition(work.rules));
const spansIn = (work: Work) => cellIn(work).machines[0]?.spans;
const recentIn = (work: Work, sensorId: string) =>
  sensorOf(work, sensorNamed(work.rules, sensorId)).recent.stretches;
const after = (of: DeviceRules, ...instants: readonly (readonly GivenReading[])[]): Work => {
  const work = workOn(of);
  take(work, ...instants);
  return work;
};
const ruleOn = (more: Partial<Rule>): DeviceRules => boundTo(linkedRule(more), withFan);
const timed = (forS: number): DeviceRules =>
  ruleOn({ severities: linkedRule().severities.map((one) => ({ ...one, forMs: seconds(forS) })) });

test('of a message the readings of the instant alone are taken, of sensors that a condition names', () => {
  const work = workOn(linked);
  const readings = [ch4(1, 1), fan(5, false), ch4(5, 1), ch4(9, 0), { t: 5, v: 1, sensor: 'nobody' }];
  takeLinked(
    work,
    readings.map((one) => readingOf(one, 9)),
    1,
    3,
    at(9),
  );
  expect(toldIn(work)).toEqual(['ch4: raised orange firing @5']);
  expect(recentIn(work, 'ch4')).toEqual([{ value: 1, quality: 'good', from: at(5), to: at(5) }]);
  expect(recentIn(work, 'fan')).toEqual([{ value: false, quality: 'good', from: at(5), to: at(5) }]);
  expect(take(work, [{ t: 9, v: 1, sensor: 'nobody' }])).toEqual([]);
  const plain = workOn(boundTo(linkedRule({ severities: [] }), withFan));
  take(plain, [ch4(5, 1)]);
  expect([plain.cells, plain.sensors]).toEqual([undefined, undefined]);
});

test('semantics 6: a condition is judged once in an instant, whichever of its sensors report', () => {
  expect(take(workOn(linked), [ch4(5, 1), fan(5, false)])).toEqual(['ch4: raised orange firing @5']);
  const work = after(linked, [ch4(5, 1)]);
  expect(take(work, [fan(6, true)], [fan(7, false)])).toEqual(['ch4: raised orange firing @7']);
  expect(work.transitions?.[0]).toMatchObject({ value: 1, quality: 'good', trigger: 'reading', marks: [] });
  expect(cellIn(work)).toMatchObject({ evaluatedAt: at(7), lifeAt: at(5), lateCount: 0 });
});

test('semantics 12: what another sensor reports is no sign of life of the own one', () => {
  const work = after(linked, [ch4(5, 0)], [fan(20, false)], [fan(30, true)]);
  expect(cellIn(work)).toMatchObject({ evaluatedAt: at(30), lifeAt: at(5) });
});

test('an instant that changes no timer is only noted', () => {
  const work = after(linked, [ch4(5, 0), fan(5, false)]);
  expect(cellIn(work).isCalm).toBe(false);
  take(work, [ch4(6, 0.5)]);
  expect(cellIn(work)).toMatchObject({ isCalm: true, evaluatedAt: at(6), lifeAt: at(6), lifeSetAt: at(100) });
  expect(spansIn(work)).toEqual([isFalse, at(5), at(5)]);
  take(work, [ch4(7, 0), ch4(7, 0.2)]);
  expect(cellIn(work)).toMatchObject({ isCalm: false, evaluatedAt: at(7) });
  take(work, [ch4(8, 0)], [ch4(9, 0, { q: 'calibrating' })]);
  expect(cellIn(work)).toMatchObject({ isCalm: false, holdAt: at(9) });
});

test.each([
  [29.999, true],
  [30, false],
])('a run whose `for` is over at 30 s does not rest at a reading after %d s', (t, isCalm) => {
  const work = after(timed(30), [ch4(0, 1), fan(0, false)], [ch4(5, 1)]);
  take(work, [ch4(t, 1)]);
  expect(cellIn(work).isCalm).toBe(isCalm);
  expect(toldIn(work)).toEqual(isCalm ? [] : ['ch4: raised orange firing @30']);
});

test.each([
  [30, true],
  [30.001, false],
])('semantics 7: a run does not rest over a gap longer than the silence of its rule: %d s', (t, isCalm) => {
  const work = after(timed(90), [ch4(0, 1), fan(0, false)], [ch4(t, 1), fan(t, false)]);
  expect(cellIn(work).isCalm).toBe(isCalm);
  expect(cellIn(work).machines[0]?.gaps).toEqual(isCalm ? [] : [at(0), at(t)]);
});

test('semantics 3: a condition that becomes not evaluable at a report of another sensor is told then, once', () => {
  const of = ruleOn({ unknownForMs: seconds(10) });
  const work = after(of, [ch4(0, 1)], [fan(9, true, { q: 'fault' })]);
  expect(toldIn(work)).toEqual([]);
  expect(take(work, [fan(10, true, { q: 'fault' })])).toEqual([
    'ch4: data.not-evaluable raised yellow firing @10',
  ]);
  expect(work.transitions?.[0]).toMatchObject({ at: at(100), value: 1, quality: 'good' });
  expect(take(work, [fan(11, true, { q: 'fault' })])).toEqual([]);
});

test('semantics 3: while it goes on, reports of another sensor do not tell it again', () => {
  const of = ruleOn({ unknownForMs: seconds(10) });
  const work = after(of, [ch4(0, 1, { q: 'calibrating' })], [fan(10, false)], [fan(11, false)]);
  expect(toldIn(work)).toEqual(['ch4: data.not-evaluable raised yellow firing @10']);
  expect(cellIn(work).evaluatedAt).toBe(at(11));
  expect(sensorOf(work, sensorNamed(of, 'ch4')).notEvaluable.lastAt).toBe(at(10));
});

/** Red where the fan stands, whatever the methane sensor says; every state of it is held. */
const fanAlone = linkedRule({
  quality: { calibrating: 'hold', maintenance: 'hold', fault: 'hold', 'over-range': 'hold', unknown: 'hold' },
  severities: [
    {
      severity: 'red',
      when: compare('eq', input('sensor.fan.value'), literal(false)),
      forMs: seconds(0),
      clearForMs: seconds(0),
    },
  ],
});

test.each<[Quality, Quality, readonly string[]]>([
  ['good', 'good', []],
  ['calibrating', 'calibrating', ['held']],
  ['maintenance', 'maintenance', ['held']],
  ['fault', 'fault', ['held', 'quality']],
  ['over-range', 'over-range', ['held', 'over-range']],
  ['unknown', 'good', []],
])('at a report of another sensor one that was %s says its last word as %s', (quality, told, marks) => {
  const work = after(boundTo(fanAlone, withFan), [ch4(5, 1, { q: quality })]);
  take(work, [fan(6, false)]);
  expect(work.transitions).toHaveLength(1);
  expect(work.transitions?.[0]).toMatchObject({
    quality: told,
    marks,
    value: quality === 'good' ? 1 : undefined,
  });
});

test('a sensor that said nothing, or nothing for too long, is not bad: what it would say is unknown', () => {
  const work = workOn(boundTo(fanAlone, withFan));
  expect(take(work, [fan(6, false)])).toEqual(['ch4: raised red firing @6']);
  const old = after(boundTo(fanAlone, withFan), [ch4(0, 1)]);
  expect(take(old, [fan(31, false)])).toEqual(['ch4: raised red firing @31']);
  expect(old.transitions?.[0]).toMatchObject({ value: undefined, quality: 'good' });
});

test('semantics 9: a late reading is judged at its own instant, raise-only', () => {
  const work = after(linked, [fan(0, false)], [ch4(10, 0)]);
  expect(take(work, [ch4(5, 1)])).toEqual(['ch4: raised orange firing @5 late']);
  expect(cellIn(work)).toMatchObject({ evaluatedAt: at(10) });
  const same = after(linked, [fan(0, false)], [ch4(10, 0)]);
  expect(take(same, [ch4(10, 1)])).toEqual(['ch4: raised orange firing @10 late']);
});

test('semantics 9: what another sensor says late is judged where the own one has spoken until it spoke again', () => {
  const said = [[fan(0, true)], [ch4(5, 1)], [ch4(8, 0)]] as const;
  const work = after(linked, ...said, [fan(20, true)]);
  expect(take(work, [fan(3, false)])).toEqual(['ch4: raised orange firing @5 late']);
  const spoken = after(
    linked,
    [fan(0, true, { q: 'good' })],
    [fan(4, true, { q: 'fault' })],
    ...said.slice(1),
  );
  expect(take(spoken, [fan(3, false)])).toEqual([]);
  const last = after(linked, [fan(0, true)], [ch4(5, 1)]);
  expect(take(last, [fan(3, false)])).toEqual(['ch4: raised orange firing @5 late']);
  const before = after(linked, [fan(0, true)], [ch4(2, 1)], [ch4(3, 0)], [ch4(8, 0)]);
  expect(take(before, [fan(3, false)])).toEqual([]);
});

test('semantics 9: what is known false late is remembered', () => {
  const work = after(linked, [fan(0, false)], [ch4(2, 1)], [ch4(10, 1)]);
  take(work, [ch4(5, 0)]);
  expect(spansIn(work)).toEqual([isTrue, at(2), at(5), isFalse, at(5), at(5), isTrue, at(5), at(10)]);
});

test('semantics 10: an untrusted reading is judged beside what the others said then, and remembered nowhere', () => {
  const work = after(linked, [fan(0, false)], [ch4(4, 0)]);
  const remembered = [recentIn(work, 'ch4'), recentIn(work, 'fan')];
  expect(take(work, [ch4(5, 1, { trusted: false })])).toEqual(['ch4: raised orange firing @5 untrusted']);
  expect([recentIn(work, 'ch4'), recentIn(work, 'fan')]).toEqual(remembered);
  expect(spansIn(work)).toEqual([isFalse, at(4), at(4), untrusted, at(5), at(5)]);
  expect(cellIn(work).evaluatedAt).toBe(at(4));
});

test('semantics 10: an untrusted reading of another sensor is taken at its word for its instant', () => {
  const work = after(linked, [ch4(4, 1)], [fan(4, true)]);
  expect(take(work, [fan(5, false, { trusted: false })])).toEqual(['ch4: raised orange firing @5 untrusted']);
  expect(work.transitions?.[0]).toMatchObject({ value: 1, quality: 'good' });
  expect(cellIn(work)).toMatchObject({ evaluatedAt: at(4), lifeAt: at(4) });
  const bad = after(linked, [ch4(4, 1)], [fan(4, true)]);
  expect(take(bad, [fan(5, false, { trusted: false, q: 'fault' })])).toEqual([]);
});

test('of one instant the trusted are judged together, then each of the others', () => {
  const work = workOn(linked);
  expect(take(work, [ch4(5, 1), fan(5, true), fan(5, false, { trusted: false })])).toEqual([
    'ch4: raised orange firing @5 untrusted',
  ]);
  expect(cellIn(work).evaluatedAt).toBe(at(5));
  const first = workOn(linked);
  take(first, [ch4(5, 1, { trusted: false })]);
  expect([cellIn(first).evaluatedAt, cellIn(first).machines[0]?.phase]).toEqual([never, phases.idle]);
});

/** The fan changes its mind each second, so that of what it said only the last eight changes are known. */
const restless = (said: boolean, isEvenOnly = false) =>
  Array.from({ length: 12 }, (_, i) => [
    fan(20 + i, isEvenOnly ? i % 2 === 0 : said, { q: i % 2 ? 'good' : 'fault' }),
  ]);

test('semantics 9: what is forgotten of another sensor is taken for whatever it said since, until that raises', () => {
  const stands = after(linked, ...restless(false));
  expect(take(stands, [ch4(10, 1)])).toEqual(['ch4: raised orange firing @10 late']);
  const turns = after(linked, ...restless(true));
  expect(take(turns, [ch4(10, 1)])).toEqual([]);
  expect(spansIn(turns)?.slice(0, 3)).not.toEqual([isTrue, at(10), at(10)]);
});
