import { holdsOf, union } from '../../../../functions/domain/rules/correlate/holds.ts';
import type { Slot } from '../../../../functions/domain/rules/correlate/state.ts';
import { instant } from '../../../../functions/domain/time.ts';
import { memberOf, stateOf, termsWith } from '../../../support/correlation-states.ts';

/** Counts from `from` until `to`: T (100) after its recovery. */
const counts = (alertId: string, from: number, to: number, slot: Slot = 0) =>
  memberOf(
    alertId,
    [
      [1, 1, from, 1],
      [2, 2, to - 100, -1],
    ],
    { slot },
  );
const stands = (alertId: string, from: number, slot: Slot = 0) =>
  memberOf(alertId, [[1, 1, from, 1]], { slot });
const never = Number.POSITIVE_INFINITY;

test.each([
  [
    4,
    [
      { from: 0, to: 10 },
      { from: 15, to: 20 },
    ],
  ],
  [5, [{ from: 0, to: 20 }]],
])('stretches five apart with a gap of %i', (gapMs, joined) => {
  const [a, b] = [
    { from: 0, to: 10 },
    { from: 15, to: 20 },
  ];
  expect(union([b, a], gapMs)).toEqual(joined);
});

describe('semantics 20: when N of M holds', () => {
  const two = termsWith({ count: 2 });

  test('from the second on, not from the third', () => {
    expect(holdsOf(stateOf([stands('a', 100), stands('b', 200), stands('c', 300)]), two)).toEqual([
      { from: 200, to: never },
    ]);
  });

  test('until only one is left, whoever went before', () => {
    const state = stateOf([counts('a', 100, 900), counts('b', 200, 800), counts('c', 300, 500)]);
    expect(holdsOf(state, two)).toEqual([{ from: 200, to: 800 }]);
  });

  test('again when a second comes again', () => {
    const state = stateOf([stands('a', 100), counts('b', 200, 400), counts('c', 401, 600)]);
    expect(holdsOf(state, two)).toEqual([
      { from: 200, to: 400 },
      { from: 401, to: 600 },
    ]);
  });

  test.each([
    [499, [{ from: 500, to: 500 }]],
    [500, []],
    [501, []],
    [99, [{ from: 100, to: 500 }]],
    [100, [{ from: 101, to: 500 }]],
  ])('only after the floor: at %i', (floor, holds) => {
    const state = stateOf([counts('a', 100, 500)], { floor: instant(floor) });
    expect(holdsOf(state, termsWith())).toEqual(holds);
  });
});

describe('semantics 20: when a sequence holds', () => {
  const sequence = termsWith({ kind: 'sequence', count: 0 });
  const holds = (...members: readonly ReturnType<typeof counts>[]) =>
    holdsOf(stateOf(members, { kind: 'sequence' }), sequence);

  test('from the second until one of both counts no more', () => {
    expect(holds(counts('a', 100, 500), counts('b', 200, 400, 1))).toEqual([{ from: 200, to: 400 }]);
    expect(holds(counts('a', 100, 500), counts('b', 200, 600, 1))).toEqual([{ from: 200, to: 500 }]);
  });

  test('two that can be the first make one stretch', () => {
    expect(holds(counts('a', 100, 500), counts('b', 150, 700), stands('c', 200, 1))).toEqual([
      { from: 200, to: 700 },
    ]);
  });

  test('a second is no first', () => {
    expect(holds(stands('b', 100, 1), stands('c', 200, 1))).toEqual([]);
  });
});

describe('semantics 20: when an absence holds', () => {
  const absence = termsWith({ kind: 'absence', count: 0 });

  // The first counts from 100 to 500: what must be missing is asked from 200 on.
  test.each([
    [10, 150, [{ from: 200, to: 500 }]],
    [10, 199, [{ from: 200, to: 500 }]],
    [10, 200, [{ from: 201, to: 500 }]],
    [10, 201, [{ from: 202, to: 500 }]],
    [200, 300, [{ from: 301, to: 500 }]],
    [
      201,
      301,
      [
        { from: 200, to: 200 },
        { from: 302, to: 500 },
      ],
    ],
    [
      300,
      499,
      [
        { from: 200, to: 299 },
        { from: 500, to: 500 },
      ],
    ],
    [300, 500, [{ from: 200, to: 299 }]],
    [499, 900, [{ from: 200, to: 498 }]],
    [500, 900, [{ from: 200, to: 499 }]],
    [501, 900, [{ from: 200, to: 500 }]],
  ])('the other there from %i to %i', (from, to, holds) => {
    const state = stateOf([counts('a', 100, 500), counts('b', from, to, 1)], { kind: 'absence' });
    expect(holdsOf(state, absence)).toEqual(holds);
  });

  test('a first that counts for T and no longer is missed for one instant', () => {
    expect(holdsOf(stateOf([counts('a', 100, 200)], { kind: 'absence' }), absence)).toEqual([
      { from: 200, to: 200 },
    ]);
  });
});
