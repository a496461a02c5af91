import { bandAt, edgesOf } from '../../../../functions/domain/rules/engine/plain.ts';
import type { Comparison, Expression } from '../../../../functions/domain/rules/expression.ts';
import { choose, compare, either, input, literal } from '../../../support/engine/rules.ts';

const unset = () => undefined;
const constants = (name: string) => ({ 'limits.a': 7, mode: 'normal' })[name];
const value = input('value');
const isAbove = (edge: number): Expression => compare('gt', value, literal(edge));
const both = (left: Expression, right: Expression): Expression => ({ op: 'and', left, right });
const sum: Expression = { op: 'add', left: value, right: literal(1) };

test('a truth value turns nowhere, a number is no condition', () => {
  expect(edgesOf(literal(true), unset)).toEqual([]);
  expect(edgesOf(literal(5), unset)).toBeUndefined();
});

test('a list of values turns at its numbers, one of what is fixed nowhere, and one of the quality is asked anew', () => {
  expect(edgesOf({ op: 'in', left: value, list: [3, 'open', 1, true] }, unset)).toEqual([3, 1]);
  expect(edgesOf({ op: 'in', left: input('mode'), list: ['normal', 5] }, unset)).toEqual([]);
  expect(edgesOf({ op: 'in', left: literal(1), list: [1] }, unset)).toEqual([]);
  expect(edgesOf({ op: 'in', left: input('quality'), list: ['good'] }, unset)).toBeUndefined();
  expect(edgesOf({ op: 'in', left: sum, list: [1] }, unset)).toBeUndefined();
});

test.each([
  ['value', []],
  ['mode', []],
  ['limits.a', []],
  ['quality', undefined],
  ['sensor.fan.value', undefined],
  ['sensor.', undefined],
  ['peer.value', undefined],
  ['peer.', undefined],
  ['sensors', []],
  ['peers', []],
])('`%s` by itself turns at %p', (name, edges) => {
  expect(edgesOf(input(name), constants)).toEqual(edges);
});

test.each<Comparison>(['eq', 'ne', 'lt', 'le', 'gt', 'ge'])(
  '`%s` turns where the value meets the number, on either side of it',
  (op) => {
    expect(edgesOf(compare(op, value, literal(3)), constants)).toEqual([3]);
    expect(edgesOf(compare(op, literal(3), value), constants)).toEqual([3]);
    expect(edgesOf(compare(op, value, input('limits.a')), constants)).toEqual([7]);
    expect(edgesOf(compare(op, input('limits.a'), value), constants)).toEqual([7]);
  },
);

test.each([
  ['a limit that is not set', input('limits.b')],
  ['a name', literal('open')],
  ['an input that is a name', input('mode')],
])('a comparison of the value with %s turns nowhere', (_, with_) => {
  expect(edgesOf(compare('ge', value, with_), constants)).toEqual([]);
});

test('what is fixed on both sides turns nowhere', () => {
  expect(edgesOf(compare('eq', input('mode'), literal('normal')), constants)).toEqual([]);
  expect(edgesOf(compare('lt', literal(1), input('limits.a')), constants)).toEqual([]);
});

test('the quality of a good reading turns nowhere, beside a word that is given', () => {
  expect(edgesOf(compare('eq', input('quality'), literal('fault')), constants)).toEqual([]);
  expect(edgesOf(compare('eq', literal('fault'), input('quality')), constants)).toEqual([]);
  expect(edgesOf(compare('eq', input('quality'), input('mode')), constants)).toBeUndefined();
});

test.each([
  ['itself', value],
  ['the quality', input('quality')],
  ['another sensor', input('sensor.fan.value')],
  ['a calculation', sum],
])('a comparison of the value with %s is asked anew', (_, with_) => {
  expect(edgesOf(compare('ge', value, with_), constants)).toBeUndefined();
  expect(edgesOf(compare('ge', with_, value), constants)).toBeUndefined();
});

test('a comparison of anything else with a number is asked anew', () => {
  expect(edgesOf(compare('ge', sum, literal(3)), constants)).toBeUndefined();
  expect(edgesOf(compare('ge', input('peer.value'), literal(3)), constants)).toBeUndefined();
  expect(edgesOf(sum, constants)).toBeUndefined();
});

test.each<readonly [string, (part: Expression) => Expression, readonly number[]]>([
  ['not', (of) => ({ op: 'not', of }), [5]],
  ['and', (of) => both(isAbove(1), of), [1, 5]],
  ['or', (of) => either(of, isAbove(1)), [5, 1]],
  ['if', (of) => choose(isAbove(1), of, isAbove(2)), [1, 5, 2]],
])('`%s` turns where one of its parts does, and is asked anew when one of them is', (_, around, edges) => {
  expect(edgesOf(around(isAbove(5)), unset)).toEqual(edges);
  expect(edgesOf(around(sum), unset)).toBeUndefined();
});

test('a window, or what is reached, is asked anew', () => {
  expect(edgesOf({ op: 'window', fn: 'avg', window: 0 }, unset)).toBeUndefined();
  expect(edgesOf({ op: 'absolute', of: literal(true) }, unset)).toBeUndefined();
});

const { NEGATIVE_INFINITY: lowest, POSITIVE_INFINITY: highest, NaN: none } = Number;

test.each([
  [-1, lowest, 0],
  [0, none, none],
  [0.5, 0, 10],
  [10, none, none],
  [11, 10, highest],
  [none, none, none],
  [highest, none, none],
  [lowest, none, none],
])('beside the edges 0 and 10 the value %d lies between %d and %d', (at, low, high) => {
  expect(bandAt([0, 10], at)).toEqual({ low, high });
});

test('without an edge every finite value lies in one stretch', () => {
  expect(bandAt([], 3)).toEqual({ low: lowest, high: highest });
  expect(bandAt([], highest)).toEqual({ low: none, high: none });
});
