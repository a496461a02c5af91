import fc from 'fast-check';
import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import type { Rule } from '../../../../functions/domain/rules/book.ts';
import { bindDevice } from '../../../../functions/domain/rules/engine/bind.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import type { RuleState } from '../../../../functions/domain/rules/engine/state.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
import { judge } from '../../../../functions/domain/rules/engine.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { at, benchOf, type GivenReading, readingOf, told } from '../../../support/engine/bench.ts';
import { bookOf, compare, device, input, literal, ruleOf, valueIs } from '../../../support/engine/rules.ts';

const fan = { sensorId: 'fan', quantity: 'fan-state', unit: '1', period: 10_000 };
const both = (left: Expression, right: Expression): Expression => ({ op: 'and', left, right });
const fanStands = compare('eq', input('sensor.fan.value'), literal(false));

/** Methane above 1 while the fan of the same device stands: orange, after `forS`. */
const ruleWith = (
  forS = 0,
  clearForS = 10,
  when: Expression = both(valueIs('ge', 'orange'), fanStands),
): Rule => ({
  ...ruleOf({
    roles: { fan: { quantity: 'fan-state' } },
    silent: { afterMs: seconds(600), severity: 'orange' },
    unknownForMs: seconds(3_600),
  }),
  limits: ruleOf().limits,
  severities: [{ severity: 'orange', when, forMs: seconds(forS), clearForMs: seconds(clearForS) }],
});

const mine = device([{ period: 10_000 }, fan]);
const bench = (rule = ruleWith()) => benchOf(bindDevice(bookOf(rule), mine));
const risk = (drafts: ReturnType<typeof bench>['drafts']) =>
  drafts.filter(({ ruleId }) => ruleId === 'test.rule').map(told);

const ch4 = (t: number, v: number): GivenReading => ({ t, v });
const fanAt = (t: number, v: boolean, q: GivenReading['q'] = 'good'): GivenReading => ({
  t,
  v,
  q: q ?? 'good',
  sensor: 'fan',
});

test('semantics 6: a condition is judged when any sensor that it names reports', () => {
  const on = bench();
  on.send([ch4(0, 1.2), fanAt(0, true)]);
  expect(on.send([fanAt(5, false)])).toEqual(['raised orange firing @5']);
});

test('semantics 19: a list of sensors in which the own one stands alone is judged on it', () => {
  const when: Expression = {
    op: 'peers',
    how: 'atLeast',
    least: 1,
    quantity: 'methane',
    of: compare('ge', input('peer.value'), literal(1)),
  };
  const on = benchOf(bindDevice(bookOf(ruleWith(0, 10, when)), device([{ period: 10_000 }])));
  expect(on.send([ch4(0, 0.2)])).toEqual([]);
  expect(on.send([ch4(10, 1.2)])).toEqual(['raised orange firing @10']);
});

test('semantics 6: all records of one instant are applied before a condition is judged, in whatever order they stand', () => {
  for (const readings of [
    [ch4(10, 1.2), fanAt(10, false)],
    [fanAt(10, false), ch4(10, 1.2)],
  ]) {
    const on = bench();
    on.send([ch4(0, 0.2), fanAt(0, true)]);
    expect(on.send(readings)).toEqual(['raised orange firing @10']);
  }
});

test('semantics 19: the value of another sensor is unknown when it is older than its silence, or bad', () => {
  const late = bench();
  late.send([fanAt(0, false)]);
  expect(late.send([ch4(30, 1.2)])).toEqual(['raised orange firing @30']);
  const tooLate = bench();
  tooLate.send([fanAt(0, false)]);
  expect(tooLate.send([ch4(30.001, 1.2)])).toEqual([]);
  const bad = bench();
  bad.send([fanAt(0, false, 'fault')]);
  expect(bad.send([ch4(5, 1.2)])).toEqual([]);
});

test('semantics 19: a role that no sensor plays, or two, is not evaluable', () => {
  for (const sensors of [[{}], [{}, fan, { ...fan, sensorId: 'fan-2' }]]) {
    const on = benchOf(bindDevice(bookOf(ruleWith()), device(sensors)));
    expect(on.wait(1)).toEqual([expect.stringContaining('data.not-evaluable raised yellow')]);
  }
});

test('semantics 9: a late reading of another sensor raises where the condition held, on everything that is known', () => {
  const on = bench();
  on.send([ch4(0, 1.2), fanAt(0, true)]);
  on.send([ch4(10, 1.3), fanAt(10, true)]);
  on.send([ch4(20, 0.1), fanAt(20, true)]);
  expect(on.send([fanAt(5, false)], 21)).toEqual(['raised orange firing @5 late']);
});

test('semantics 9: a late reading is judged at the instants of the others until its sensor spoke again', () => {
  const on = bench();
  on.send([fanAt(0, true)]);
  on.send([ch4(4, 0.2)]);
  on.send([ch4(8, 1.4)]);
  on.send([fanAt(20, true)]);
  expect(on.send([fanAt(2, false)], 21)).toEqual(['raised orange firing @8 late']);
});

test('semantics 9: what was forgotten of another sensor errs toward raising', () => {
  const on = bench();
  for (let t = 0; t < 40; t += 2) on.send([fanAt(t, t % 4 === 0)]);
  on.send([ch4(41, 0.1)]);
  expect(on.send([ch4(1, 1.4)], 42)).toEqual(['raised orange firing @1 late']);
});

test('semantics 7: reports of another sensor neither begin nor end a clear run, its own two readings do', () => {
  const on = bench();
  on.send([fanAt(0, false), ch4(0, 1.2)]);
  on.send([ch4(10, 0.1)]);
  for (let t = 11; t < 30; t++) expect(on.send([fanAt(t, false)])).toEqual([]);
  expect(on.send([ch4(30, 0.1)])).toEqual(['recovered orange @30']);
});

test('semantics 11: an untrusted reading of another sensor raises and is remembered nowhere', () => {
  const on = bench();
  on.send([ch4(0, 1.2), fanAt(0, true)]);
  expect(on.send([{ ...fanAt(1, false), trusted: false }])).toEqual(['raised orange firing @1 untrusted']);
  expect(on.state().sensors[1]?.recent.stretches.map(({ value }) => value)).toEqual([true]);
});

const peers = (how: 'all' | 'atLeast', least: number): Expression => ({
  op: 'peers',
  how,
  least,
  quantity: 'methane',
  of: compare('ge', input('peer.value'), literal(1)),
});

test('semantics 27: of the sensors on one device that measure the same, at least two must agree', () => {
  const rule = ruleWith(0, 10, peers('atLeast', 2));
  const rules = bindDevice(bookOf(rule), device([{}, { sensorId: 'b' }, { sensorId: 'c' }]));
  const on = benchOf(rules);
  expect(on.send([ch4(0, 1.2), { t: 0, v: 0.1, sensor: 'b' }, { t: 0, v: 0.1, sensor: 'c' }])).toEqual([]);
  const lines = on.send([{ t: 5, v: 1.2, sensor: 'b' }]);
  expect(new Set(lines)).toEqual(new Set(['raised orange firing @5']));
  expect(lines).toHaveLength(3);
});

const series = fc.array(
  fc.record({
    gap: fc.integer({ min: 1, max: 25 }),
    v: fc.constantFrom(0, 0.5, 1, 1.5),
    isFan: fc.boolean(),
  }),
  { minLength: 1, maxLength: 30 },
);

const readingsOf = (
  steps: readonly { readonly gap: number; readonly v: number; readonly isFan: boolean }[],
) => {
  let t = 0;
  return steps.map(({ gap, v, isFan }) => {
    t += gap;
    return isFan ? fanAt(t, v < 1) : ch4(t, v);
  });
};

/** Where the condition is known true, found by looking back from each instant. */
function trueAt(readings: readonly GivenReading[]): readonly number[] {
  const sorted = readings.toSorted((a, b) => a.t - b.t);
  return sorted.flatMap(({ t }) => {
    const newest = (sensor: string | undefined, silenceS: number) =>
      sorted.findLast((one) => one.sensor === sensor && one.t <= t && t - one.t <= silenceS)?.v;
    const methane = newest(undefined, 30);
    return typeof methane === 'number' && methane >= 1 && newest('fan', 30) === false ? [t] : [];
  });
}

test('semantics 24: no alarm is lost, in whatever order the readings of several sensors come', () => {
  const anyDelays = fc.array(fc.constantFrom(0, 0, 0, 3, 8, 20, 60), { minLength: 30, maxLength: 30 });
  fc.assert(
    fc.property(series, anyDelays, (steps, delays) => {
      const readings = readingsOf(steps);
      const arrivals = readings
        .map((reading, i) => ({ reading, at: reading.t + (delays[i] ?? 0) }))
        .toSorted((a, b) => a.at - b.at);
      const on = bench(ruleWith(0, 86_400));
      for (const { reading, at } of arrivals) on.send([reading], at);
      const raised = risk(on.drafts);
      expect([trueAt(readings).length > 0 ? raised.length > 0 : true, readings]).toEqual([true, readings]);
    }),
    { numRuns: 1_000 },
  );
});

test('semantics 24: in order a condition over several sensors is raised exactly where it is first known true', () => {
  fc.assert(
    fc.property(series, (steps) => {
      const readings = readingsOf(steps);
      const on = bench(ruleWith(0, 86_400));
      for (const reading of readings) on.send([reading]);
      const first = trueAt(readings)[0];
      expect(risk(on.drafts).slice(0, 1)).toEqual(
        first === undefined ? [] : [`raised orange firing @${first}`],
      );
    }),
    { numRuns: 1_000 },
  );
});

test('semantics 25: stored after every message it goes on the same, and every record replays', () => {
  const rule = ruleWith(15, 10);
  const rules = bindDevice(bookOf(rule), mine);
  const recoded = (state: RuleState): RuleState => {
    const writer = byteWriter();
    encodeRules(writer, rules, state);
    return decodeRules(byteReader(writer.finish()), rules);
  };
  fc.assert(
    fc.property(series, (steps) => {
      const whole = benchOf(rules);
      const cut = benchOf(rules);
      for (const reading of readingsOf(steps)) {
        whole.send([reading]);
        cut.send([reading]);
        cut.set(recoded(cut.state()));
      }
      expect(cut.drafts.map(told)).toEqual(whole.drafts.map(told));
      for (const { because } of whole.drafts) expect(replay(because, rules)).toBe(because);
    }),
    { numRuns: 1_000 },
  );
});

test('semantics 3: a condition that nobody can answer is told at the very reading at which its time is over', () => {
  const rule = { ...ruleWith(), unknownForMs: seconds(20) };
  const on = benchOf(bindDevice(bookOf(rule), mine));
  on.send([ch4(0, 1.2), fanAt(0, true)]);
  on.send([ch4(40, 1.2)]);
  on.send([ch4(50, 1.2)]);
  expect(on.send([ch4(60, 1.2)])).toEqual([expect.stringContaining('data.not-evaluable raised')]);
});

test('semantics 7: a gap that no watermark proves to be silence still breaks the clear run of a linked condition', () => {
  const rules = bindDevice(bookOf(ruleWith(0, 2_000)), mine);
  const on = benchOf(rules);
  const take = (second: number, value = 0.2): readonly string[] => {
    const readings = [ch4(second, value), fanAt(second, false)].map((one, i) => readingOf(one, second, i));
    const judged = judge(rules, on.state(), { receivedAt: at(second), readings }, undefined);
    on.set(judged.state);
    return judged.transitions.map(told);
  };
  expect(take(0, 1.2)).toEqual(['raised orange firing @0']);
  // Silent after 600 s: the clear run begins anew after the gap before 1,210.
  expect([10, 600, 1_210, 1_800, 2_400, 3_000, 3_209].flatMap((second) => take(second))).toEqual([]);
  expect(take(3_210)).toEqual(['recovered orange @3210']);
});
