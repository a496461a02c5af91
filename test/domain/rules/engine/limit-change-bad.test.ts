import { byteWriter } from '../../../../functions/domain/bytes.ts';
import type { Rule } from '../../../../functions/domain/rules/book.ts';
import type { DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import type { RuleState } from '../../../../functions/domain/rules/engine/state.ts';
import { encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import type { Quality } from '../../../../functions/domain/telemetry/reading.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { benchOf, start } from '../../../support/engine/bench.ts';
import { deviceUnder } from '../../../support/engine/registered.ts';
import { boundTo, compare, device, input, limit, literal, ruleOf } from '../../../support/engine/rules.ts';
import { figure, windowOf } from '../../../support/engine/windows.ts';
import { overrideOf } from '../../../support/overrides.ts';

const limitFrom = (second: number, value: number, given = {}) => ({
  overrides: [overrideOf({ from: start + second * 1000, at: start, value, ...given })],
});
const methane = ruleOf({ levels: [{ severity: 'orange', at: 1 }], maxHoldMs: seconds(60) });
const slow = ruleOf({ levels: [{ severity: 'orange', at: 1, forS: 20 }], maxHoldMs: seconds(60) });
const bad = (one: ReturnType<typeof deviceUnder>, t: number, q: Quality, v = 0.1, receivedS = t): string[] =>
  one.send(t, v, receivedS, 'ch4', q).filter((line) => !line.startsWith('data.'));

describe('semantics 5, 22: a tightening judges the last good value behind a newest reading that is', () => {
  test.each([
    ['calibrating', 'firing'],
    ['maintenance', 'firing'],
    ['unknown', 'firing'],
    ['fault', 'stale'],
  ] as const)('%s, and the alert is %s', (quality, condition) => {
    const one = deviceUnder(methane);
    one.send(0, 0.85);
    expect([...bad(one, 2, quality), ...bad(one, 4, quality)]).toEqual([]);
    one.register(limitFrom(5, 0.8));
    expect(one.wait(6)).toEqual([`raised orange ${condition} @5`]);
    expect(one.drafts.at(-1)).toMatchObject({
      trigger: 'limit-changed',
      value: 0.85,
      quality: 'good',
      marks: [],
    });
    expect(one.wait(7)).toEqual([]);
  });

  test('calibrating, and not on what was read in calibration', () => {
    const one = deviceUnder(methane);
    one.send(0, 0.7);
    bad(one, 2, 'calibrating', 0.9);
    one.register(limitFrom(5, 0.8));
    expect(one.wait(6)).toEqual([]);
  });

  test('ignored by the rule', () => {
    const one = deviceUnder({ ...methane, quality: { ...methane.quality, calibrating: 'ignore' } });
    one.send(0, 0.85);
    bad(one, 2, 'calibrating');
    one.register(limitFrom(5, 0.8));
    expect(one.wait(6)).toEqual(['raised orange firing @5']);
  });

  test('bad for longer than a hold may last', () => {
    const one = deviceUnder({ ...methane, silent: { severity: 'blue', afterMs: seconds(600) } });
    one.send(0, 0.85);
    for (let t = 10; t <= 200; t += 10) bad(one, t, 'calibrating');
    one.register(limitFrom(205, 0.8));
    expect(one.wait(206)).toEqual(['raised orange firing @205']);
  });

  test('one of two at the instant of the good one', () => {
    const one = deviceUnder(methane);
    one.send(0, 0.1);
    one.send(2, 0.85);
    bad(one, 2, 'unknown');
    bad(one, 3, 'unknown');
    one.register(limitFrom(5, 0.8));
    expect(one.wait(6)).toEqual(['raised orange firing @5']);
  });

  test('unknown from the first: there is nothing to judge', () => {
    const one = deviceUnder(methane);
    bad(one, 0, 'unknown', 0.85);
    one.register(limitFrom(5, 0.8));
    expect(one.wait(6)).toEqual([]);
  });
});

describe('semantics 7, 22: behind a bad newest reading', () => {
  test('a tightening starts `for`, which a bad reading neither ends nor resets, and the deadline raises', () => {
    const one = deviceUnder({ ...slow, silent: { severity: 'blue', afterMs: seconds(600) } });
    one.send(0, 0.85);
    bad(one, 2, 'calibrating');
    one.register(limitFrom(5, 0.8));
    expect([...one.wait(6), ...bad(one, 30, 'calibrating')]).toEqual([]);
    expect(one.wait(56)).toEqual(['raised orange firing @55']);
  });

  test('a loosening ends a run that waits when the last good value contradicts it', () => {
    const one = deviceUnder({ ...slow, silent: { severity: 'blue', afterMs: seconds(600) } });
    one.send(0, 1.2);
    bad(one, 2, 'unknown');
    one.register(limitFrom(5, 2, { isSigned: true }));
    expect([...one.wait(6), ...one.wait(100)]).toEqual([]);
  });

  test.each(['over-range', 'calibrating'] as const)(
    'a good value from before a breach that is %s does not end its run',
    (quality) => {
      const one = deviceUnder({ ...slow, silent: { severity: 'blue', afterMs: seconds(600) } });
      one.send(0, 0.5);
      bad(one, 2, quality, 3);
      one.register(limitFrom(5, 0.8));
      expect(one.wait(6)).toEqual([]);
      expect(one.wait(100).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(['raised orange']);
    },
  );

  test('a breach that a hold delays is raised by a good value that the new limit makes a breach too', () => {
    const one = deviceUnder(methane);
    one.send(0, 0.85);
    expect(bad(one, 2, 'calibrating', 1.5)).toEqual([]);
    one.register(limitFrom(5, 0.8));
    expect(one.wait(6)).toEqual(['raised orange firing @5']);
  });

  test('nothing is cleared: what stands goes on standing', () => {
    const one = deviceUnder(methane);
    one.send(0, 1.2);
    one.send(5, 0.5);
    bad(one, 8, 'unknown');
    one.register(limitFrom(9, 0.8));
    expect([...one.wait(10), ...one.send(20, 0.5)]).toEqual([]);
  });
});

test('semantics 22, 24: a late good reading behind a bad one is the value that the change judges then', () => {
  const one = deviceUnder({ ...methane, silent: { severity: 'blue', afterMs: seconds(600) } });
  one.send(0, 0.1);
  bad(one, 4, 'calibrating');
  one.register(limitFrom(5, 0.8));
  expect(one.wait(6)).toEqual([]);
  expect(one.send(3, 0.85, 12)).toEqual([]);
  expect(one.due()).toBe(12);
  expect(one.wait(13)).toEqual(['raised orange firing @12']);
});

const ruleWith = (when: Expression, more: Partial<Rule>): Rule => ({
  ...ruleOf({ limits: { orange: limit(1) }, silent: { afterMs: seconds(600), severity: 'blue' }, ...more }),
  severities: [{ severity: 'orange', when, forMs: seconds(0), clearForMs: seconds(0) }],
});

test('semantics 17, 22: the window is taken as it was at the last good value, however long ago', () => {
  const average = ruleWith(compare('ge', figure('avg'), input('limits.orange')), {
    windows: [windowOf({ lengthS: 60, functions: ['avg'] })],
  });
  const one = deviceUnder(average);
  for (const t of [0, 20, 40]) one.send(t, 0.85);
  for (let t = 60; t < 300; t += 20) bad(one, t, 'calibrating');
  one.register(limitFrom(300, 0.8));
  expect(one.wait(301)).toEqual(['raised orange firing @300']);
  const [draft] = one.drafts.filter(({ ruleId }) => ruleId === 'test.rule');
  expect(replay(draft?.because ?? '', one.rules())).toBe(draft?.because);
  expect(replay(draft?.because ?? '', boundTo(average))).toBe(draft?.because);
});

test.each([
  [false, ['raised orange firing @10']],
  [true, []],
])('semantics 19, 22: beside what the other sensor has said since: a fan that runs: %s', (runs, told) => {
  const fan = { sensorId: 'fan', quantity: 'fan-state', unit: '1', period: 10_000 };
  const when: Expression = {
    op: 'and',
    left: compare('ge', input('value'), input('limits.orange')),
    right: compare('eq', input('sensor.fan.value'), literal(false)),
  };
  const one = deviceUnder(ruleWith(when, { roles: { fan: { quantity: 'fan-state' } } }), device([{}, fan]));
  one.send(0, !runs, 0, 'fan');
  one.send(0, 0.85);
  bad(one, 2, 'calibrating');
  one.send(5, runs, 5, 'fan');
  one.register(limitFrom(10, 0.8));
  expect(one.wait(11)).toEqual(told);
  for (const { because } of one.drafts) expect(replay(because, one.rules())).toBe(because);
});

test('semantics 5, 19, 22: a rule that asks for the state of its sensor is asked about it, beside the last good values of the others', () => {
  const when: Expression = {
    op: 'and',
    left: compare('eq', input('quality'), literal('calibrating')),
    right: {
      op: 'peers',
      how: 'atLeast',
      least: 1,
      quantity: 'methane',
      of: compare('ge', input('peer.value'), input('limits.orange')),
    },
  };
  const quality = { ...methane.quality, calibrating: 'unknown' } as const;
  const rule = ruleWith(when, { kind: 'data-quality', quality });
  const one = deviceUnder(rule, device([{}, { sensorId: 'b' }]));
  one.send(0, 0.1);
  bad(one, 2, 'calibrating', 3);
  one.send(3, 0.85, 3, 'b');
  const own = () => one.drafts.filter(({ sensorId, ruleId }) => sensorId === 'ch4' && ruleId === 'test.rule');
  one.register(limitFrom(5, 0.8));
  one.wait(6);
  expect(own()).toMatchObject([{ change: 'raised', trigger: 'limit-changed', quality: 'calibrating' }]);
  for (const { because } of own()) expect(replay(because, one.rules())).toBe(because);
});

const bytesOf = (rules: DeviceRules, state: RuleState): number => {
  const writer = byteWriter();
  encodeRules(writer, rules, state);
  return writer.finish().length;
};

test('semantics 22, 29: the last good value takes six bytes behind a bad reading, and none when the sensor reads well again', () => {
  const rules = boundTo(methane);
  const bench = benchOf(rules);
  const without = (): RuleState => ({
    ...bench.state(),
    sensors: bench.state().sensors.map((sensor) => ({ ...sensor, lastGood: undefined })),
  });
  bench.send([{ t: 0, v: 0.85 }]);
  bench.send([{ t: 5, q: 'unknown' }]);
  expect(bytesOf(rules, bench.state()) - bytesOf(rules, without())).toBe(6);
  bench.send([{ t: 10, v: 0.85 }]);
  expect(bytesOf(rules, bench.state())).toBe(bytesOf(rules, without()));
});
