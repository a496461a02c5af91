import type { Rule } from '../../../../functions/domain/rules/book.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { start } from '../../../support/engine/bench.ts';
import { deviceUnder } from '../../../support/engine/registered.ts';
import {
  boundTo,
  compare,
  device,
  input,
  limit,
  literal,
  ruleOf,
  valueIs,
} from '../../../support/engine/rules.ts';
import { figure, windowOf } from '../../../support/engine/windows.ts';
import { overrideOf } from '../../../support/overrides.ts';

const tightenedAt = (second: number, value: number) => ({
  overrides: [overrideOf({ from: start + second * 1000, at: start, value })],
});

const ruleWith = (when: Expression, more: Partial<Rule> = {}): Rule => ({
  ...ruleOf({
    limits: { orange: limit(1) },
    silent: { afterMs: seconds(600), severity: 'blue' },
    ...more,
  }),
  severities: [{ severity: 'orange', when, forMs: seconds(0), clearForMs: seconds(0) }],
});

const average = ruleWith(compare('ge', figure('avg'), input('limits.orange')), {
  windows: [windowOf({ lengthS: 60, functions: ['avg'] })],
});

const fan = { sensorId: 'fan', quantity: 'fan-state', unit: '1', period: 10_000 };
const whileFanStands = ruleWith(
  {
    op: 'and',
    left: valueIs('ge', 'orange'),
    right: compare('eq', input('sensor.fan.value'), literal(false)),
  },
  { roles: { fan: { quantity: 'fan-state' } } },
);
const withFan = device([{}, fan]);

test.each([
  ['raises what the window of the last values is above', 0.6, ['raised orange firing @45']],
  ['raises nothing that it is below', 0.61, []],
])('semantics 22: a tightening, at once and on the window, %s', (_, value, told) => {
  const one = deviceUnder(average);
  for (const [t, v] of [
    [0, 0.9],
    [20, 0.6],
    [40, 0.3],
  ] as const)
    one.send(t, v);
  one.register(tightenedAt(45, value));
  expect(one.wait(46)).toEqual(told);
});

test('semantics 17, 22: a tightening long after the last reading is judged on the window as it was then', () => {
  const one = deviceUnder(average);
  for (const t of [0, 20, 40]) one.send(t, 0.6);
  one.register(tightenedAt(500, 0.6));
  expect(one.wait(501)).toEqual(['raised orange firing @500']);
});

test('semantics 18, 22: a tightened limit that the value will reach raises at once', () => {
  const when: Expression = {
    op: 'willReach',
    window: 0,
    limit: input('limits.orange'),
    withinMs: seconds(60),
  };
  const one = deviceUnder(ruleWith(when, { windows: [windowOf({ lengthS: 60, functions: ['slope'] })] }));
  for (let t = 0; t <= 60; t += 10) expect(one.send(t, t / 200)).toEqual([]);
  one.register(tightenedAt(65, 0.5));
  expect(one.wait(66)).toEqual(['raised orange firing @65']);
});

test.each([
  [false, ['raised orange firing @10']],
  [true, []],
])(
  'semantics 22: a tightening is judged beside what the other sensor said last: a fan that runs: %s',
  (runs, told) => {
    const one = deviceUnder(whileFanStands, withFan);
    one.send(0, !runs, 0, 'fan');
    one.send(0, 0.85);
    one.send(5, runs, 5, 'fan');
    one.register(tightenedAt(10, 0.8));
    expect(one.wait(11)).toEqual(told);
  },
);

test('semantics 19, 22: what the other sensor was silent about when the condition was judged is unknown', () => {
  const one = deviceUnder(whileFanStands, withFan);
  one.send(0, false, 0, 'fan');
  one.send(31, 0.85);
  one.register(tightenedAt(35, 0.8));
  expect(one.wait(36)).toEqual([]);
});

test('semantics 22: a tightening of a condition on other sensors alone needs no reading of its own sensor', () => {
  const when = compare('ge', input('sensor.wind.value'), input('limits.orange'));
  const wind = { sensorId: 'wind', quantity: 'wind-speed', unit: 'm/s' };
  const rule = ruleWith(when, { roles: { wind: { quantity: 'wind-speed' } } });
  const one = deviceUnder(rule, device([{}, wind]));
  one.send(5, 0.85, 5, 'wind');
  one.register(tightenedAt(10, 0.8));
  expect(one.wait(11)).toEqual(['raised orange firing @10']);
});

test('semantics 22: a loosening ends a run that waits when the window of the last values contradicts it', () => {
  const [orange] = average.severities;
  const slow = { ...average, severities: orange ? [{ ...orange, forMs: seconds(60) }] : [] };
  const one = deviceUnder(slow);
  for (const t of [0, 20, 40]) one.send(t, 1.2);
  one.register({
    overrides: [overrideOf({ from: start + 45_000, at: start, value: 2, isSigned: true })],
  });
  expect(one.wait(500)).toEqual([]);
});

test('semantics 25: the record of a changed limit holds what was asked, and replays to the same bytes', () => {
  const cases = [deviceUnder(average), deviceUnder(whileFanStands, withFan)];
  for (const one of cases) {
    one.send(0, false, 0, 'fan');
    for (const t of [0, 20, 40]) one.send(t, 0.85);
    one.send(41, false, 41, 'fan');
    one.register(tightenedAt(45, 0.8));
    one.wait(46);
    const [draft] = one.drafts;
    expect(draft?.trigger).toBe('limit-changed');
    expect(JSON.parse(draft?.because ?? '').asked).toHaveLength(1);
    expect(replay(draft?.because ?? '', one.rules())).toBe(draft?.because);
  }
  const [first] = cases.flatMap(({ drafts }) => drafts);
  expect(replay(first?.because ?? '', boundTo(average))).toBe(first?.because);
});
