import { canBeKnown } from '../../../functions/domain/rules/can-be-known.ts';
import {
  compileCondition,
  compileExpression,
  evaluateExpression,
} from '../../../functions/domain/rules/evaluate-expression.ts';
import type { Arithmetic, Expression } from '../../../functions/domain/rules/expression.ts';
import type { Value } from '../../../functions/domain/telemetry/reading.ts';
import { choose, compare, input, literal } from '../../support/engine/rules.ts';

const value = input('value');
const missing = input('limits.missing');
const calculate = (op: Arithmetic, left: Expression, right: Expression): Expression => ({ op, left, right });
const both = (op: 'and' | 'or', left: Expression, right: Expression): Expression => ({ op, left, right });
const constants = (name: string): Value | undefined => (name === 'limits.x' ? 1 : undefined);

/** What `expression` is for a value, at a scale of two decimals. */
const of = (expression: Expression, held?: Value): Value | undefined =>
  compileExpression(expression, constants, 2)({ value: held, quality: 'good' });

const unknown = compare('ge', missing, literal(1));
const yes = literal(true);
const no = literal(false);

test.each([
  ['and', no, unknown, false],
  ['and', unknown, no, false],
  ['and', yes, unknown, undefined],
  ['and', unknown, yes, undefined],
  ['and', yes, yes, true],
  ['or', yes, unknown, true],
  ['or', unknown, yes, true],
  ['or', no, unknown, undefined],
  ['or', no, no, false],
] as const)('semantics 1: %s in Kleene logic, %#', (op, left, right, expected) => {
  expect(of(both(op, left, right))).toBe(expected);
});

test('semantics 1: not of unknown is unknown', () => {
  expect(of({ op: 'not', of: unknown })).toBeUndefined();
  expect(of({ op: 'not', of: yes })).toBe(false);
});

test('semantics 1: what is missing, not finite, of another type or divided by zero is unknown, never false', () => {
  const over = compare('ge', value, input('limits.x'));
  expect([undefined, Number.NaN, Number.POSITIVE_INFINITY, true, 'on'].map((held) => of(over, held))).toEqual(
    [undefined, undefined, undefined, undefined, undefined],
  );
  expect(of(unknown, 5)).toBeUndefined();
  expect(of(compare('ge', calculate('divide', value, literal(0)), literal(1)), 5)).toBeUndefined();
  expect(of(compare('ge', calculate('modulo', value, literal(0)), literal(1)), 5)).toBeUndefined();
  expect(of(compare('ge', calculate('multiply', value, literal(10)), literal(1)), 1e308)).toBeUndefined();
  expect(of(compare('eq', value, literal('open')), 1)).toBeUndefined();
  expect(of(both('and', value, yes), 1)).toBeUndefined();
  expect(of({ op: 'not', of: value }, 1)).toBeUndefined();
  expect(of({ op: 'negate', of: value }, true)).toBeUndefined();
});

test('semantics 1: an unknown question has an answer when both branches agree', () => {
  expect(of(choose(unknown, yes, yes))).toBe(true);
  expect(of(choose(unknown, yes, no))).toBeUndefined();
  expect(of(choose(yes, literal(2), literal(3)))).toBe(2);
  expect(of(choose(no, literal(2), literal(3)))).toBe(3);
});

test.each([
  ['ge', [false, true, true]],
  ['gt', [false, false, true]],
  ['le', [true, true, false]],
  ['lt', [true, false, false]],
  ['eq', [false, true, false]],
  ['ne', [true, false, true]],
] as const)('semantics 4: value %s limit one below, at and one above', (op, expected) => {
  expect([0.99, 1, 1.01].map((held) => of(compare(op, value, input('limits.x')), held))).toEqual(expected);
  // The same by the long way, from the right.
  const turned = compare(op, calculate('add', value, literal(0)), input('limits.x'));
  expect([0.99, 1, 1.01].map((held) => of(turned, held))).toEqual(expected);
});

test('semantics 4: what is computed is rounded before it is compared, what was sent is not', () => {
  const sum = calculate('add', value, literal(0.2));
  expect(of(compare('ge', sum, literal(0.3)), 0.1)).toBe(true);
  expect(of(compare('gt', sum, literal(0.3)), 0.1)).toBe(false);
  expect(of(compare('eq', sum, literal(0.3)), 0.1)).toBe(true);
  expect(of({ op: 'in', left: sum, list: [0.3] }, 0.1)).toBe(true);
  // Scale 2: five places; the sixth is gone from a product and stays in a value.
  expect(of(compare('gt', calculate('multiply', value, literal(1)), literal(1)), 1.000004)).toBe(false);
  expect(of(compare('gt', value, literal(1)), 1.000004)).toBe(true);
  // Half to even: 1.000005 goes down to 1.00000, 1.000015 up to 1.00002.
  const same = (held: number): Expression =>
    compare('eq', calculate('add', value, literal(0)), literal(held));
  expect(of(same(1), 1.000005)).toBe(true);
  expect(of(same(1.00002), 1.000015)).toBe(true);
  expect(of(compare('gt', { op: 'negate', of: sum }, literal(-0.3)), 0.1)).toBe(false);
});

test('semantics 4: switch states and names are values', () => {
  expect(of(compare('eq', value, literal(false)), false)).toBe(true);
  expect(of({ op: 'in', left: value, list: ['open', 'jammed'] }, 'jammed')).toBe(true);
  expect(of({ op: 'in', left: value, list: ['open', 'jammed'] }, 'shut')).toBe(false);
  expect(of({ op: 'in', left: value, list: ['open'] })).toBeUndefined();
});

test('semantics 27: each operation computes as it says', () => {
  const results = (['add', 'subtract', 'multiply', 'divide', 'modulo'] as const).map((op) =>
    of(calculate(op, value, literal(4)), 10),
  );
  expect(results).toEqual([14, 6, 40, 2.5, 2]);
});

test('a condition is a truth value or unknown', () => {
  const condition = compileCondition(value, constants, 2);
  expect(condition({ value: true, quality: 'good' })).toBe(true);
  expect(condition({ value: 1, quality: 'good' })).toBeUndefined();
});

test('an expression is evaluated with whatever its inputs are said to be', () => {
  const isFaulty = compare('eq', input('quality'), literal('fault'));
  expect(evaluateExpression(isFaulty, (name) => (name === 'quality' ? 'fault' : undefined), 2)).toBe(true);
  expect(
    evaluateExpression(compare('ge', value, input('limits.y')), (name) => (name === 'value' ? 2 : 1), 2),
  ).toBe(true);
});

test('semantics 3: a condition can be known unless every way to an answer stands on what is not there', () => {
  expect(canBeKnown(compare('ge', value, input('limits.x')), constants)).toBe(true);
  expect(canBeKnown(unknown, constants)).toBe(false);
  expect(canBeKnown({ op: 'not', of: unknown }, constants)).toBe(false);
  expect(canBeKnown(both('or', unknown, compare('ge', value, literal(1))), constants)).toBe(true);
  expect(canBeKnown(both('and', unknown, unknown), constants)).toBe(false);
  expect(canBeKnown(choose(unknown, yes, unknown), constants)).toBe(true);
  expect(canBeKnown({ op: 'in', left: missing, list: [1] }, constants)).toBe(false);
});
