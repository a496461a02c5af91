import type { SeverityRule } from '../../../../functions/domain/rules/book.ts';
import { type BoundSeverity, bindSeverities } from '../../../../functions/domain/rules/engine/bind.ts';
import { shapeOf } from '../../../../functions/domain/rules/engine/shape.ts';
import { duration, minutes } from '../../../../functions/domain/time.ts';
import { at } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { scheduleOf } from '../../../support/engine/gated.ts';
import { boundTo, device, ruleOf } from '../../../support/engine/rules.ts';
import { overrideOf } from '../../../support/overrides.ts';

const schedule = scheduleOf([[0, 60]]);
const times = { count: 2, withinMs: minutes(1), consecutive: false };

const severityWith = (given: Partial<SeverityRule>): BoundSeverity => {
  const rule = ruleOf();
  const [bound] = conditionOf({
    ...rule,
    severities: rule.severities.map((one) => ({ ...one, ...given })),
  }).severities;
  if (bound === undefined) throw new Error('a rule without severities');
  return bound;
};

test('semantics 15, 16: a severity with a count or a schedule is gated', () => {
  const gates = [{}, { times }, { schedule }, { times, schedule }];
  expect(gates.map((gate) => severityWith(gate).isGated)).toEqual([false, true, true, true]);
});

test.each([
  ['blue', true],
  ['yellow', true],
  ['orange', false],
  ['red', false],
] as const)('semantics 16: that its schedule closes ends %s: %s', (severity, isEnded) => {
  expect(severityWith({ severity, schedule }).endsAtClosing).toBe(isEnded);
  expect(severityWith({ severity, times }).endsAtClosing).toBe(false);
});

test('semantics 23: the shape of a severity is that of its rule', () => {
  const rule = ruleOf({
    levels: [
      { severity: 'yellow', at: 1 },
      { severity: 'red', at: 2, forS: 5 },
    ],
  });
  const { severities } = conditionOf(rule);
  expect(severities.map(({ rule: of }) => of)).toEqual(rule.severities);
  expect(severities.map(({ shape }) => shape)).toEqual(rule.severities.map((one) => shapeOf(rule, one)));
});

test('semantics 2: a severity without a `clear` has none', () => {
  const levels = [{ severity: 'orange', at: 1, below: 0.5 }] as const;
  const [clearing] = conditionOf(ruleOf({ levels })).severities;
  const says = [0.4, 0.5].map((value) => clearing?.clear?.({ value, quality: 'good' }));
  expect(says).toEqual([true, false]);
  expect(severityWith({}).clear).toBeUndefined();
  expect([0.9, 1].map((value) => severityWith({}).when({ value, quality: 'good' }))).toEqual([false, true]);
});

describe('the severities of a rule', () => {
  const of = (overrides = [overrideOf({ scope: { kind: 'sensor', deviceId: 'dev-1', sensorId: 'b' } })]) =>
    boundTo(ruleOf(), { ...device([{}, { sensorId: 'b' }, { sensorId: 'c' }]), overrides }).conditions.map(
      ({ severities }) => severities,
    );

  test('are shared by sensors for which its limits are the same', () => {
    const [first, overridden, third] = of();
    expect(third).toBe(first);
    expect(overridden).not.toBe(first);
    expect([...(overridden ?? [])].map(({ when }) => when({ value: 0.9, quality: 'good' }))).toEqual([true]);
  });

  test('semantics 22: are not shared by those for which they have changed', () => {
    const dated = overrideOf({
      ...{ from: at(10), value: 0.5 },
      scope: { kind: 'sensor', deviceId: 'dev-1', sensorId: 'b' },
    });
    const [first, changed] = of([dated]);
    const says = (severities = first) =>
      [9, 10].map((t) => severities?.[0]?.when({ value: 0.9, quality: 'good', phenomenonAt: at(t) }));
    expect(says(first)).toEqual([false, false]);
    expect(says(changed)).toEqual([false, true]);
  });

  test('are unknown of a history without an era', () => {
    const rule = ruleOf();
    const [bound] = bindSeverities(rule, []);
    expect(bound).toMatchObject({ rule: rule.severities[0], rank: 3, clear: undefined });
  });
});

test('timers of a severity survive a change of `clearFor` alone', () => {
  expect(severityWith({ clearForMs: duration(1) }).shape).toBe(severityWith({}).shape);
  expect(severityWith({ forMs: duration(1) }).shape).not.toBe(severityWith({}).shape);
});
