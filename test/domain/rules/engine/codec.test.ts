import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import { AlertId, RuleId } from '../../../../functions/domain/ids.ts';
import type { Rule } from '../../../../functions/domain/rules/book.ts';
import type { DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import { bindDevice } from '../../../../functions/domain/rules/engine/bind.ts';
import { newestValueOf } from '../../../../functions/domain/rules/engine/cell.ts';
import { settled } from '../../../../functions/domain/rules/engine/settled.ts';
import {
  emptyRuleState,
  hintOf,
  type RuleState,
  withHint,
} from '../../../../functions/domain/rules/engine/state.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
import { calmOf } from '../../../../functions/domain/rules/engine/work.ts';
import { judge } from '../../../../functions/domain/rules/engine.ts';
import { at, benchOf, feed, readingOf, type TestBench } from '../../../support/engine/bench.ts';
import { bookOf, boundTo, device, ruleOf } from '../../../support/engine/rules.ts';

const bytesOf = (rules: DeviceRules, state: RuleState): Uint8Array => {
  const writer = byteWriter();
  encodeRules(writer, rules, state);
  return writer.finish();
};

const carried = (bench: TestBench, from: DeviceRules, to: DeviceRules): TestBench => {
  const other = benchOf(to);
  other.set(decodeRules(byteReader(bytesOf(from, bench.state())), to));
  return other;
};

const hint = { alertId: AlertId.parse('alert-1'), alertVersion: 7 };
const testRule = RuleId.parse('test.rule');
const levels = [
  { severity: 'orange', at: 1, forS: 10 },
  { severity: 'red', at: 2 },
] as const;
const rules = boundTo(ruleOf({ levels }));

test('semantics 29: twenty idle sensors under three severities fit 600 bytes', () => {
  const sensors = Array.from({ length: 20 }, (_, i) => ({ sensorId: `methane-face-${i}` }));
  const many = boundTo(
    ruleOf({
      id: RuleId.parse('gas.combustible.compartment'),
      levels: [
        { severity: 'yellow', at: 1 },
        { severity: 'orange', at: 2 },
        { severity: 'red', at: 3 },
      ],
    }),
    device(sensors),
  );
  const bench = benchOf(many);
  for (let t = 0; t < 1_000_000; t += 100_000)
    bench.set(
      judge(
        many,
        bench.state(),
        {
          receivedAt: at(t + 4.321),
          readings: sensors.map(({ sensorId }, i) =>
            readingOf({ t: t - i * 3 + 0.123, v: 0.37 + i / 100, sensor: sensorId }, t + 4.321, i),
          ),
        },
        undefined,
      ).state,
    );
  expect(bench.drafts).toEqual([]);
  expect(bytesOf(many, bench.state()).length).toBeLessThanOrEqual(600);
});

test('semantics 29: a further rule under which the sensor is idle since the same instant takes two bytes', () => {
  const third = ruleOf({
    id: RuleId.parse('test.third'),
    levels: [...levels, { severity: 'yellow', at: 0.5 }],
  });
  const bytesUnder = (...more: readonly Rule[]): number => {
    const bound = bindDevice(bookOf(ruleOf({ levels }), ...more), device());
    const bench = benchOf(bound);
    feed(bench, [0, 0.2], [20, 0.3]);
    return bytesOf(bound, bench.state()).length;
  };
  const named = (id: string, severityCount: number): number => id.length + 2 + 5 * severityCount;
  expect(bytesUnder(third) - bytesUnder()).toBe(named('test.third', 3) + 2);
});

test('cells that are alike and cells that differ are read as they were written, in any order', () => {
  const book = bookOf(
    ...[3, 1, 3, 2].map((limit, i) =>
      ruleOf({ id: RuleId.parse(`test.rule-${i}`), levels: [{ severity: 'orange', at: limit, forS: 10 }] }),
    ),
  );
  const all = bindDevice(book, device());
  const bench = benchOf(all);
  for (const [t, v] of [
    [0, 0.2],
    [10, 1.5],
    [20, 2.5],
    [30, 3.5],
    [40, 0.2],
    [900, 0.2],
  ] as const) {
    bench.send([{ t, v }]);
    const read = decodeRules(byteReader(bytesOf(all, bench.state())), all);
    expect(bytesOf(all, read)).toEqual(bytesOf(all, bench.state()));
    const [kept, other] = [benchOf(all), benchOf(all)];
    kept.set(bench.state());
    other.set(read);
    expect(feed(other, [t + 5, 3.5], [t + 20, 3.5])).toEqual(feed(kept, [t + 5, 3.5], [t + 20, 3.5]));
  }
});

test('a state is read as it was written, with values of every kind', () => {
  for (const v of [0, -1.25, 0.001, 1 / 3, 1e15, 1e-9, true, false, 'open', undefined]) {
    const bench = benchOf(rules);
    bench.send([v === undefined ? { t: 0 } : { t: 0, v }]);
    const bytes = bytesOf(rules, bench.state());
    const read = decodeRules(byteReader(bytes), rules);
    const { cells, sensors } = bench.state();
    expect(read.cells).toEqual(
      rules.conditions.map(({ slot, sensorSlot }) => {
        const cell = cells[slot];
        return cell && settled(cell, calmOf(sensors[sensorSlot]));
      }),
    );
    expect(read.sensors.map(newestValueOf)).toEqual(sensors.map(newestValueOf));
    expect(bytesOf(rules, read)).toEqual(bytes);
  }
});

test('hints are kept per rule and sensor, the alerts on data included, and can be forgotten', () => {
  let state = emptyRuleState(rules, at(0));
  for (const ruleId of [testRule, RuleId.parse('data.fault'), RuleId.parse('data.not-evaluable')]) {
    expect(hintOf(state, ruleId, 'ch4')).toBeUndefined();
    state = withHint(state, ruleId, 'ch4', hint);
    state = decodeRules(byteReader(bytesOf(rules, state)), rules);
    expect(hintOf(state, ruleId, 'ch4')).toEqual(hint);
    expect(hintOf(withHint(state, ruleId, 'ch4', undefined), ruleId, 'ch4')).toBeUndefined();
  }
});

test('semantics 23: timers survive a change that leaves a severity as it was', () => {
  const bench = benchOf(rules);
  feed(bench, [0, 1]);
  const titled = boundTo(ruleOf({ levels, version: 'v2', title: { zh: '新', en: 'new' } }));
  expect(feed(carried(bench, rules, titled), [10, 1])).toEqual(['raised orange firing @10']);
});

test('semantics 23: what fires goes on firing under a new condition until its `clear` holds', () => {
  const bench = benchOf(rules);
  feed(bench, [0, 2]);
  const stricter = boundTo(
    ruleOf({
      levels: [
        { severity: 'orange', at: 0.5, forS: 10 },
        { severity: 'red', at: 1.5 },
      ],
      version: 'v2',
    }),
  );
  const on = carried(bench, rules, stricter);
  expect(feed(on, [5, 0.7], [15, 0.7])).toEqual(['severity-down orange firing @15']);
  expect(feed(on, [20, 0.4], [30, 0.4])).toEqual(['recovered orange @30']);
});

test('semantics 23: a run keeps its start under a new condition if the last good value fulfils it', () => {
  const bench = benchOf(rules);
  feed(bench, [0, 1.2]);
  const at_ = (limit: number) =>
    boundTo(ruleOf({ version: 'v2', levels: [{ severity: 'orange', at: limit, forS: 10 }] }));
  expect(feed(carried(bench, rules, at_(1.1)), [10, 1.2])).toEqual(['raised orange firing @10']);
  expect(feed(carried(bench, rules, at_(1.3)), [10, 1.4], [19, 1.4])).toEqual([]);
});

test('semantics 23: a severity that is gone goes on as another until it clears', () => {
  const bench = benchOf(rules);
  feed(bench, [0, 2]);
  const lighter = boundTo(ruleOf({ version: 'v2', levels: [{ severity: 'orange', at: 1, forS: 10 }] }));
  const on = carried(bench, rules, lighter);
  expect(feed(on, [5, 1])).toEqual(['severity-down orange firing @5']);
  expect(feed(on, [10, 0], [20, 0])).toEqual(['recovered orange @20']);
});

test('semantics 23: an open alert outlives its rule and its sensor, and goes on when they come back', () => {
  const gone = [bindDevice(bookOf(), device()), boundTo(ruleOf({ levels }), device([{ sensorId: 'other' }]))];
  for (const without of gone) {
    const bench = benchOf(rules);
    feed(bench, [0, 2]);
    bench.set(withHint(bench.state(), testRule, 'ch4', hint));
    const away = carried(bench, rules, without);
    expect(hintOf(away.state(), testRule, 'ch4')).toEqual(hint);
    const longer = carried(away, without, without);
    expect(hintOf(longer.state(), testRule, 'ch4')).toEqual(hint);
    const back = carried(longer, without, rules);
    expect(back.state().orphans).toEqual([]);
    expect(hintOf(back.state(), testRule, 'ch4')).toEqual(hint);
    expect(feed(back, [100, 0], [110, 0]).filter((line) => line.startsWith('recovered'))).toEqual([
      'recovered red @110',
    ]);
  }
});

test('the alerts on the data of a sensor outlive it too', () => {
  const bench = benchOf(rules);
  bench.send([{ t: 0, q: 'fault' }]);
  const without = boundTo(ruleOf({ levels }), device([{ sensorId: 'other' }]));
  const back = carried(carried(bench, rules, without), without, rules);
  expect(feed(back, [5, 0], [10, 0])).toContain('data.fault recovered yellow @10');
});

test('the silence of a sensor or a rule that is new counts from what is known of it', () => {
  const bench = benchOf(rules, 80);
  feed(bench, [100, 0]);
  const more = boundTo(ruleOf({ levels }), device([{}, { sensorId: 'new' }]));
  const on = carried(bench, rules, more);
  on.send([{ t: 129, v: 0 }]);
  expect(on.wait(130.001)).toEqual(['raised orange stale @130']);
  expect(on.drafts.map(({ sensorId }) => sensorId)).toEqual(['new']);
  const second = bindDevice(bookOf(ruleOf({ levels }), ruleOf({ id: RuleId.parse('test.two') })), device());
  expect(carried(bench, rules, second).wait(130.001)).toHaveLength(2);
});

test('a state is judged under other rules than it was made with as if it had been stored between', () => {
  const bench = benchOf(rules);
  feed(bench, [0, 1]);
  const again = boundTo(ruleOf({ levels }));
  const message = { receivedAt: at(10), readings: [readingOf({ t: 10, v: 1 }, 10)] };
  expect(judge(again, bench.state(), message, at(10)).transitions).toEqual(
    judge(rules, bench.state(), message, at(10)).transitions,
  );
});

test('bytes that end early are a broken invariant', () => {
  const bytes = bytesOf(rules, emptyRuleState(rules, at(0)));
  expect(() => decodeRules(byteReader(bytes.slice(0, -1)), rules)).toThrow('ends early');
});
