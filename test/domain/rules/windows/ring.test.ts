import { newRing, scaledIfKnown, scaledValue } from '../../../../functions/domain/rules/windows/ring.ts';
import { bucketIn, filledBuckets, hour, ringOf, shapeWith, t0 } from '../../../support/engine/rings.ts';

const minute = 60_000;
const avg = shapeWith(['avg'], 10 * minute);

test.each([
  [1.5, 150_000],
  [-0.00001, -1],
  [-0, 0],
  [0.000004, 0],
  [true, 100_000],
  [false, 0],
  ['open', 0],
] as const)('semantics 4: the value %p is kept as the integer %d', (value, scaled) => {
  expect(scaledValue(avg, value)).toBe(scaled);
  expect(scaledIfKnown(avg, value)).toBe(scaled);
});

test.each([undefined, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308])(
  'semantics 1: %p enters no window',
  (value) => {
    expect(scaledIfKnown(avg, value)).toBe(undefined);
  },
);

/** Of a bucket that ends half a minute after `t0`; seconds after it. */
const changes = shapeWith(['delta'], 10 * minute);

test.each([
  [
    'the greater comes second',
    [
      [9, 3],
      [9, 5],
    ],
    5,
    5,
  ],
  [
    'the greater comes first',
    [
      [9, 5],
      [9, 3],
    ],
    5,
    5,
  ],
  [
    'the greater comes second, at the end',
    [
      [1, 1],
      [9, 4],
      [9, 6],
    ],
    1,
    6,
  ],
  [
    'the greater comes first, at the end',
    [
      [1, 1],
      [9, 6],
      [9, 4],
    ],
    1,
    6,
  ],
  [
    'the greater comes second, at the beginning',
    [
      [1, 4],
      [9, 1],
      [1, 6],
    ],
    6,
    1,
  ],
  [
    'the greater comes first, at the beginning',
    [
      [1, 6],
      [9, 1],
      [1, 4],
    ],
    6,
    1,
  ],
  [
    'both are negative',
    [
      [9, -5],
      [9, -3],
    ],
    -3,
    -3,
  ],
  [
    'they lie between others',
    [
      [1, 1],
      [9, 2],
      [5, 8],
      [5, 9],
    ],
    1,
    2,
  ],
] as const)(
  'semantics 6, 17: of two values at one instant the greater stands where %s',
  (_, readings, first, last) => {
    const ring = ringOf(changes, ...readings.map(([second, value]) => [second * 1_000, value] as const));
    const times = readings.map(([second]) => t0 + second * 1_000);
    expect(bucketIn(changes, ring, 1)).toEqual([
      readings.length,
      Math.min(...times),
      Math.max(...times),
      first,
      last,
    ]);
  },
);

test('semantics 29: a reading touches no other bucket, whatever is kept of it', () => {
  const shape = shapeWith(['min', 'max'], 10 * minute);
  const ring = ringOf(shape, [0, 5], [10_000, 1], [20_000, 7], [20_000, 9], [5_000, 8], [5_000, 12]);
  expect(bucketIn(shape, ring, 0)).toEqual([1, t0, t0, 5, 5]);
  expect(bucketIn(shape, ring, 1)).toEqual([5, t0 + 5_000, t0 + 20_000, 1, 12]);
});

test('semantics 29: a count alone keeps how many there were, and when', () => {
  const shape = shapeWith(['count'], 10 * minute);
  const ring = ringOf(shape, [0, 7], [10_000, 7], [5_000, 7], [20_000, 7]);
  expect([0, 1].map((i) => bucketIn(shape, ring, i))).toEqual([
    [1, t0, t0],
    [3, t0 + 5_000, t0 + 20_000],
  ]);
});

test('semantics 17: the past before a gap is kept beside the present once nothing of it is in the ring', () => {
  const after = (buckets: number) => ringOf(avg, [0, 1], [buckets * avg.gridMs, 2]);
  const near = after(avg.capacity - 1);
  expect([filledBuckets(avg, near), near.older]).toEqual([[0, avg.capacity - 1], undefined]);
  const far = after(avg.capacity);
  expect([filledBuckets(avg, far), filledBuckets(avg, far.older)]).toEqual([[avg.capacity], [0]]);
  expect(far.data).toHaveLength(avg.blank.length);
  expect(far.older?.older).toBe(undefined);
});

/** Buckets of 24 minutes, of which the ring keeps 26: less than eleven hours. */
const shift = shapeWith(['avg'], 8 * hour);

test.each([
  [24 * hour, [0]],
  [24 * hour + 1, []],
])('semantics 17: when %d ms have passed, of the past before the gap is kept %p', (afterMs, kept) => {
  const ring = ringOf(shift, [0, 1], [11 * hour, 2], [20 * hour, 3], [afterMs, 4]);
  expect(filledBuckets(shift, ring.older)).toEqual(kept);
});

test.each([
  [24 * hour, [-60]],
  [24 * hour + 1, []],
])('semantics 17: of a reading that is %d ms late is kept %p', (lateMs, kept) => {
  const ring = ringOf(shift, [0, 1], [-lateMs, 2]);
  expect(filledBuckets(shift, ring)).toEqual([0]);
  expect(filledBuckets(shift, ring.older)).toEqual(kept);
});

test.each([
  [25, [-52, -27]],
  [26, [-53]],
])('semantics 17: what comes %d buckets before the past that is kept leaves %p', (before, kept) => {
  const ring = ringOf(shift, [0, 1], [-27 * shift.gridMs, 2], [-(27 + before) * shift.gridMs, 3]);
  expect(filledBuckets(shift, ring.older)).toEqual(kept);
});

test('semantics 17: what is late by just less than the ring reaches is part of the present', () => {
  const late = (buckets: number) => ringOf(shift, [0, 1], [-buckets * shift.gridMs, 2]);
  expect([filledBuckets(shift, late(25)), late(25).older]).toEqual([[-25, 0], undefined]);
  expect([filledBuckets(shift, late(26)), filledBuckets(shift, late(26).older)]).toEqual([[0], [-26]]);
});

test('semantics 17: of a bucket the earliest reading is the first, though it comes last', () => {
  const ring = ringOf(changes, [9_000, 5], [1_000, 2]);
  expect(bucketIn(changes, ring, 1)).toEqual([2, t0 + 1_000, t0 + 9_000, 2, 5]);
});

test('semantics 17: a bucket knows nothing of the one whose place it took', () => {
  const shape = shapeWith(['stddev'], 10 * minute);
  const again = shape.capacity * shape.gridMs;
  const ring = ringOf(shape, [0, 5], [0, 9], [again - shape.gridMs, 1], [again, 7]);
  expect(bucketIn(shape, ring, shape.capacity)).toEqual([1, t0 + again, t0 + again, 7, 7, 0]);
});

test('semantics 29: a ring begins with nothing', () => {
  expect(newRing()).toEqual({
    newest: -1,
    data: [],
    slopeOf: -1,
    slope: undefined,
    held: undefined,
    older: undefined,
  });
});
