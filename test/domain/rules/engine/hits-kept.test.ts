import {
  hitsMax,
  isCounted,
  isNoneBefore,
  withHit,
  withRun,
  withWholeRun,
} from '../../../../functions/domain/rules/engine/hits.ts';
import { spanAgeMaxMs } from '../../../../functions/domain/rules/engine/spans.ts';
import { duration } from '../../../../functions/domain/time.ts';

const times = { count: 2, withinMs: duration(10), consecutive: false };
const full = Array.from({ length: hitsMax }, (_, i) => 1_000 + i);

test.each([
  [90, true],
  [91, false],
  [99, false],
  [100, true],
  [101, true],
])('semantics 15: with a breach at %i none lies before one at 100 within 10 ms: %s', (hit, expected) => {
  expect(isNoneBefore(times, [hit], 100)).toBe(expected);
});

test('semantics 15: of several breaches one is enough to lie before, and without any none does', () => {
  expect([isNoneBefore(times, [50, 95, 200], 100), isNoneBefore(times, [], 100)]).toEqual([false, true]);
});

test.each([
  [999, true],
  [1_000, false],
  [1_001, false],
])('semantics 9, 15: what a full list has forgotten before 1000 counts after %i: %s', (after, expected) => {
  expect(isCounted(times, full, 900, after)).toBe(expected);
});

test('semantics 9, 15: a list with room for one more has forgotten nothing', () => {
  expect(isCounted(times, full.slice(1), 900, -1)).toBe(false);
});

test.each([
  [109, []],
  [119, [110]],
])('semantics 15: a run that has completed nothing since leaves the list as it is, at %i', (to, hits) => {
  expect(withRun(hits, 100, to, 10)).toBe(hits);
});

test('semantics 15: a breach where a run begins is none of its completions', () => {
  expect(withRun([100], 100, 120, 10)).toEqual([100, 110, 120]);
  expect(withWholeRun([100], 100, 120, 10)).toEqual([100, 110, 120]);
  expect(withWholeRun([120, 121], 100, 120, 10)).toEqual([110, 120, 121]);
});

test('semantics 15: of a run that has completed more often than is kept the newest are kept', () => {
  const to = 10 * (hitsMax + 1);
  expect(withRun([], 0, to, 10)).toEqual(Array.from({ length: hitsMax }, (_, i) => 20 + 10 * i));
});

test.each([
  [spanAgeMaxMs + 4, [5, spanAgeMaxMs + 4]],
  [spanAgeMaxMs + 5, [5, spanAgeMaxMs + 5]],
  [spanAgeMaxMs + 6, [spanAgeMaxMs + 6]],
])('semantics 9, 15: with one at %i a breach at 5 is kept or forgotten', (t, hits) => {
  expect(withHit([5], t)).toEqual(hits);
});

test('semantics 15: one that is counted already leaves the list as it is', () => {
  const hits = [1, 3];
  expect(withHit(hits, 3)).toBe(hits);
  expect(withHit(full, 900)).toEqual(full);
});
