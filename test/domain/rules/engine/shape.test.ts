import type { Rule, WindowSpec } from '../../../../functions/domain/rules/book.ts';
import { shapeOf } from '../../../../functions/domain/rules/engine/shape.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { duration, minutes, seconds } from '../../../../functions/domain/time.ts';
import { compare, either, input, limit, literal, ruleOf, valueIs } from '../../../support/engine/rules.ts';

const average = (window: number): Expression =>
  compare('ge', { op: 'window', fn: 'avg', window }, input('limits.orange'));

const window = (more: Partial<WindowSpec>): WindowSpec => ({
  lengthMs: minutes(10),
  backMs: duration(0),
  countMin: 1,
  functions: ['avg'],
  ...more,
});

/** A rule with one orange severity that asks `when`. */
const rule = (
  when: Expression,
  more: Partial<Rule> = {},
  severity: Partial<Rule['severities'][number]> = {},
) => {
  const plain = ruleOf(more);
  return { ...plain, severities: plain.severities.map((one) => ({ ...one, when, ...severity })) };
};

const shape = (of: Rule): number => {
  const [severity] = of.severities;
  if (!severity) throw new Error('the rule has no severity');
  return shapeOf(of, severity);
};

const value = valueIs('ge', 'orange');
const fan: Expression = { op: 'and', left: value, right: { op: 'not', of: input('sensor.fan.value') } };
const windows = [window({})];
const twoWindows = [window({}), window({ lengthMs: minutes(5) })];
const roles = { fan: { quantity: 'fan-state' } };

test.each<[string, Rule, Rule]>([
  ['a title and an advice', rule(value), rule(value, { title: { zh: '新', en: 'new' } })],
  ['the clearing', rule(value), rule(value, {}, { clear: valueIs('lt', 'orange'), clearForMs: seconds(99) })],
  [
    'a limit that it does not name',
    rule(value),
    rule(value, { limits: { orange: limit(1), other: limit(9) } }),
  ],
  [
    'the number of its window',
    rule(average(0), { windows }),
    rule(average(1), { windows: [window({ lengthMs: minutes(5) }), window({})] }),
  ],
  [
    'what others ask of its window',
    rule(average(0), { windows }),
    rule(average(0), { windows: [window({ functions: ['avg', 'max'] })] }),
  ],
  ['a role that it does not name', rule(value), rule(value, { roles })],
  [
    'a role that its window does not name',
    rule(average(0), { windows: [window({ role: 'fan' })], roles }),
    rule(average(0), { windows: [window({ role: 'fan' })], roles: { ...roles, pump: roles.fan } }),
  ],
  ['a window that it does not name', rule(value), rule(value, { windows })],
])('semantics 23: %s may change and timers go on', (_, before, after) => {
  expect(shape(after)).toBe(shape(before));
});

test.each<[string, Rule, Rule]>([
  ['select', rule(value), rule(value, { select: { quantities: ['methane'], positions: ['T1'] } })],
  ['when', rule(value), rule(valueIs('gt', 'orange'))],
  ['a limit that it names', rule(value), rule(value, { limits: { orange: limit(2) } })],
  [
    'a limit by grade',
    rule(value),
    rule(value, { limits: { orange: { ...limit(1), byGrade: { 1: 0.5 } } } }),
  ],
  [
    'a limit by substance',
    rule(value),
    rule(value, { limits: { orange: { ...limit(1), bySubstance: { '74-82-8': 0.5 } } } }),
  ],
  ['unit', rule(value), rule(value, { unit: '[ppm]' })],
  [
    'number that it compares with',
    rule(compare('ge', input('value'), literal(1))),
    rule(compare('ge', input('value'), literal(2))),
  ],
  ['for', rule(value), rule(value, {}, { forMs: seconds(7) })],
  ['times', rule(value), rule(value, {}, { times: { count: 3, withinMs: minutes(1), consecutive: false } })],
  [
    'the length of its window',
    rule(average(0), { windows }),
    rule(average(0), { windows: [window({ lengthMs: minutes(11) })] }),
  ],
  [
    'the sensor of its window',
    rule(average(0), { windows }),
    rule(average(0), { windows: [window({ role: 'fan' })], roles }),
  ],
  [
    'the sensor that the role of its window stands for',
    rule(average(0), { windows: [window({ role: 'fan' })], roles }),
    rule(average(0), { windows: [window({ role: 'fan' })], roles: { fan: { quantity: 'pump-state' } } }),
  ],
  [
    'the order of its windows',
    rule(either(average(0), average(1)), { windows: twoWindows }),
    rule(either(average(1), average(0)), { windows: twoWindows }),
  ],
  [
    'the sensor that a role stands for',
    rule(fan, { roles }),
    rule(fan, { roles: { fan: { quantity: 'fan-state', tags: ['main'] } } }),
  ],
])('semantics 23: with another %s it is another severity', (_, before, after) => {
  expect(shape(after)).not.toBe(shape(before));
});

test('semantics 23: a condition that names a window of which its rule knows nothing has a shape all the same', () => {
  expect(shape(rule(average(0)))).toBe(shape(rule(average(3))));
  expect(shape(rule(average(0)))).not.toBe(shape(rule(average(0), { windows })));
});
