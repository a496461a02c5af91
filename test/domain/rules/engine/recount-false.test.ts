import type { Machine } from '../../../../functions/domain/rules/engine/cell.ts';
import { recountFalse } from '../../../../functions/domain/rules/engine/recount.ts';
import { type Spans, type Stretch, spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import { type GivenCount, machineOf, severityOf } from '../../../support/engine/counting.ts';

const { isFalse: F, isTrue: T, untrusted: U } = spanKinds;

/** Whether it is enough after a late normal at `t`, noted among `machine`'s stretches. */
const isEnough = (given: GivenCount, machine: Machine, t: number, split?: Stretch): boolean =>
  recountFalse(severityOf(given), machine, {
    t,
    split,
    evaluatedAt: 10_000,
    heldFrom: Number.POSITIVE_INFINITY,
  });

const runs: GivenCount = { count: 3, forMs: 10 };
const halves: Spans = [T, 0, 15, F, 15, 15, T, 15, 30];

test('semantics 15: a late normal that splits a run makes each half complete by itself', () => {
  const machine = machineOf({ spans: [...halves], counting: { hits: [10, 20, 30] } });
  isEnough(runs, machine, 15, { from: 0, to: 30 });
  expect(machine.counting.hits).toEqual([10, 25]);
});

test('semantics 10, 15: an untrusted breach makes a half longer', () => {
  const machine = machineOf({ spans: [...halves.slice(0, -1), 20, U, 26, 26], counting: { hits: [10, 20] } });
  isEnough(runs, machine, 15, { from: 0, to: 20 });
  expect(machine.counting.hits).toEqual([10, 25]);
});

test.each([
  [-1, [10, 25]],
  [0, [10, 20, 30]],
  [1, [10, 20, 30]],
])(
  'semantics 9, 15: with normals forgotten up to %i a run from 0 is counted anew, or not',
  (forgottenTo, hits) => {
    const machine = machineOf({ spans: [...halves], forgottenTo, counting: { hits: [10, 20, 30] } });
    isEnough(runs, machine, 15, { from: 0, to: 30 });
    expect(machine.counting.hits).toEqual(hits);
  },
);

test('semantics 15: a late normal that splits nothing and lies in no episode changes no count', () => {
  const machine = machineOf({ spans: [F, 5, 5], counting: { hits: [10, 20, 30] } });
  expect([isEnough({ count: 2 }, machine, 5), machine.counting.countsAll]).toEqual([false, false]);
});

test.each<[string, number, readonly number[], boolean]>([
  ['before that lets it count on', 70, [], true],
  ['then begins the count again', 71, [], false],
  ['long after as well', 150, [], false],
  ['long after as well, whatever is counted later', 150, [200], false],
  ['that a chain of breaches reaches lets it count on', 100, [70], true],
  ['before which nothing was left to count begins it again', 100, [71], false],
])(
  'semantics 15, 24: of an episode up to 40 a breach counts until 71: a recovery %s',
  (_, countsFrom, hits, countsAll) => {
    const machine = machineOf({ closed: [0, 30, 40], counting: { hits, countsFrom } });
    isEnough({ count: 3 }, machine, 10);
    expect(machine.counting.countsAll).toBe(countsAll);
  },
);

test.each([
  [60, true],
  [61, false],
])(
  'semantics 15, 24: of a split run up to 30 a breach counts until 61: with a recovery at %i it counts on: %s',
  (countsFrom, countsAll) => {
    const machine = machineOf({ spans: [...halves], counting: { countsFrom } });
    isEnough(runs, machine, 15, { from: 0, to: 30 });
    expect(machine.counting.countsAll).toBe(countsAll);
  },
);
