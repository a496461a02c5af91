import { newestUntil } from '../../../../functions/domain/rules/windows/change.ts';
import { figureAt } from '../../../../functions/domain/rules/windows/figure.ts';
import { enter } from '../../../../functions/domain/rules/windows/ring.ts';
import { reachesAt } from '../../../../functions/domain/rules/windows/slope.ts';
import { ringOf, shapeWith, t0 } from '../../../support/engine/rings.ts';

const minute = 60_000;
const slope = shapeWith(['slope'], 20 * minute);

/** A value a minute, from `t0` on. */
const minutes = (count: number, value: (i: number) => number) =>
  Array.from({ length: count }, (_, i) => [i * minute, Math.round(value(i) * slope.power)] as const);

test.each([
  ['rises', 1],
  ['falls', -1],
])(
  'semantics 18: a value that %s and lies at the limit meets it; one that has passed it does not',
  (_, sign) => {
    const ring = ringOf(slope, ...minutes(21, (i) => sign * (10 + i / 10)));
    const meets = (limit: number): boolean | undefined =>
      reachesAt(slope, ring, sign * limit, 10 * minute, t0 + 20 * minute, 1);
    expect([12.001, 12, 11.999].map(meets)).toEqual([true, true, false]);
    expect([13, 13.001].map(meets)).toEqual([true, false]);
  },
);

test('semantics 9, 18: a slope that is asked of the past is drawn through what is still there', () => {
  // 10 a minute for ten minutes, then 0.1 a minute.
  const value = (i: number): number => (i < 10 ? 10 * i : 90 + (i - 9) / 10);
  const ring = ringOf(slope, ...minutes(26, value));
  const at = t0 + 20 * minute;
  const meets = (limit: number): boolean | undefined => reachesAt(slope, ring, limit, 10 * minute, at, 1);
  expect(meets(95)).toBe(true);
  // Now the first eight minutes are forgotten, so that most of what is known is slow: 91.1 + 10 * 0.1.
  for (const [after, scaled] of minutes(34, value).slice(26)) enter(slope, ring, t0 + after, scaled);
  expect([92.1, 92.101, 95].map(meets)).toEqual([true, false, false]);
});

test('semantics 17: a deviation that is small beside its values loses no digit', () => {
  const shape = shapeWith(['stddev'], 10 * minute);
  const values = Array.from({ length: 21 }, (_, i) => [i * 30_000, 1e10 + (i % 2) * 2] as const);
  expect(figureAt(shape, ringOf(shape, ...values), 'stddev', t0 + 10 * minute, 1)).toBe(0.00001);
  const jump = Array.from({ length: 21 }, (_, i) => [i * 30_000, 1e10 + (i > 10 ? 6 : 0)] as const);
  expect(figureAt(shape, ringOf(shape, ...jump), 'stddev', t0 + 10 * minute, 1)).toBe(0.00003);
});

test('semantics 17: of the readings of a bucket the first is known as well as the last, each if it is not too old', () => {
  const shape = shapeWith(['delta'], 10 * minute);
  const ring = ringOf(shape, [1_000, 11], [10_000, 12], [20_000, 13]);
  const known = (until: number, from: number): readonly number[] | undefined => {
    const into = { at: 0, value: 0 };
    return newestUntil(shape, ring, t0 + until, t0 + from, into) ? [into.at - t0, into.value] : undefined;
  };
  expect(known(20_000, 20_000)).toEqual([20_000, 13]);
  expect(known(20_001, 20_001)).toBe(undefined);
  expect(known(19_999, 1_000)).toEqual([1_000, 11]);
  expect(known(19_999, 1_001)).toBe(undefined);
  expect(known(1_000, 1_000)).toEqual([1_000, 11]);
  expect(known(999, -600_000)).toBe(undefined);
});
