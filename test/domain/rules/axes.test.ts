import { abstracted } from '../../../functions/domain/rules/axes.ts';
import type { Expression } from '../../../functions/domain/rules/expression.ts';
import { choose, compare, either, input, literal } from '../../support/engine/rules.ts';

const axesOf = (of: Expression) =>
  abstracted([of], { limits: { low: 1 }, quantity: undefined, windowRoles: [] });
const isMode = compare('eq', input('mode'), literal('normal'));
const truth = either(isMode, compare('gt', input('value'), literal(1)));

test('semantics 2: a comparison of two words that are both asked cannot be looked into', () => {
  const { axes } = axesOf(compare('eq', input('source.kind'), input('mode')));
  expect([...axes.values()].map(({ isOpaque }) => isOpaque)).toEqual([true]);
});

test('semantics 2: a choice among words that is looked up in a list cannot be looked into', () => {
  const word = choose(truth, input('mode'), input('source.kind'));
  const { axes } = axesOf({ op: 'in', left: word, list: ['normal'] });
  expect([...axes.values()].map(({ isOpaque }) => isOpaque)).toEqual([true]);
});

test('semantics 2: the rest of a division that is looked up in a list is undecidable over the value alone', () => {
  const rest: Expression = { op: 'modulo', left: input('value'), right: literal(2) };
  expect(axesOf({ op: 'in', left: rest, list: [1] }).isUndecidable).toBe(true);
});

test('semantics 2: a condition that turns at no finite value is undecidable', () => {
  const tiny: Expression = { op: 'multiply', left: input('value'), right: literal(1e-320) };
  expect(axesOf(compare('gt', tiny, literal(1))).isUndecidable).toBe(true);
});

test('semantics 2: two truth values are compared by what they are made of', () => {
  const { axes, isUndecidable } = axesOf(compare('eq', truth, isMode));
  expect([...axes.keys()]).toEqual(['mode', 'value']);
  expect(axes.get('value')?.points).toEqual(new Set([1]));
  expect(isUndecidable).toBe(false);
});

test('semantics 2: a sum of several things is one axis, in whichever order it names them', () => {
  const sum = (left: string, right: string): Expression =>
    compare('gt', { op: 'subtract', left: input(left), right: input(right) }, literal(5));
  const pairs = [sum('value', 'sensor.base.value'), sum('sensor.base.value', 'value')];
  const { axes, trees } = abstracted(pairs, { limits: {}, quantity: undefined, windowRoles: [] });
  expect([...axes.values()].map(({ points }) => [...points].sort())).toEqual([[-5, 5]]);
  expect(trees.map(({ op }) => op)).toEqual(['lt', 'gt']);
});

test('semantics 2: the mode is normal or an emergency, and a word that is looked up in a list is one more', () => {
  const { axes } = axesOf({ op: 'in', left: input('mode'), list: ['drill'] });
  expect(axes.get('mode')?.words).toEqual(new Set(['normal', 'emergency', 'drill']));
});
