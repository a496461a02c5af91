import { type Machine, phases } from '../../../../functions/domain/rules/engine/cell.ts';
import { hitsMax } from '../../../../functions/domain/rules/engine/hits.ts';
import { recountBreach } from '../../../../functions/domain/rules/engine/recount.ts';
import { runAt, type Spans, spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import { type GivenCount, machineOf, severityOf } from '../../../support/engine/counting.ts';

const { isFalse: F, isTrue: T, held: H, untrusted: U } = spanKinds;

interface Given {
  readonly wasTrue?: boolean;
  readonly heldFrom?: number;
}

/** Whether a late breach at `t`, noted among `machine`'s stretches, is enough. */
const isEnough = (
  given: GivenCount,
  machine: Machine,
  t: number,
  { wasTrue = false, heldFrom = Number.POSITIVE_INFINITY }: Given = {},
): boolean => {
  const breach = { t, run: runAt(machine.spans, t, true), wasTrue, evaluatedAt: 10_000, heldFrom };
  return recountBreach(severityOf(given), machine, breach);
};

const two: GivenCount = { count: 2 };
const runs: GivenCount = { count: 2, forMs: 10 };

test('semantics 15: a breach that is counted already is no news', () => {
  const machine = machineOf({ spans: [T, 10, 20], counting: { hits: [10, 20] } });
  expect([isEnough(two, machine, 20), machine.counting.hits, machine.counting.countsAll]).toEqual([
    false,
    [10, 20],
    false,
  ]);
});

test.each([
  [19, []],
  [20, [10, 20, 30]],
  [21, [10, 20, 30]],
])(
  'semantics 9, 15: with normals forgotten up to %i a breach at 20 in a known run counts it anew, or not',
  (forgottenTo, hits) => {
    const machine = machineOf({ spans: [T, 0, 30], forgottenTo });
    isEnough(runs, machine, 20, { wasTrue: true });
    expect(machine.counting.hits).toEqual(hits);
  },
);

test.each([
  [22, true],
  [23, false],
])(
  'semantics 15: in a known run that completed at 10 and 20 a breach at %i is asked with the last 13 ms',
  (t, expected) => {
    const machine = machineOf({ spans: [T, 0, 25], counting: { hits: [10, 20] } });
    expect(isEnough({ ...runs, withinMs: 13 }, machine, t, { wasTrue: true })).toBe(expected);
  },
);

test('semantics 15: what was enough before a late run is no news', () => {
  const machine = machineOf({ spans: [T, 0, 20, F, 50, 50, T, 100, 115], counting: { hits: [10, 20] } });
  expect([isEnough(runs, machine, 115), machine.counting.hits]).toEqual([false, [10, 20, 110]]);
});

test('semantics 15: a late run shorter than its `for` completes nothing', () => {
  const machine = machineOf({ spans: [F, 95, 95, T, 100, 105], counting: { hits: [80, 90] } });
  expect([isEnough({ ...runs, withinMs: 60 }, machine, 105), machine.counting.hits]).toEqual([
    false,
    [80, 90],
  ]);
});

test('semantics 9, 15: a late run before all of a full list is taken for enough', () => {
  const hits = Array.from({ length: hitsMax }, (_, i) => 1_000 + 10 * i);
  const spans: Spans = [T, 0, 10, F, 50, 50];
  expect(isEnough(runs, machineOf({ spans, counting: { hits } }), 10)).toBe(true);
  expect(isEnough(runs, machineOf({ spans, counting: { hits: hits.slice(2) } }), 10)).toBe(false);
});

test('semantics 15, 24: a late breach with which it is enough lets all be counted, whatever recovered long after', () => {
  const machine = machineOf({ spans: [T, 5, 10], counting: { hits: [10], countsFrom: 1_000 } });
  expect([isEnough(two, machine, 5), machine.counting.countsAll]).toEqual([true, true]);
});

test.each([
  [49, true],
  [50, true],
  [51, false],
])(
  'semantics 5, 24: under a hold since %i a late breach at 50 lets all be counted: %s',
  (heldFrom, countsAll) => {
    const machine = machineOf({ spans: [H, 50, 50], counting: { countsFrom: 1_000 } });
    expect(isEnough(two, machine, 50, { heldFrom })).toBe(false);
    expect(machine.counting.countsAll).toBe(countsAll);
  },
);

test.each([
  [80, true],
  [81, false],
])('semantics 15: after a breach at 50 and a recovery at %i all is counted: %s', (countsFrom, countsAll) => {
  const machine = machineOf({ spans: [T, 50, 50], counting: { countsFrom } });
  isEnough(two, machine, 50);
  expect(machine.counting.countsAll).toBe(countsAll);
});

test.each([
  [40, true],
  [41, false],
])(
  'semantics 15: a late breach at 10 counts for one at %i, what was known to be an episode between them apart',
  (hit, expected) => {
    const spans: Spans = [T, 10, 10, F, 15, 15, T, 20, 20, F, 30, 35, T, hit, hit];
    const machine = machineOf({ spans, closed: [18, 30, 35], counting: { hits: [20, hit] } });
    expect(isEnough(two, machine, 10)).toBe(expected);
  },
);

test.each([
  [20, false],
  [21, true],
])('semantics 15: what an episode that is open since %i ms holds at 20 is no news', (since, expected) => {
  const machine = machineOf({ phase: phases.active, since, spans: [T, 10, 20], counting: { hits: [20] } });
  expect(isEnough(two, machine, 10)).toBe(expected);
});

test.each([
  [40, true],
  [39, false],
])(
  'semantics 15: across a recovery at %i a breach before it does not count for one at 40',
  (countsFrom, expected) => {
    const machine = machineOf({ spans: [T, 20, 40], counting: { hits: [40], countsFrom } });
    expect(isEnough(two, machine, 20)).toBe(expected);
  },
);

test.each<[string, Spans, boolean]>([
  ['a normal between', [T, 10, 10, F, 15, 15, T, 20, 20], false],
  ['nothing between', [T, 10, 20], true],
  ['an untrusted one first', [F, 1, 1, U, 10, 10, T, 20, 20], true],
])('semantics 10, 15: of two breaches that must be consecutive, with %s', (_, spans, expected) => {
  const machine = machineOf({ spans, counting: { hits: [20] } });
  expect(isEnough({ ...two, consecutive: true }, machine, 10)).toBe(expected);
});

test.each<[string, Spans, number, boolean]>([
  ['held ones before a hold that goes on', [H, 10, 20], 100, true],
  ['held ones in it', [H, 10, 20], 5, false],
  ['plain ones after its beginning', [T, 10, 20], 5, true],
  ['a plain one and a held one in it', [T, 10, 10, H, 20, 20], 5, false],
  ['a held one and a plain one in it', [H, 10, 10, T, 20, 20], 5, true],
])(
  'semantics 5, 15: two breaches are enough or wait for the end of the hold: %s',
  (_, spans, heldFrom, expected) => {
    const machine = machineOf({ spans, counting: { hits: [20] } });
    expect(isEnough(two, machine, 10, { heldFrom })).toBe(expected);
  },
);
