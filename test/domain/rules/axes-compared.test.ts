import type { AxesInput } from '../../../functions/domain/rules/axes.ts';
import type { Comparison, Expression } from '../../../functions/domain/rules/expression.ts';
import { quantityOf } from '../../../functions/domain/telemetry/quantities.ts';
import { calculate, overAxes } from '../../support/engine/axes.ts';
import { choose, compare, input, literal } from '../../support/engine/rules.ts';
import { figure } from '../../support/engine/windows.ts';

const value = input('value');
const base = input('sensor.base.value');
const average = figure('avg');
const isLow = compare('lt', value, literal(-9));
const above = (left: Expression, than = 3): Expression => compare('gt', left, literal(than));
const isIn = (left: Expression, ...list: readonly (number | string)[]): Expression => ({
  op: 'in',
  left,
  list,
});

/** Where each axis that can be looked into turns; `opaque` of one that cannot. */
const turnsOf = (condition: Expression, given: Partial<AxesInput> = {}) =>
  Object.fromEntries(
    [...overAxes(condition, given).axes].map(([name, { isOpaque, points }]) =>
      isOpaque ? ['opaque', name === JSON.stringify(condition)] : [name, [...points]],
    ),
  );

test.each<readonly [string, Expression, Readonly<Record<string, unknown>>]>([
  ['the value', above(value), { value: [3] }],
  ['the value, from the right', compare('lt', literal(3), value), { value: [3] }],
  ['a limit', compare('gt', value, input('limits.high')), { value: [2] }],
  ['a multiple', above(calculate('multiply', value, literal(-2)), 5), { value: [-2.5] }],
  ['a sum', above(calculate('add', value, literal(1))), { value: [2] }],
  ['a window', above(average), { 'window.0.avg': [3] }],
  ['a distance from 0', above({ op: 'absolute', of: average }), { 'window.0.avg': [3, -3] }],
  ['the least', above({ op: 'least', of: [average, literal(7)] }), { 'window.0.avg': [3] }],
  ['the greatest', above({ op: 'greatest', of: [average, literal(7)] }), { 'window.0.avg': [3] }],
  ['a choice', above(choose(isLow, value, literal(5))), { value: [3, -9] }],
  ['numbers that are written', compare('gt', literal(2), literal(1)), {}],
  ['a list', isIn(calculate('add', value, literal(1)), 1, 3), { value: [0, 2] }],
  ['what is left of a division', above(calculate('modulo', average, literal(2))), { opaque: true }],
  [
    'two choices between sums',
    above(choose(isLow, calculate('add', value, base), calculate('subtract', value, base))),
    { opaque: true },
  ],
  ['a product of two', above(calculate('multiply', value, base)), { opaque: true }],
  ['a number and a truth value', compare('eq', value, literal(true)), { value: [] }],
  [
    'two choices between truth values',
    compare('eq', choose(isLow, isLow, isLow), choose(isLow, isLow, isLow)),
    { value: [-9] },
  ],
  ['a word and a number', compare('eq', input('mode'), literal(5)), { opaque: true }],
  ['two words that are written', compare('eq', literal('a'), literal('b')), { opaque: true }],
  [
    'a choice between words',
    compare('eq', choose(isLow, input('mode'), input('mode')), literal('normal')),
    { opaque: true },
  ],
  [
    'a word in a list of a choice',
    isIn(choose(isLow, input('mode'), input('mode')), 'normal'),
    { opaque: true },
  ],
])('a comparison of %s turns there', (_, condition, turns) => {
  expect(turnsOf(condition)).toEqual(turns);
});

test('two truth values that are asked are compared as they are', () => {
  const given = { quantity: quantityOf('fan-state'), roles: { fan: { quantity: 'fan-state' } } };
  expect(turnsOf(compare('eq', value, input('sensor.fan.value')), given)).toEqual({
    value: [],
    'sensor.fan.value': [],
  });
});

test('a word that something is compared with is one that it may be', () => {
  const wordsOf = (condition: Expression) => [...(overAxes(condition).axes.get('source.kind')?.words ?? [])];
  const kind = input('source.kind');
  expect(wordsOf(compare('eq', kind, literal('tank')))).toEqual(['(another)', 'tank']);
  expect(wordsOf(compare('ne', literal('tank'), kind))).toEqual(['(another)', 'tank']);
  expect(wordsOf(isIn(kind, 'tank', 'pipe'))).toEqual(['(another)', 'tank', 'pipe']);
});

test('numbers in a list are no words', () => {
  expect([...(overAxes(isIn(value, 1, 3)).axes.get('value')?.words ?? [])]).toEqual([]);
});

test.each<readonly [Comparison, Comparison]>([
  ['gt', 'lt'],
  ['ge', 'le'],
  ['lt', 'gt'],
  ['le', 'ge'],
  ['eq', 'eq'],
  ['ne', 'ne'],
])('a sum of which the first part is taken away turns %s to %s', (op, flipped) => {
  const twice = calculate('multiply', value, literal(2));
  const left = calculate('subtract', twice, calculate('multiply', base, literal(4)));
  const { axes, trees } = overAxes(compare(op, left, literal(6)));
  const name = '[["sensor.base.value",1],["value",-0.5]]';
  expect([...axes.keys()]).toEqual([name]);
  expect(axes.get(name)).toEqual({
    kind: 'number',
    points: new Set([-1.5]),
    words: new Set(),
    parts: new Map([
      ['sensor.base.value', { factor: 1, tie: 'sensor.base' }],
      ['value', { factor: -0.5, tie: 'value' }],
    ]),
    isOpaque: false,
    ties: new Set(['sensor.base', 'value']),
  });
  expect(trees).toEqual([compare(flipped, input('sensor.0.value'), literal(-1.5))]);
});

test('a sum that begins with what is added keeps its direction', () => {
  const sum = calculate('subtract', calculate('multiply', base, literal(2)), value);
  expect(overAxes(above(sum, 5)).trees).toEqual([above(input('sensor.0.value'), 2.5)]);
});

const asked = input('sensor.0.value');
test.each<readonly [string, (of: Expression) => Expression]>([
  ['a sign turned', (of) => ({ op: 'negate', of })],
  ['a distance from 0', (of) => ({ op: 'absolute', of })],
  ['the least', (of) => ({ op: 'least', of: [of, literal(7)] })],
  ['the greatest', (of) => ({ op: 'greatest', of: [literal(7), of] })],
  ['a sum', (of) => calculate('add', of, literal(1))],
  ['a difference', (of) => calculate('subtract', of, literal(1))],
  ['a product', (of) => calculate('multiply', of, literal(2))],
  ['a part', (of) => calculate('divide', of, literal(2))],
])('%s is kept and asks the axis', (_, make) => {
  const { axes, trees } = overAxes(above(make(average)));
  expect(trees).toEqual([above(make(asked))]);
  expect([...axes.keys()]).toEqual(['window.0.avg']);
});

test.each(['add', 'subtract', 'multiply', 'divide', 'modulo'] as const)(
  'what is computed by %s turns nowhere by itself',
  (op) => {
    const { axes, trees } = overAxes(calculate(op, average, literal(2)));
    expect(trees).toEqual([calculate(op, asked, literal(2))]);
    expect([...(axes.get('window.0.avg')?.points ?? [])]).toEqual([]);
  },
);

test('a choice asks its question, and both of its answers', () => {
  const { trees } = overAxes(above(choose(above(average, 1), average, literal(5))));
  expect(trees).toEqual([above(choose(above(asked, 1), asked, literal(5)))]);
});

test('both sides of a condition and its negation are over axes', () => {
  const both = (left: Expression): Expression => ({
    op: 'and',
    left,
    right: { op: 'not', of: above(left, 9) },
  });
  expect(overAxes(both(average)).trees).toEqual([both(asked)]);
  expect(overAxes(isIn(average, 3)).trees).toEqual([isIn(asked, 3)]);
});
