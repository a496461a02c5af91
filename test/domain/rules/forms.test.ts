import type { Expression } from '../../../functions/domain/rules/expression.ts';
import {
  differenceOf,
  type Form,
  formCountMax,
  formsOf,
  limitAt,
  windowName,
} from '../../../functions/domain/rules/forms.ts';
import { calculate } from '../../support/engine/axes.ts';
import { choose, input, literal } from '../../support/engine/rules.ts';
import { figure } from '../../support/engine/windows.ts';

const value = input('value');
const base = input('sensor.base.value');
const word = literal('open');
const truth = literal(true);

const form = (factors: Readonly<Record<string, number>>, offset = 0): Form => ({
  factors: new Map(Object.entries(factors)),
  offset,
});
const least = (of: readonly Expression[]): Expression => ({ op: 'least', of });
/** A side of so many forms: value + 0, value + 1, and so on. */
const sideOf = (count: number): Expression =>
  least(Array.from({ length: count }, (_, at) => calculate('add', value, literal(at))));

test('what is multiplied by zero asks nothing any more', () => {
  expect(formsOf(calculate('multiply', value, literal(0)), {})).toEqual([form({})]);
});

test.each([
  ['a truth value', truth],
  ['a word', word],
  ['a negation', { op: 'not', of: value }],
  ['the rest of a division', calculate('modulo', value, literal(2))],
  ['a word with its sign turned', { op: 'negate', of: word }],
  ['the distance of a word from 0', { op: 'absolute', of: word }],
  ['a choice between a number and a word', choose(truth, value, word)],
  ['the product of two things that are asked', calculate('multiply', value, base)],
  [
    'a product that is none for one of its choices',
    calculate('multiply', choose(truth, value, literal(1)), value),
  ],
  ['a division by what is asked', calculate('divide', literal(1), value)],
  ['a division by zero', calculate('divide', value, literal(0))],
  ['a sum with a word', calculate('add', value, word)],
] as const)('%s is no straight line', (_, of) => {
  expect(formsOf(of, {})).toBeUndefined();
});

test.each<readonly [string, Expression, readonly Form[]]>([
  ['a number', literal(3), [form({}, 3)]],
  ['what is asked', value, [form({ value: 1 })]],
  ['a limit that is set', input('limits.low'), [form({}, 1)]],
  ['a limit that is not', input('limits.unset'), [form({ 'limits.unset': 1 })]],
  ['a figure of a window', figure('avg', 2), [form({ 'window.2.avg': 1 })]],
  [
    'a sum',
    calculate('add', calculate('add', value, base), literal(4)),
    [form({ value: 1, 'sensor.base.value': 1 }, 4)],
  ],
  [
    'a difference',
    calculate('subtract', literal(4), calculate('multiply', value, literal(2))),
    [form({ value: -2 }, 4)],
  ],
  ['what is taken from itself', calculate('subtract', value, value), [form({})]],
  [
    'a multiple',
    calculate('multiply', literal(3), calculate('add', value, literal(2))),
    [form({ value: 3 }, 6)],
  ],
  ['a multiple, the other way round', calculate('multiply', value, literal(3)), [form({ value: 3 })]],
  [
    'a part',
    calculate('divide', calculate('add', value, literal(2)), literal(4)),
    [form({ value: 0.25 }, 0.5)],
  ],
  ['the sign turned', { op: 'negate', of: calculate('add', value, literal(2)) }, [form({ value: -1 }, -2)]],
  ['the distance from 0', { op: 'absolute', of: value }, [form({ value: 1 }), form({ value: -1 }, -0)]],
  ['a choice', choose(truth, value, literal(2)), [form({ value: 1 }), form({}, 2)]],
  ['the least', least([value, base]), [form({ value: 1 }), form({ 'sensor.base.value': 1 })]],
  ['the greatest', { op: 'greatest', of: [value, literal(5)] }, [form({ value: 1 }), form({}, 5)]],
])('%s is made of these lines', (_, of, expected) => {
  expect(formsOf(of, { low: 1 })).toEqual(expected);
});

test('a difference is 0 where its sides are equal; without a side there is none', () => {
  expect(differenceOf([form({ value: 2 }, 1)], [form({ value: 1 }, 3)])).toEqual([form({ value: 1 }, -2)]);
  expect(differenceOf(undefined, [form({})])).toBeUndefined();
  expect(differenceOf([form({})], undefined)).toBeUndefined();
});

test.each([
  [formCountMax - 1, formCountMax - 1],
  [formCountMax, formCountMax],
  [formCountMax + 1, undefined],
])('of %i lines to choose from %s are looked at', (count, expected) => {
  expect(formsOf(sideOf(count), {})?.length).toBe(expected);
});

test.each([
  [7, 9, 63],
  [8, 8, 64],
  [5, 13, undefined],
])('%i lines with %i others make %s', (left, right, expected) => {
  expect(formsOf(calculate('subtract', sideOf(left), sideOf(right)), {})?.length).toBe(expected);
});

test('only a limit is looked up among the limits', () => {
  expect(limitAt('limits.low', { low: 1 })).toBe(1);
  expect(limitAt('limits.high', { low: 1 })).toBeUndefined();
  expect(limitAt('source.low', { low: 1 })).toBeUndefined();
});

test('a figure is named by its window, its function and the time it is told for', () => {
  expect(windowName({ window: 0, fn: 'avg' })).toBe('window.0.avg');
  expect(windowName({ window: 3, fn: 'rate', perMs: 60_000 })).toBe('window.3.rate.60000');
});
