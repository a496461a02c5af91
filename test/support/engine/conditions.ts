import fc from 'fast-check';
import type { Arithmetic, Comparison, Expression } from '../../../functions/domain/rules/expression.ts';
import type { Value } from '../../../functions/domain/telemetry/reading.ts';
import type { SaidBy, ThreeValuedWorld } from '../reference/three-valued.ts';
import { choose, compare, input, literal } from './rules.ts';

/** Quarters: what is computed of a few of them is exact in binary. */
export const quarter = fc.integer({ min: -40, max: 40 }).map((n) => n / 4);
const comparison = fc.constantFrom<Comparison>('eq', 'ne', 'lt', 'le', 'gt', 'ge');
const states = ['good', 'fault', 'over-range'];

const inputs = (...names: readonly string[]): fc.Arbitrary<Expression> =>
  fc.constantFrom(...names).map(input);
const literals = (of: fc.Arbitrary<Value>): fc.Arbitrary<Expression> => of.map(literal);

const joint = (part: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
  fc
    .tuple(fc.constantFrom('and' as const, 'or' as const), part, part)
    .map(([op, left, right]) => ({ op, left, right }));
const negation = (part: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
  part.map((of) => ({ op: 'not', of }));
const question = (
  when: fc.Arbitrary<Expression>,
  branch: fc.Arbitrary<Expression>,
): fc.Arbitrary<Expression> => fc.tuple(when, branch, branch).map((parts) => choose(...parts));

/** Calculations that stay exact: a divisor is a power of two, or nothing. */
const calculation = (part: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom<Arithmetic>('add', 'subtract', 'multiply'), part, part)
      .map(([op, left, right]) => ({ op, left, right })),
    fc
      .tuple(fc.constantFrom<Arithmetic>('divide', 'modulo'), part, literals(fc.constantFrom(2, 0.5, -4, 0)))
      .map(([op, left, right]) => ({ op, left, right })),
    fc
      .tuple(fc.constantFrom('negate' as const, 'absolute' as const), part)
      .map(([op, of]): Expression => ({ op, of })),
    fc
      .tuple(
        fc.constantFrom('least' as const, 'greatest' as const),
        fc.array(part, { maxLength: 3, minLength: 1 }),
      )
      .map(([op, of]): Expression => ({ op, of })),
  );

const ofPeer = fc.oneof(
  fc.tuple(comparison, quarter).map(([op, bound]) => compare(op, input('peer.value'), literal(bound))),
  fc.constantFrom(...states).map((state) => compare('eq', input('peer.quality'), literal(state))),
  fc
    .tuple(comparison, fc.constantFrom('avg' as const, 'max' as const), quarter)
    .map(([op, fn, bound]) => compare(op, { op: 'window', fn, window: 1, each: true }, literal(bound))),
);

/** Conditions of every kind, some of which compare what cannot be compared. */
export const anyCondition: fc.Arbitrary<Expression> = fc.letrec<{
  number: Expression;
  condition: Expression;
}>((tie) => ({
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    inputs('value', 'value', 'limits.a', 'limits.b', 'limits.unset', 'source.grade', 'range.max'),
    inputs('sensor.other.value', 'sensor.nobody.value'),
    fc
      .constantFrom('avg' as const, 'max' as const, 'delta' as const)
      .map((fn): Expression => ({ op: 'window', fn, window: 0 })),
    literals(quarter),
    calculation(tie('number')),
    question(tie('condition'), tie('number')),
  ),
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(comparison, tie('number'), tie('number')).map((parts) => compare(...parts)),
    fc
      .tuple(inputs('quality', 'mode', 'sensor.other.quality', 'value'), fc.constantFrom(...states, 'normal'))
      .map(([left, word]) => compare('eq', left, literal(word))),
    fc
      .tuple(tie('number'), fc.array(quarter, { minLength: 1, maxLength: 4 }))
      .map(([left, list]): Expression => ({ op: 'in', left, list })),
    literals(fc.boolean()),
    inputs('sensor.fan.value', 'value', 'limits.a'),
    fc
      .tuple(fc.constantFrom('all' as const, 'atLeast' as const), fc.integer({ min: 1, max: 3 }), ofPeer)
      .map(([how, least, of]): Expression => ({ op: 'peers', how, least, quantity: 'methane', of })),
    tie('number').map((limit): Expression => ({ op: 'willReach', window: 0, limit, withinMs: 60_000 })),
    joint(tie('condition')),
    negation(tie('condition')),
    question(tie('condition'), tie('condition')),
  ),
})).condition;

/** Conditions that only compare the value with what is fixed for the sensor. */
export const anyPlain: fc.Arbitrary<Expression> = fc.letrec<{ condition: Expression }>((tie) => {
  const fixed = fc.oneof(
    literals(fc.constantFrom(1, 2, 3, 4)),
    inputs('limits.orange', 'limits.red', 'limits.unset', 'range.max', 'mode'),
  );
  const value = fc.constant(input('value'));
  return {
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 4, arbitrary: fc.tuple(comparison, value, fixed).map((parts) => compare(...parts)) },
      fc.tuple(comparison, fixed, value).map((parts) => compare(...parts)),
      fc.tuple(comparison, fixed, fixed).map((parts) => compare(...parts)),
      fc.constantFrom(...states).map((state) => compare('eq', input('quality'), literal(state))),
      fc
        .array(fc.constantFrom(1, 2, 2.5, 4), { minLength: 1, maxLength: 3 })
        .map((list): Expression => ({ op: 'in', left: input('value'), list })),
      fc.constantFrom(input('value'), literal(true), literal(false)),
      joint(tie('condition')),
      negation(tie('condition')),
      question(tie('condition'), tie('condition')),
    ),
  };
}).condition;

const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined });

/** A value as it may come, good or not. */
export const anyValue: fc.Arbitrary<Value | undefined> = fc.oneof(
  { weight: 6, arbitrary: quarter },
  fc.constantFrom<Value | undefined>(
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    true,
    'good',
  ),
);

const saidBy = (value: fc.Arbitrary<Value | undefined>): fc.Arbitrary<SaidBy> =>
  fc.record({ value, quality: fc.constantFrom(...states) });

/** A record without the fields that are undefined. */
const known = <T>(of: Readonly<Record<string, T | undefined>>): Readonly<Record<string, T>> =>
  Object.fromEntries(
    Object.entries(of).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

const anyFigures = fc.record({ avg: maybe(quarter), max: maybe(quarter) }).map((of) => known<number>(of));

/** A world in which anything may be unknown. */
export const anyWorld: fc.Arbitrary<ThreeValuedWorld> = fc.record({
  value: anyValue,
  quality: fc.constantFrom(...states),
  constants: fc
    .record({
      'limits.a': maybe(quarter),
      'limits.b': maybe(quarter),
      'source.grade': maybe(fc.integer({ min: 1, max: 4 })),
      'range.max': maybe(quarter),
      mode: fc.constantFrom('normal', 'emergency'),
    })
    .map((of) => known<Value>(of)),
  roles: fc
    .record({ other: maybe(saidBy(anyValue)), fan: maybe(saidBy(maybe(fc.boolean()))) })
    .map((of) => known<SaidBy>(of)),
  peers: fc.array(
    fc.tuple(saidBy(anyValue), anyFigures).map(([said, figures]) => ({ ...said, figures })),
    { maxLength: 4 },
  ),
  figures: anyFigures,
  reachedFrom: maybe(quarter),
});
