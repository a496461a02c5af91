import { canBeKnown, type Present } from '../../../functions/domain/rules/can-be-known.ts';
import type { Expression } from '../../../functions/domain/rules/expression.ts';
import { calculate } from '../../support/engine/axes.ts';
import { choose, compare, input, literal } from '../../support/engine/rules.ts';
import { figure } from '../../support/engine/windows.ts';

const unset = () => undefined;
const value = compare('gt', input('value'), literal(1));
const missing = compare('gt', input('limits.a'), literal(1));
const forecast = (limit: Expression): Expression => ({ op: 'willReach', window: 0, limit, withinMs: 1 });
const peers = (of: Expression): Expression => ({
  op: 'peers',
  how: 'all',
  least: 1,
  quantity: 'methane',
  of,
});
const all: Present = { hasWindow: () => true, hasRole: () => true, hasPeers: () => true };

test.each([
  ['a window', figure('avg')],
  ['a forecast', forecast(literal(1))],
  ['another sensor', input('sensor.fan.value')],
  ['sensors beside it', peers(value)],
])('semantics 3: %s is known only where it is on the device', (_, of) => {
  expect(canBeKnown(of, unset)).toBe(false);
  expect(canBeKnown(of, unset, all)).toBe(true);
});

test('semantics 3: a window, a role and a quantity are asked for by their own names', () => {
  const some: Present = {
    hasWindow: (window) => window === 2,
    hasRole: (name) => name === 'fan',
    hasPeers: (quantity) => quantity === 'methane',
  };
  expect(canBeKnown(figure('avg', 2), unset, some)).toBe(true);
  expect(canBeKnown(figure('avg', 1), unset, some)).toBe(false);
  expect(canBeKnown(input('sensor.fan.quality'), unset, some)).toBe(true);
  expect(canBeKnown(input('sensor.door.value'), unset, some)).toBe(false);
  expect(canBeKnown(peers(value), unset, some)).toBe(true);
});

test('semantics 3: a forecast of an unknown limit and a question about what is unknown are never known', () => {
  expect(canBeKnown(forecast(input('limits.a')), unset, all)).toBe(false);
  expect(canBeKnown(peers(missing), unset, all)).toBe(false);
});

test.each(['value', 'quality', 'peer.value', 'peer.quality'])(
  'semantics 3: %s comes with the readings',
  (name) => {
    expect(canBeKnown(input(name), unset)).toBe(true);
  },
);

test.each(['limits.a', 'source.grade', 'range.max'])('semantics 3: %s is known where it is set', (name) => {
  expect(canBeKnown(input(name), unset)).toBe(false);
  expect(canBeKnown(input(name), (asked) => (asked === name ? 0 : undefined))).toBe(true);
});

test.each<readonly [string, (a: Expression, b: Expression) => Expression, boolean]>([
  ['a conjunction', (left, right) => ({ op: 'and', left, right }), true],
  ['a disjunction', (left, right) => ({ op: 'or', left, right }), true],
  ['an answer of a choice', (a, b) => choose(missing, a, b), true],
  ['the least', (a, b) => ({ op: 'least', of: [a, b] }), true],
  ['the greatest', (a, b) => ({ op: 'greatest', of: [a, b] }), true],
  ['a sum', (left, right) => calculate('add', left, right), false],
  ['a comparison', (left, right) => compare('eq', left, right), false],
])('semantics 3, 27: of %s one known part is enough: %#', (_, make, isEnough) => {
  expect(canBeKnown(make(value, value), unset)).toBe(true);
  expect(canBeKnown(make(value, missing), unset)).toBe(isEnough);
  expect(canBeKnown(make(missing, value), unset)).toBe(isEnough);
  expect(canBeKnown(make(missing, missing), unset)).toBe(false);
});

test.each(['not', 'negate', 'absolute'] as const)('semantics 3: %s is known where its part is', (op) => {
  expect(canBeKnown({ op, of: value }, unset)).toBe(true);
  expect(canBeKnown({ op, of: missing }, unset)).toBe(false);
});
