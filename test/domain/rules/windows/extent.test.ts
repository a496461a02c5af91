import { figureAt } from '../../../../functions/domain/rules/windows/figure.ts';
import {
  bucketOf,
  bucketStart,
  type Extent,
  extentAt,
} from '../../../../functions/domain/rules/windows/grid.ts';
import { newRing } from '../../../../functions/domain/rules/windows/ring.ts';
import type { WindowShape } from '../../../../functions/domain/rules/windows/shape.ts';
import { isCovered, survey } from '../../../../functions/domain/rules/windows/survey.ts';
import { hour, ringOf, shapeWith, t0 } from '../../../support/engine/rings.ts';

const minute = 60_000;
const avg = shapeWith(['avg'], 10 * minute);
const b0 = t0 / avg.gridMs;
const shanghai = shapeWith(['avg'], 24 * hour, { dayIn: 'Asia/Shanghai' });
const berlin = shapeWith(['avg'], 24 * hour, { dayIn: 'Europe/Berlin' });

const extentOf = (shape: WindowShape, at: number): Extent => {
  const into = { from: 0, to: 0, first: 0, last: 0, halfMs: 0 };
  extentAt(shape, at, into);
  return into;
};

test.each([
  [-1, -20, 0],
  [0, -19, 0],
  [1, -19, 1],
])('semantics 17: a window of 20 buckets asked at %d ms lies in the buckets %d to %d', (at, first, last) => {
  expect(extentOf(avg, t0 + at)).toEqual({
    from: t0 + at - 10 * minute,
    to: t0 + at,
    first: b0 + first,
    last: b0 + last,
    halfMs: 5 * minute,
  });
});

test.each([
  [-1, -4],
  [0, -4],
  [minute - 1, -4],
  [minute, -3],
])('semantics 17: a baseline of an hour, ten minutes ago, asked at %d ms ends with bucket %d', (at, last) => {
  const baseline = shapeWith(['avg'], hour, { backMs: 10 * minute });
  const now = t0 / baseline.gridMs;
  expect(extentOf(baseline, t0 + at)).toEqual({
    from: t0 + (last - 20) * 3 * minute,
    to: t0 + last * 3 * minute,
    first: now + last - 19,
    last: now + last,
    halfMs: 30 * minute,
  });
});

const midnight = Date.parse('2026-03-02T00:00:00+08:00');
const day = (Date.parse('2026-03-02T00:00:00Z') / (24 * hour)) * 21;
/** The end of summer time. */
const longMidnight = Date.parse('2026-10-25T00:00:00+02:00');
const longDay = (Date.parse('2026-10-25T00:00:00Z') / (24 * hour)) * 21;

test.each([
  ['Asia/Shanghai', 0, 0],
  ['Asia/Shanghai', 72 * minute - 1, 0],
  ['Asia/Shanghai', 72 * minute, 1],
  ['Asia/Shanghai', 13 * hour, 10],
  ['Asia/Shanghai', 24 * hour - 1, 19],
  ['Europe/Berlin', 24 * hour, 20],
  ['Europe/Berlin', 25 * hour - 1, 20],
])(
  'semantics 17: a day in %s, asked %d ms after midnight, reaches from there to its bucket %d',
  (zone, after, nth) => {
    const [shape, begin, first] =
      zone === 'Asia/Shanghai' ? [shanghai, midnight, day] : [berlin, longMidnight, longDay];
    const at = begin + after;
    expect(extentOf(shape, at)).toEqual({
      from: begin - 1,
      to: at,
      first,
      last: first + nth,
      halfMs: after / 2,
    });
    expect(bucketOf(shape, at)).toBe(first + nth);
    expect(bucketStart(shape, at)).toBe(begin + nth * 72 * minute - 1);
  },
);

test('semantics 17: a bucket ends with its last instant, that of a day begins with its first', () => {
  expect([0, 1, avg.gridMs].map((after) => bucketStart(avg, t0 + after) - t0)).toEqual([-avg.gridMs, 0, 0]);
  expect([-1, 0].map((after) => bucketOf(shanghai, midnight + after) - day)).toEqual([-2, 0]);
});

test('semantics 17: what is left of a bucket at the edge of a window counts, and alone it may be nothing', () => {
  const ring = ringOf(avg, [10_000, 100]);
  const found = (at: number): readonly number[] => {
    const { count, sum, oldestAt, newestAt } = survey(avg, ring, t0 + at);
    return [count, sum, oldestAt, newestAt];
  };
  expect(found(10_000)).toEqual([1, 100, t0 + 10_000, t0 + 10_000]);
  expect(found(10 * minute + 9_999)).toEqual([1, 100, t0 + 10_000, t0 + 10_000]);
  expect(found(10 * minute + 10_000)).toEqual([0, 0, -1, -1]);
  expect(found(9_999)).toEqual([0, 0, -1, -1]);
});

test('semantics 17: of a bucket that reaches over the edge the times are those of the window', () => {
  const ring = ringOf(avg, [10_000, 1], [20_000, 1], [610_000, 1], [620_000, 1]);
  const { count, oldestAt, newestAt } = survey(avg, ring, t0 + 615_000);
  expect([count, oldestAt, newestAt]).toEqual([4, t0 + 15_000, t0 + 615_000]);
});

test('semantics 17: a window without a reading is unknown, even a day that has just begun and asks for none', () => {
  expect(figureAt(shanghai, newRing(), 'avg', midnight, 0)).toBe(undefined);
  const nothing = survey(shanghai, newRing(), midnight);
  expect([nothing.count, nothing.oldestAt, nothing.newestAt, nothing.halfMs]).toEqual([0, -1, -1, 0]);
  expect(isCovered(nothing, 0)).toBe(false);
});
