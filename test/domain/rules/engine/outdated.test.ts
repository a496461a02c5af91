import { isBeforeNewest, isOutdated, meetAgain } from '../../../../functions/domain/rules/engine/outdated.ts';
import { cellOf, conditionWith, saying } from '../../../support/engine/cells.ts';

const bound = conditionWith([saying(false)]);
const eras = (...of: readonly (readonly [from: number, key: number])[]) => ({
  ...bound,
  eras: of.flatMap(([from, key]) => bound.eras.map((era) => ({ ...era, from, key }))),
});
const changed = eras([0, 0], [100, 7], [200, 8]);
const unchanged = eras([100, 7]);

test.each([
  [7, 99, true],
  [7, 100, false],
  [7, 101, false],
  [8, 199, true],
  [0, 0, false],
  // An era that is not known any more.
  [5, 99, false],
])(
  'semantics 22: a cell that has met the era %d has left those of %d ms behind: %p',
  (limitsKey, t, said) => {
    expect(isOutdated(changed, cellOf([], { limitsKey }), t)).toBe(said);
  },
);

test('limits that never changed are never left behind', () => {
  expect(isOutdated(unchanged, cellOf([], { limitsKey: 7 }), 99)).toBe(false);
  expect(isBeforeNewest(unchanged, 99)).toBe(false);
});

test('semantics 22: after a reading from before a change, the change is to be met once more', () => {
  const cell = cellOf([], { limitsKey: 8 });
  meetAgain(changed, cell, 199);
  expect(cell.limitsKey).toBe(7);
  meetAgain(changed, cell, 99);
  expect(cell.limitsKey).toBe(0);
});

test.each([
  [199, true],
  [200, false],
  [201, false],
  // Without a time the newest count.
  [undefined, false],
])('semantics 22: other limits than the newest hold at %p ms: %p', (t, said) => {
  expect(isBeforeNewest(changed, t)).toBe(said);
});
