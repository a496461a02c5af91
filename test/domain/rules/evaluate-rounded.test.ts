import {
  compileCondition,
  compileExpression,
  evaluateExpression,
} from '../../../functions/domain/rules/evaluate-expression.ts';
import type { Comparison, Expression } from '../../../functions/domain/rules/expression.ts';
import type { Value } from '../../../functions/domain/telemetry/reading.ts';
import { calculate } from '../../support/engine/axes.ts';
import { choose, compare, input, literal } from '../../support/engine/rules.ts';

const value = input('value');
const unset = () => undefined;
const of = (expression: Expression, held?: Value, constants: (name: string) => Value | undefined = unset) =>
  compileExpression(expression, constants, 2)({ value: held, quality: 'fault' });
const sum = calculate('add', value, literal(0));
const unknown = compare('gt', input('limits.unset'), literal(1));

test.each<readonly [string, Expression]>([
  ['a sum', sum],
  ['a difference', calculate('subtract', value, literal(0))],
  ['a product', calculate('multiply', value, literal(1))],
  ['a part', calculate('divide', value, literal(1))],
  ['what is left', calculate('modulo', value, literal(9))],
  ['a distance from 0', { op: 'absolute', of: value }],
  ['a sign turned twice of a sum', { op: 'negate', of: { op: 'negate', of: sum } }],
  ['the least of a sum and others', { op: 'least', of: [literal(9), sum] }],
  ['the greatest of a sum and others', { op: 'greatest', of: [sum, literal(0)] }],
  ['a choice with a sum', choose(literal(true), sum, literal(1))],
  ['a choice with a sum as its other answer', choose(literal(false), literal(1), sum)],
])(
  'semantics 4: %s is rounded to three places more than its quantity has before it is compared',
  (_, expression) => {
    expect(of(compare('eq', expression, literal(1)), 1.000004)).toBe(true);
    expect(of(compare('eq', literal(1), expression), 1.000004)).toBe(true);
    expect(of({ op: 'in', left: expression, list: [1] }, 1.000004)).toBe(true);
    expect(of(compare('gt', expression, literal(1)), 1.000006)).toBe(true);
    expect(of(expression, 1.000004)).toBe(1.000004);
  },
);

test.each<readonly [string, Expression]>([
  ['a value', value],
  ['a sign turned twice', { op: 'negate', of: { op: 'negate', of: value } }],
  ['the least', { op: 'least', of: [value, literal(9)] }],
  ['the greatest', { op: 'greatest', of: [value, literal(0)] }],
  ['a choice', choose(literal(true), value, literal(1))],
])('semantics 4: %s is only taken from what was sent, and not rounded', (_, expression) => {
  expect(of(compare('eq', expression, literal(1)), 1.000004)).toBe(false);
  expect(of(compare('eq', expression, literal(1.000004)), 1.000004)).toBe(true);
});

test('semantics 4: a choice that computes and ends in a word is compared as that', () => {
  const choice = choose(literal(false), sum, literal('open'));
  expect(of(compare('eq', choice, literal('open')), 1)).toBe(true);
});

test.each<readonly [Comparison, readonly (boolean | undefined)[]]>([
  ['ge', [false, true, true]],
  ['gt', [false, false, true]],
  ['le', [true, true, false]],
  ['lt', [true, false, false]],
])('a value is %s a figure that is written or set', (op, expected) => {
  const constants = (name: string) => (name === 'limits.x' ? 1 : undefined);
  for (const limit of [literal(1), input('limits.x')])
    expect([0.99, 1, 1.01].map((held) => of(compare(op, value, limit), held, constants))).toEqual(expected);
  const unfit = [undefined, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true, 'on'];
  expect(unfit.map((held) => of(compare(op, value, literal(1)), held))).toEqual(unfit.map(() => undefined));
  expect(of(compare(op, value, input('limits.unset')), 1)).toBeUndefined();
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  'semantics 1: a limit of %d is unknown',
  (limit) => {
    expect(of(compare('lt', value, input('limits.x')), 1, () => limit)).toBeUndefined();
    expect(of(compare('gt', value, input('limits.x')), 1, () => limit)).toBeUndefined();
    expect(of(input('limits.x'), 1, () => limit)).toBeUndefined();
  },
);

test('words are compared by their order, and only with words', () => {
  expect(of(compare('lt', value, literal('b')), 'a')).toBe(true);
  expect(of(compare('ge', value, literal('b')), 'a')).toBe(false);
  expect(of(compare('lt', value, literal('b')), 1)).toBeUndefined();
  expect(of(compare('lt', value, input('quality')), 'e')).toBe(true);
});

test('a value is compared with its own quality as that comes with the reading, whatever is fixed', () => {
  expect(of(compare('gt', input('value'), input('quality')), 1, () => 0)).toBeUndefined();
  expect(of(compare('ge', input('value'), input('value')), 1, () => 5)).toBe(true);
});

test('another input is compared with a limit by its own figure, not by the value', () => {
  expect(of(compare('ge', input('source.grade'), literal(3)), 9, () => 2)).toBe(false);
  expect(of(compare('ge', literal(2), literal(3)), 9)).toBe(false);
});

test('semantics 27: the least and the greatest leave out what is unknown', () => {
  const three = [input('limits.unset'), value, literal(5), literal(3)];
  expect(of({ op: 'least', of: three }, 4)).toBe(3);
  expect(of({ op: 'greatest', of: three }, 4)).toBe(5);
  expect(of({ op: 'least', of: [input('limits.unset'), value] }, 'on')).toBeUndefined();
  expect(of({ op: 'greatest', of: [value, input('limits.unset')] }, -4)).toBe(-4);
});

test('the distance from 0 and the turned sign of a number are numbers; of anything else unknown', () => {
  expect(of({ op: 'absolute', of: value }, -4)).toBe(4);
  expect(of({ op: 'absolute', of: value }, true)).toBeUndefined();
  expect(of({ op: 'negate', of: value }, -4)).toBe(4);
  expect(of({ op: 'negate', of: value }, 0)).toBe(0);
  expect(of({ op: 'negate', of: value }, 'on')).toBeUndefined();
});

test.each([
  ['4', 2],
  [4, '2'],
  [true, 2],
  [4, undefined],
] as const)('semantics 1: %s and %s make no sum', (left, right) => {
  const constants = (name: string) => (name === 'limits.l' ? left : right);
  expect(of(calculate('add', input('limits.l'), input('limits.r')), 1, constants)).toBeUndefined();
});

test.each<readonly ['and' | 'or', Value | undefined, Value | undefined, boolean | undefined]>([
  ['and', true, false, false],
  ['and', false, true, false],
  ['and', 1, true, undefined],
  ['and', true, 1, undefined],
  ['and', undefined, undefined, undefined],
  ['or', false, true, true],
  ['or', true, false, true],
  ['or', 1, false, undefined],
  ['or', false, 1, undefined],
  ['or', undefined, undefined, undefined],
])('semantics 1: %s of %s and %s is %s', (op, left, right, expected) => {
  const constants = (name: string) => (name === 'limits.l' ? left : right);
  expect(of({ op, left: input('limits.l'), right: input('limits.r') }, 1, constants)).toBe(expected);
});

test('semantics 1: two answers that are both unknown answer nothing', () => {
  expect(of(choose(unknown, unknown, unknown))).toBeUndefined();
  expect(of(choose(unknown, literal(2), literal(2)))).toBe(2);
  expect(of(choose(literal(false), unknown, literal(2)))).toBe(2);
});

test('what is fixed is looked up once, when the condition is made', () => {
  let now = 1;
  const condition = compileCondition(compare('ge', value, input('limits.x')), () => now, 2);
  now = 9;
  expect(condition({ value: 2, quality: 'good' })).toBe(true);
});

test('without a quality that is a word an expression is evaluated as of a good reading', () => {
  const isGood = compare('eq', input('quality'), literal('good'));
  expect(evaluateExpression(isGood, unset, 2)).toBe(true);
  expect(evaluateExpression(isGood, () => 5, 2)).toBe(true);
  expect(evaluateExpression(isGood, () => 'fault', 2)).toBe(false);
});

test('semantics 1: two things that are unknown are neither equal nor different', () => {
  const [a, b] = [input('limits.a'), input('limits.b')];
  expect((['eq', 'ne', 'le'] as const).map((op) => of(compare(op, a, b)))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('an expression is evaluated with the value that is said', () => {
  expect(evaluateExpression(value, (name) => (name === 'value' ? 2 : undefined), 2)).toBe(2);
});

test('a value is compared with what is computed beside it', () => {
  expect(
    [0.9, 1, 1.1].map((held) => of(compare('ge', value, calculate('divide', literal(3), literal(3))), held)),
  ).toEqual([false, true, true]);
});

test.each([true, false])('a choice that computes and ends in %s is compared as that', (truth) => {
  expect(of(compare('eq', choose(literal(false), sum, literal(truth)), literal(truth)), 1)).toBe(true);
});
