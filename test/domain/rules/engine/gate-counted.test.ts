import { never, phases } from '../../../../functions/domain/rules/engine/cell.ts';
import {
  admits,
  countBreach,
  firstDeadline,
  lookAgainAt,
} from '../../../../functions/domain/rules/engine/gate.ts';
import { spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import { type GivenCount, machineOf, severityOf } from '../../../support/engine/counting.ts';
import { scheduleOf } from '../../../support/engine/gated.ts';

const { isTrue: T, untrusted: U } = spanKinds;
const two: GivenCount = { count: 2 };
const runs: GivenCount = { count: 2, forMs: 10 };
/** Open from 60,000 to 120,000. */
const schedule = scheduleOf([[1, 2]]);

test('semantics 15: a severity that counts nothing notes no breach', () => {
  const machine = machineOf();
  const { counting } = machine;
  countBreach(severityOf({ schedule }), machine, 10);
  expect(machine.counting).toBe(counting);
});

test('semantics 15: a breach is noted, and without `for` each reading counts', () => {
  const machine = machineOf({ spans: [T, 0, 30], counting: { hits: [5], countsFrom: 3 } });
  countBreach(severityOf(two), machine, 30);
  expect(machine.counting).toEqual({
    hits: [5, 30],
    countsFrom: 3,
    countsAll: false,
    isBorrowed: false,
    recoveries: [],
  });
});

test('semantics 10, 15: with `for` the completions of the trusted run count', () => {
  const machine = machineOf({ spans: [U, 0, 5, T, 8, 30] });
  countBreach(severityOf(runs), machine, 30);
  expect(machine.counting.hits).toEqual([18, 28]);
});

test.each([
  ['a breach with another shortly before it', phases.pending, true, [80], true],
  ['a breach of a severity that stands', phases.active, true, [], true],
  ['a breach with none before it', phases.pending, true, [50], false],
  ['a breach where all came in order', phases.pending, false, [50], false],
] as const)('semantics 15, 24: after %s recoveries count or not', (_, phase, countsAll, hits, expected) => {
  const machine = machineOf({ phase, counting: { countsAll, hits } });
  countBreach(severityOf(two), machine, 100);
  expect(machine.counting.countsAll).toBe(expected);
});

test('semantics 15: without count and schedule a run may raise whenever it likes', () => {
  expect(admits(severityOf({}), machineOf({ closed: [0, 50, 60] }), 10)).toBe(true);
});

test.each<[string, GivenCount, number, number, boolean]>([
  ['since the run began', { ...two, consecutive: true }, 10, -1, true],
  ['before and since the run began', { ...two, consecutive: true }, 11, -1, false],
  ['since the run began and before a recovery', { ...two, consecutive: true }, 10, 10, false],
  ['whenever', two, 20, -1, true],
  ['after a recovery', two, 20, 9, true],
  ['before and after a recovery', two, 20, 10, false],
])(
  'semantics 15: two breaches are enough or not when they came %s',
  (_, given, since, countsFrom, expected) => {
    const machine = machineOf({ since, counting: { hits: [10, 20], countsFrom } });
    expect(admits(severityOf(given), machine, 20)).toBe(expected);
  },
);

test.each([
  [19, false],
  [20, true],
])('semantics 15: a run since 0 that is true until %i is twice as long as its `for`', (t, expected) => {
  expect(admits(severityOf(runs), machineOf({ since: 0 }), t)).toBe(expected);
});

test.each([
  [59_999, false],
  [60_000, true],
  [119_999, true],
  [120_000, false],
])('semantics 16: a run may raise at %i, or not, outside the hours', (t, expected) => {
  expect(admits(severityOf({ schedule }), machineOf(), t)).toBe(expected);
});

test.each([
  [61_999, true],
  [62_000, false],
  [63_999, false],
  [64_000, true],
])('semantics 16: a breach at %i belongs to the episode that a closing has ended, or not', (t, expected) => {
  const machine = machineOf({ closed: [62_000, 64_000, 64_000] });
  expect(admits(severityOf({ schedule }), machine, t)).toBe(expected);
});

test('semantics 15, 16: inside the hours it still has to be enough', () => {
  const machine = machineOf({ counting: { hits: [70_000] } });
  expect(admits(severityOf({ ...two, schedule }), machine, 70_000)).toBe(false);
});

test.each<[string, GivenCount, number, number]>([
  ['outside the hours at the next opening', { ...runs, schedule }, 50_000, 60_000],
  ['inside them after another `for`', { ...runs, schedule }, 60_000, 60_010],
  ['after another `for`', runs, 100, 110],
  ['never when only readings count', two, 100, never],
  ['never when it counts nothing', { forMs: 10, schedule }, 70_000, never],
  ['never when so many runs do not fit', { ...runs, withinMs: 10 }, 100, never],
])('semantics 15, 16: time looks again at a run %s', (_, given, at, expected) => {
  expect(lookAgainAt(severityOf(given), at)).toBe(expected);
});

test.each<[GivenCount, number]>([
  [two, never],
  [runs, 77],
  [{}, 77],
  [{ forMs: 10 }, 77],
])('semantics 15: the first deadline of a run under %o', (given, expected) => {
  expect(firstDeadline(severityOf(given), 77)).toBe(expected);
});
