import { laterInstants } from '../../../../functions/domain/rules/windows/later.ts';
import { ringAt } from '../../../../functions/domain/rules/windows/merged.ts';
import { filledBuckets, ringOf, shapeWith, t0 } from '../../../support/engine/rings.ts';

const second = 1_000;
const changes = shapeWith(['delta'], 600 * second);

const judgedAfter = (
  readings: readonly (readonly [afterS: number, scaled: number])[],
  at: number,
  shape = changes,
): readonly (readonly [afterS: number, value: number | undefined])[] =>
  laterInstants(
    shape,
    ringOf(shape, ...readings.map(([afterS, scaled]) => [afterS * second, scaled] as const)),
    t0 + at * second,
  ).map(({ at, value }) => [(at - t0) / second, value]);

const three = [
  [0, 100_000],
  [50, 150_000],
  [60, 200_000],
  [90, -50_000],
] as const;

test.each([
  [
    -3_600,
    [
      [0, 1],
      [60, 2],
      [90, -0.5],
    ],
  ],
  [
    -0.001,
    [
      [0, 1],
      [60, 2],
      [90, -0.5],
    ],
  ],
  [
    0,
    [
      [60, 2],
      [90, -0.5],
    ],
  ],
  [
    50,
    [
      [60, 2],
      [90, -0.5],
    ],
  ],
  [
    59.999,
    [
      [60, 2],
      [90, -0.5],
    ],
  ],
  [60, [[90, -0.5]]],
  [89.999, [[90, -0.5]]],
  [90, []],
])(
  'semantics 9, 17: what is late at %d s is judged again at the ends of the buckets after it, %p',
  (at, ends) => {
    expect(judgedAfter(three, at)).toEqual(ends);
  },
);

test('semantics 9: where the last value of a bucket is not kept, only its instant is known', () => {
  expect(judgedAfter(three, 0, shapeWith(['avg'], 600 * second))).toEqual([
    [60, undefined],
    [90, undefined],
  ]);
});

test('semantics 17: an instant that the ring has forgotten is not judged again', () => {
  // The bucket that ends at 1,380 s lies where the one of second 0 was, and is empty.
  const readings = [
    [0, 100_000],
    [1_200, 200_000],
    [1_500, 300_000],
  ] as const;
  expect(judgedAfter(readings, -1)).toEqual([
    [1_200, 2],
    [1_500, 3],
  ]);
});

test('semantics 17: what came before a gap is judged again too, before what came after it', () => {
  const readings = [
    [0, 100_000],
    [30, 200_000],
    [7_200, 300_000],
  ] as const;
  expect(judgedAfter(readings, -1)).toEqual([
    [0, 1],
    [30, 2],
    [7_200, 3],
  ]);
  expect(judgedAfter(readings, 30)).toEqual([[7_200, 3]]);
});

/** Buckets of half a minute, of which 26 are kept, 5 of them for what comes late. */
const avg = shapeWith(['avg'], 600 * second);
const range = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);
const ring = ringOf(avg, ...[...range(-20, 9), ...range(60, 64)].map((i) => [i * avg.gridMs, 1] as const));
const at = (bucket: number): number => t0 + bucket * avg.gridMs;

test('semantics 9, 17: what is late by no more than a quarter of a window is judged on the present alone', () => {
  expect([64, 59].map((bucket) => ringAt(avg, ring, at(bucket)) === ring)).toEqual([true, true]);
  expect(ringAt(avg, ring, at(58))).not.toBe(ring);
  const without = ringOf(avg, [0, 1]);
  expect(ringAt(avg, without, at(-100))).toBe(without);
});

test.each([
  [58, []],
  [34, [9]],
  [30, range(5, 9)],
  [10, range(-15, 9)],
  [9, range(-16, 9)],
  // What came before is forgotten.
  [8, range(-16, 8)],
])(
  'semantics 17: with a gap in its past, bucket %d is judged on what is still there of %p',
  (bucket, there) => {
    const past = ringAt(avg, ring, at(bucket));
    expect(filledBuckets(avg, past)).toEqual(there);
    expect(past.newest).toBe(at(bucket) / avg.gridMs);
  },
);

test('semantics 17: the present and the past before a gap are one where they meet', () => {
  const both = ringOf(avg, ...[...range(0, 25), ...range(52, 62)].map((i) => [i * avg.gridMs, 1] as const));
  expect(filledBuckets(avg, ringAt(avg, both, at(50)))).toEqual([25]);
  const met = ringOf(avg, ...[...range(0, 9), 36, 20, 15, 40].map((i) => [i * avg.gridMs, 1] as const));
  expect(filledBuckets(avg, ringAt(avg, met, at(22)))).toEqual([...range(0, 9), 15, 20]);
});
