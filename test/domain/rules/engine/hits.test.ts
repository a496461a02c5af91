import fc from 'fast-check';
import {
  canComplete,
  type Hits,
  hitsMax,
  isCounted,
  withHit,
  withRun,
  withWholeRun,
} from '../../../../functions/domain/rules/engine/hits.ts';
import { spanAgeMaxMs } from '../../../../functions/domain/rules/engine/spans.ts';
import { duration } from '../../../../functions/domain/time.ts';

const timesOf = (count: number, withinMs: number) => ({
  count,
  withinMs: duration(withinMs),
  consecutive: false,
});
const counted = (hits: Hits, t: number, count: number, within: number, after = -1) =>
  isCounted(timesOf(count, within), hits, t, after);

test('semantics 15: an instant counts from t - within, excluded, to t', () => {
  expect([99, 100, 101].map((t) => counted([0, 50], t, 2, 100))).toEqual([true, false, false]);
  expect(counted([0, 50], 49, 1, 100)).toBe(true);
  expect(counted([50], 49, 1, 100)).toBe(false);
});

test('semantics 15: one less than `count` is not enough, and one more is', () => {
  const hits = [1, 2, 3];
  expect([2, 3, 4].map((count) => counted(hits, 3, count, 100))).toEqual([true, true, false]);
});

test('semantics 15: what lies at or before a recovery does not count', () => {
  expect([0, 1, 2].map((after) => counted([1, 2, 3], 3, 2, 100, after))).toEqual([true, true, false]);
});

test('semantics 15: an instant counts once, whenever it comes', () => {
  expect(withHit([1, 3], 3)).toEqual([1, 3]);
  expect(withHit([1, 3], 2)).toEqual([1, 2, 3]);
  expect(withHit([], 2)).toEqual([2]);
});

test('semantics 15: a run that goes on completes again after each further `for`', () => {
  expect(withRun([], 100, 109, 10)).toEqual([]);
  expect(withRun([], 100, 110, 10)).toEqual([110]);
  expect(withRun([110], 100, 129, 10)).toEqual([110, 120]);
  expect(withRun([50], 100, 130, 10)).toEqual([50, 110, 120, 130]);
});

test('semantics 15: a run that is known better completes anew', () => {
  expect(withWholeRun([50, 110, 200], 95, 120, 10)).toEqual([50, 105, 115, 200]);
});

test('semantics 15: completed runs never lie closer than `for`', () => {
  expect([19, 20, 21].map((within) => canComplete(timesOf(3, within), 10))).toEqual([false, false, true]);
});

test('semantics 9, 15: of more instants than are kept, the forgotten ones count as enough', () => {
  let hits: Hits = [];
  for (let i = 0; i <= hitsMax; i++) hits = withHit(hits, i * 1_000);
  expect(hits).toHaveLength(hitsMax);
  expect(counted(hits, 500, 2, 5_000)).toBe(true);
  expect(counted(hits.slice(1), 500, 2, 5_000)).toBe(false);
});

test('semantics 15: counting what is kept is counting the whole history', () => {
  const instants = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 60 });
  fc.assert(
    fc.property(
      instants,
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: -1, max: 300 }),
      (all, count, within, after) => {
        const hits = all.reduce<Hits>(withHit, []);
        for (const t of all) {
          const naive = new Set(all.filter((one) => one > t - within && one <= t && one > after)).size;
          expect(counted(hits, t, count, within, after)).toBe(naive >= count);
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

test('semantics 15: completions found reading by reading are those of the whole run', () => {
  const steps = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 40 }), (gaps, forMs) => {
      let hits: Hits = [];
      let t = 0;
      const naive: number[] = [];
      for (const gap of gaps) {
        t += gap;
        hits = withRun(hits, 0, t, forMs);
      }
      for (let end = forMs; end <= t; end += forMs) naive.push(end);
      expect(hits).toEqual(naive.slice(-hitsMax));
      expect(withWholeRun(hits, 0, t, forMs)).toEqual(hits);
    }),
    { numRuns: 1_000 },
  );
});

test('semantics 9, 15: what was counted longer ago than any reading may be late is forgotten', () => {
  expect(withHit([0, 5], spanAgeMaxMs + 5)).toEqual([5, spanAgeMaxMs + 5]);
});
