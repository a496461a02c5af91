/** What is done to a table of the simulation and to the model alike. */
import fc from 'fast-check';
import type { Condition, Key, Thing, Write } from './model.ts';

export type Step =
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'write'; readonly writes: readonly Write[] }
  | { readonly kind: 'get'; readonly key: Key; readonly lag: number }
  | {
      readonly kind: 'query';
      readonly range: Range;
      readonly lag: number;
      readonly isForward: boolean;
      readonly limit: number;
    }
  | {
      readonly kind: 'index';
      readonly shard: string;
      readonly to: number;
      readonly lag: number;
      readonly isForward: boolean;
      readonly limit: number;
    }
  | { readonly kind: 'scan'; readonly lag: number; readonly limit: number }
  | { readonly kind: 'expire'; readonly lag: number };

/** A part of a partition; `text` as DynamoDB reads it, with `:a` and `:b`. */
export interface Range {
  readonly pk: string;
  readonly text: string;
  readonly a: string;
  readonly b: string;
  readonly has: (order: (other: string) => number, sk: string) => boolean;
}

// Texts whose order in UTF-8 is not their order in UTF-16.
const sorts = ['1', '10', '2', 'é', 'éa', '\u{1f514}', '\uffee', '\u{1f514}a'];
const pk = fc.constantFrom('a', 'b');
const sk = fc.constantFrom(...sorts);
const key: fc.Arbitrary<Key> = fc.record({ pk, sk });
const shard = fc.constantFrom('s', 'u');

const small = fc.integer({ min: 0, max: 4 });
const thing: fc.Arbitrary<Thing> = fc.record(
  {
    n: small,
    t: fc.constantFrom('x', 'y'),
    shard,
    at: fc.integer({ min: 0, max: 12 }),
    until: fc.integer({ min: 0, max: 120 }),
  },
  { requiredKeys: [] },
);

const conditions: readonly ((x: number) => Condition)[] = [
  () => ({ text: undefined, x: undefined, holds: () => true }),
  () => ({ text: 'attribute_not_exists(pk)', x: undefined, holds: (one) => one === undefined }),
  () => ({
    text: 'attribute_exists(pk) AND attribute_not_exists(t)',
    x: undefined,
    holds: (one) => one !== undefined && one.t === undefined,
  }),
  (x) => ({ text: 'n = :x', x, holds: (one) => one?.n === x }),
  (x) => ({ text: 'n <> :x', x, holds: (one) => one?.n !== x }),
  (x) => ({
    text: 'attribute_not_exists(pk) OR n <= :x',
    x,
    holds: (one) => one === undefined || (one.n !== undefined && one.n <= x),
  }),
  (x) => ({ text: 'NOT (n < :x)', x, holds: (one) => !(one?.n !== undefined && one.n < x) }),
];
// The first one holds always: half of the writes go through.
const condition = fc
  .tuple(fc.oneof(fc.constant(0), fc.nat(conditions.length - 1)), small)
  .map(([which, x]) => {
    const make = conditions[which];
    if (make === undefined) throw new Error('no such condition');
    return make(x);
  });

const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), key, thing, if: condition }),
  fc.record({
    kind: fc.constant('update' as const),
    key,
    set: thing.map(({ n: _, t: __, ...set }) => set),
    plus: small,
    if: condition,
  }),
  fc.record({ kind: fc.constantFrom('delete' as const, 'check' as const), key, if: condition }),
);

const ranges: readonly Omit<Range, 'pk' | 'a' | 'b'>[] = [
  { text: '', has: () => true },
  { text: 'sk = :a', has: (order) => order('a') === 0 },
  { text: 'sk < :a', has: (order) => order('a') < 0 },
  { text: 'sk <= :a', has: (order) => order('a') <= 0 },
  { text: 'sk > :a', has: (order) => order('a') > 0 },
  { text: 'sk >= :a', has: (order) => order('a') >= 0 },
  { text: 'sk BETWEEN :a AND :b', has: (order) => order('a') >= 0 && order('b') <= 0 },
];
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const range: fc.Arbitrary<Range> = fc
  .tuple(pk, sk, sk, fc.constantFrom(...ranges, 'prefix' as const))
  .map(([ofPk, one, two, what]) => {
    const [a = one, b = two] = [one, two].toSorted(byBytes);
    if (what === 'prefix')
      return { pk: ofPk, a, b, text: 'begins_with(sk, :a)', has: (_, own) => own.startsWith(a) };
    return { pk: ofPk, a, b, ...what };
  });

/** Up to date half of the time, else at most as far behind as the simulation remembers. */
const lag = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 60_000 }));
const isForward = fc.boolean();
const limit = fc.integer({ min: 1, max: 5 });

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      arbitrary: fc.record({
        kind: fc.constant('wait' as const),
        ms: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 50_000 })),
      }),
      weight: 3,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant('write' as const),
        writes: fc.tuple(write).map((one): Write[] => one),
      }),
      weight: 6,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant('write' as const),
        writes: fc.array(write, { minLength: 2, maxLength: 4 }),
      }),
      weight: 3,
    },
    { arbitrary: fc.record({ kind: fc.constant('get' as const), key, lag }), weight: 2 },
    {
      arbitrary: fc.record({ kind: fc.constant('query' as const), range, lag, isForward, limit }),
      weight: 3,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant('index' as const),
        shard,
        to: fc.integer({ min: 0, max: 12 }),
        lag,
        isForward,
        limit,
      }),
      weight: 3,
    },
    { arbitrary: fc.record({ kind: fc.constant('scan' as const), lag, limit }), weight: 1 },
    {
      arbitrary: fc.record({
        kind: fc.constant('expire' as const),
        lag: fc.integer({ min: 0, max: 20_000 }),
      }),
      weight: 1,
    },
  ),
  { minLength: 1, maxLength: 60, size: 'max' },
);

/** True when a sort key lies in the range. */
export const isIn = (range: Range, own: string): boolean =>
  range.has((bound) => byBytes(own, bound === 'a' ? range.a : range.b), own);
