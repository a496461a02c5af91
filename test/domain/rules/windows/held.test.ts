import { heldIn } from '../../../../functions/domain/rules/windows/held.ts';
import { bucketSumMax, type Ring } from '../../../../functions/domain/rules/windows/ring.ts';
import { ringOf, shapeWith, t0 } from '../../../support/engine/rings.ts';

const shape = shapeWith(['avg'], 600_000);
const b0 = t0 / shape.gridMs;

/** One reading a bucket, from the one that ends at `t0` on. */
const filled = (...sums: readonly number[]): Ring =>
  ringOf(shape, ...sums.map((sum, i) => [i * shape.gridMs, sum] as const));

const asked = (ring: Ring, first: number, last: number): readonly number[] => {
  const { count, sum } = heldIn(shape, ring, b0 + first, b0 + last);
  return [count, sum];
};

test('semantics 4: a sum that was asked when it lost digits is found again without them', () => {
  const ring = filled(1, 1, 2 ** 53, 1, 1, 1);
  expect(asked(ring, 0, 1)).toEqual([2, 2]);
  expect(asked(ring, 1, 5)[0]).toBe(5);
  expect(asked(ring, 3, 5)).toEqual([3, 3]);
});

test('semantics 4: a sum that was moved on over one that loses digits is found again without them', () => {
  const ring = filled(1, 1, 1, 2 ** 53, 1, 1);
  ring.held = { first: b0, last: b0 + 2, count: 3, sum: 3 };
  expect(asked(ring, 1, 5)[0]).toBe(5);
  expect(ring.held).toBe(undefined);
  expect(asked(ring, 4, 5)).toEqual([2, 2]);
  // It falls out of the window.
  ring.held = { first: b0 + 3, last: b0 + 5, count: 3, sum: 2 ** 53 + 2 };
  expect(asked(ring, 4, 5)).toEqual([2, 2]);
});

test.each([
  [bucketSumMax - 1, true],
  [bucketSumMax, false],
  [1 - bucketSumMax, true],
  [-bucketSumMax, false],
])('semantics 4: with a bucket of %d in it what a window holds is remembered: %p', (sum, isRemembered) => {
  const counted = filled(1, sum);
  asked(counted, 0, 1);
  expect(counted.held !== undefined).toBe(isRemembered);
  const moved = filled(1, sum);
  moved.held = { first: b0, last: b0, count: 1, sum: 1 };
  expect(asked(moved, 0, 1)).toEqual([2, sum + 1]);
  expect(moved.held !== undefined).toBe(isRemembered);
});

test('semantics 17: what a window holds is the same whether it moves on, back, wider, narrower or jumps', () => {
  const ring = filled(...Array.from({ length: 20 }, (_, i) => 2 ** i));
  const sumOf = (first: number, last: number): number => 2 ** (last + 1) - 2 ** first;
  for (const [first, last] of [
    [0, 10],
    [1, 11],
    [1, 11],
    [0, 11],
    [3, 9],
    [10, 19],
    [10, 18],
    [12, 19],
    [19, 19],
    [0, 19],
  ] as const)
    expect([first, last, ...asked(ring, first, last)]).toEqual([
      first,
      last,
      last - first + 1,
      sumOf(first, last),
    ]);
});

test('semantics 29: where no sums are kept the sum is nothing', () => {
  const least = shapeWith(['min'], 600_000);
  const ring = ringOf(least, [0, 5], [30_000, 6], [60_000, 7]);
  expect(heldIn(least, ring, b0, b0 + 2)).toEqual({ first: b0, last: b0 + 2, count: 3, sum: 0 });
});
