import {
  expectedCount,
  expectedFirst,
  expectedValue,
  paceOf,
} from '../../../../functions/domain/rules/windows/expected.ts';
import { slotOf } from '../../../../functions/domain/rules/windows/slot.ts';
import { ringOf, shapeWith, t0 } from '../../../support/engine/rings.ts';

/** Buckets of half a minute. */
const shape = shapeWith(['avg'], 600_000);

test.each([
  ['three in the newest bucket', [[0], [10, 20, 30]], 10_000],
  ['an odd distance, rounded', [[9.999, 20, 30]], 10_001],
  ['three in the bucket before the newest', [[10, 20, 30], [50]], 10_000],
  ['one in each of two buckets', [[-5], [20]], 25_000],
  ['one in each of two buckets that lie apart', [[-5], [50]], 55_000],
  ['one at all', [[20]], 0],
  ['none', [], 0],
] as const)('semantics 29: the pace of a sensor is told from %s', (_, buckets, pace) => {
  const ring = ringOf(shape, ...buckets.flat().map((second) => [second * 1_000, 1] as const));
  const slots = buckets.map(([second = 0]) => slotOf(shape, Math.ceil((t0 + second * 1_000) / shape.gridMs)));
  expect(paceOf(shape, ring.data, slots.toReversed())).toBe(pace);
});

test.each([
  [30_000, 10_000, 3],
  [30_001, 10_000, 4],
  [20_000, 10_000, 2],
  [1, 10_000, 1],
  [30_000, 0, 1],
])('semantics 29: a bucket whose last reading is at %d, one in %d ms, is expected to hold %d', (...given) => {
  const [lastAt, pace, count] = given;
  expect(expectedCount(0, lastAt, pace)).toBe(count);
  expect(expectedCount(t0, t0 + lastAt, pace)).toBe(count);
});

test.each([
  [3, 30_000, 10_000],
  [4, 30_002, 2],
  [4, 30_001, 1],
  [4, 30_000, 1],
  [1, 30_000, 30_000],
])('semantics 29: of %d readings up to %d, one in 10 s, the first is expected at %d', (...given) => {
  const [count, lastAt, first] = given;
  expect(expectedFirst(0, count, lastAt, 10_000)).toBe(first);
});

test('semantics 29: a field is expected as in the newer bucket, a sum as its mean, squares not at all', () => {
  const { at, stride } = shapeWith(['stddev', 'max'], 600_000);
  const deviation = shapeWith(['stddev', 'max'], 600_000);
  const bucket = (count: number, sum: number, max: number, anchor: number, squares: number) => {
    const numbers = Array<number>(stride).fill(0);
    numbers[0] = count;
    numbers[at.sum] = sum;
    numbers[at.max] = max;
    numbers[at.anchor] = anchor;
    numbers[at.squares] = squares;
    return numbers;
  };
  const data = [...bucket(2, 301_001, 160_000, 140_000, 9), ...bucket(3, 1, 2, 4, 5)];
  const expected = (slot: number, newer: number): readonly number[] =>
    [at.sum, at.max, at.anchor, at.squares].map((offset) =>
      expectedValue(deviation, data, offset, slot, newer),
    );
  // The mean of 150,500.5 is taken as 151,000.
  expect(expected(stride, 0)).toEqual([453_000, 160_000, 140_000, 0]);
  expect(expected(0, stride)).toEqual([0, 2, 4, 0]);
  expect(expected(0, -1)).toEqual([0, 0, 0, 0]);
});
