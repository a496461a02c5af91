import {
  dampedClearForMaxMs,
  dampedClearForMs,
  flapWithinMs,
  recoveriesMax,
  withRecovery,
} from '../../../../functions/domain/rules/engine/damping.ts';

const recovered = (count: number, last = 0): number[] => Array.from({ length: count }, (_, i) => last - i);

test('semantics 26: each recovery after the third of an hour doubles `clearFor`', () => {
  const after = [2, 3, 4, 5, 6].map((count) => dampedClearForMs(60_000, 5_000, recovered(count), 1));
  expect(after).toEqual([60_000, 60_000, 120_000, 240_000, 480_000]);
});

test('semantics 26: a recovery counts for one hour, the last instant excluded', () => {
  const at = [flapWithinMs - 1, flapWithinMs, flapWithinMs + 1];
  const recoveries = [0, ...recovered(3, flapWithinMs - 10)];
  expect(at.map((t) => dampedClearForMs(60_000, 5_000, recoveries, t))).toEqual([120_000, 60_000, 60_000]);
});

test('semantics 26: a doubled `clearFor` has a maximum, and one that is longer stays as it is', () => {
  const many = recovered(recoveriesMax);
  expect(dampedClearForMs(1_000, 1_000, many, 1)).toBe(dampedClearForMaxMs);
  expect(dampedClearForMs(dampedClearForMaxMs + 1, 1_000, many, 1)).toBe(dampedClearForMaxMs + 1);
});

test('semantics 26: without a `clearFor` the reporting period is doubled', () => {
  expect(dampedClearForMs(0, 5_000, recovered(4), 1)).toBe(10_000);
});

test.each([
  [2, 0],
  [3, 0],
  [4, 10_000],
  [5, 20_000],
])(
  'semantics 26: %i recoveries of the last hour beside older ones make a `clearFor` of nothing %i ms long',
  (count, ms) => {
    const now = 2 * flapWithinMs;
    const older = recovered(4, now - flapWithinMs).toReversed();
    expect(dampedClearForMs(0, 5_000, [...older, ...recovered(count, now - 1).toReversed()], now)).toBe(ms);
  },
);

test('semantics 29: recoveries that count no more are forgotten', () => {
  expect(withRecovery([0, 1], flapWithinMs)).toEqual([1, flapWithinMs]);
  expect(withRecovery(recovered(recoveriesMax).toReversed(), 1)).toHaveLength(recoveriesMax);
});

test('semantics 29: of many recoveries the newest are kept', () => {
  const many = Array.from({ length: recoveriesMax }, (_, i) => i);
  expect(withRecovery(many.slice(1), recoveriesMax)).toEqual([...many.slice(1), recoveriesMax]);
  expect(withRecovery(many, recoveriesMax)).toEqual([...many.slice(1), recoveriesMax]);
});
