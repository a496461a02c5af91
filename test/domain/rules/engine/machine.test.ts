import {
  type Cell,
  closedMax,
  type Machine,
  never,
  newCell,
  phases,
} from '../../../../functions/domain/rules/engine/cell.ts';
import { flapWithinMs } from '../../../../functions/domain/rules/engine/damping.ts';
import {
  borrow,
  close,
  closingAfter,
  episodeAround,
  hasRaised,
  isOpen,
  overAt,
  placeIn,
  raise,
  rankNow,
  recover,
  stopClearing,
  toIdle,
} from '../../../../functions/domain/rules/engine/machine.ts';
import { type GivenCount, machineOf, severityOf } from '../../../support/engine/counting.ts';
import { scheduleOf } from '../../../support/engine/gated.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';

const { idle, pending, active, clearing } = phases;
/** Open from 60,000 to 120,000. */
const schedule = scheduleOf([[1, 2]]);
const yellow: GivenCount = { schedule, severity: 'yellow' };

const [both] = boundTo(
  ruleOf({
    levels: [
      { severity: 'yellow', at: 1 },
      { severity: 'red', at: 2 },
    ],
  }),
).conditions;
const cellOf = (silence: Cell['silence'], ...of: readonly Machine['phase'][]): Cell => ({
  ...newCell(0, 0),
  silence,
  machines: of.map((phase) => machineOf({ phase })),
});

test.each([
  ['nothing', idle, [idle, pending], never],
  ['the lighter one', idle, [active, pending], 2],
  ['the graver one that is about to clear', idle, [idle, clearing], 4],
  ['both', idle, [active, active], 4],
  ['silence', active, [idle, pending], 3],
  ['silence that is about to end and the lighter one', clearing, [active, idle], 3],
  ['silence and the graver one', active, [idle, active], 4],
  ['nothing while silence waits', pending, [idle, idle], never],
] as const)('semantics 12, 14: the highest of what is raised: %s', (_, silence, machines, expected) => {
  if (both === undefined) throw new Error('a rule that binds to nothing');
  expect(rankNow(both, cellOf(silence, ...machines))).toBe(expected);
});

test('semantics 14: what counts its `clearFor` is raised, what counts its `for` is not, whatever silence does', () => {
  expect([idle, pending, active, clearing].map((phase) => isOpen(machineOf({ phase })))).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(hasRaised(cellOf(active, idle, pending))).toBe(false);
  expect(hasRaised(cellOf(idle, idle, clearing))).toBe(true);
});

test('semantics 14: what is raised counts no `for`, no `clearFor` and no hold any more, and by its own count', () => {
  const counting = { hits: [1], isBorrowed: true };
  const machine = machineOf({
    phase: pending,
    since: 5,
    deadlineAt: 9,
    clearSince: 7,
    isHeld: true,
    counting,
  });
  raise(severityOf({}), machine, 3, 10, 10);
  expect(machine).toEqual(machineOf({ phase: active, since: 3, counting: { hits: [1] } }));
});

test('semantics 14: what was raised by its own count keeps what it counted', () => {
  const machine = machineOf({ phase: pending });
  const { counting } = machine;
  raise(severityOf({}), machine, 3, 10, 10);
  expect(machine.counting).toBe(counting);
});

test.each<[string, GivenCount, number, number, number]>([
  ['the closing', yellow, 60_000, 60_000, 120_000],
  ['the message, where the closing was before it', yellow, 119_999, 125_000, 125_000],
  ['its own instant outside the hours', yellow, 130_000, 130_000, 130_000],
  ['its message outside the hours', yellow, 130_000, 140_000, 140_000],
  ['never where the closing ends nothing', { schedule }, 60_000, 60_000, never],
  ['never without hours', { severity: 'yellow' }, 60_000, 60_000, never],
])('semantics 8, 16: what is raised ends at %s', (_, given, t, receivedAt, expected) => {
  expect(closingAfter(severityOf(given), t, receivedAt)).toBe(expected);
  const machine = machineOf();
  raise(severityOf(given), machine, 1, t, receivedAt);
  expect(machine.deadlineAt).toBe(expected);
});

test.each([
  [2, false, true],
  [2, true, true],
  [undefined, false, false],
  [undefined, true, false],
])(
  'semantics 15: with a count of %s what another raises is borrowed, or not',
  (count, isBorrowed, expected) => {
    const machine = machineOf({ counting: { hits: [1], isBorrowed } });
    const { counting } = machine;
    borrow(severityOf(count === undefined ? {} : { count }), machine);
    expect(machine.counting).toEqual({ ...counting, isBorrowed: expected });
    expect(machine.counting === counting).toBe(isBorrowed === expected);
  },
);

test('semantics 9, 26: a recovery is remembered with its clear run, for as long as it counts', () => {
  const counting = { recoveries: [0, 1] };
  const machine = machineOf({ phase: clearing, since: 10, clearSince: 20, closed: [1, 2, 3], counting });
  recover(machine, flapWithinMs);
  const expected = { closed: [1, 2, 3, 10, 20, flapWithinMs], counting: { recoveries: [1, flapWithinMs] } };
  expect(machine).toEqual(machineOf(expected));
});

test('semantics 9: the newest closed episodes are kept', () => {
  const closed = Array.from({ length: 3 * closedMax }, (_, i) => i);
  const machine = machineOf({ phase: active, since: 100, closed });
  close(machine, 101, 102);
  expect(machine.closed).toEqual([...closed.slice(3), 100, 101, 102]);
});

test.each([
  ['that counted', { hits: [1] }, 50],
  ['that counted nothing', {}, never],
  ['that counts all', { hits: [1], countsAll: true }, never],
  ['that another has raised', { hits: [1], isBorrowed: true }, never],
])('semantics 15: the end of an episode %s starts the count again, or not', (_, counting, expected) => {
  const machine = machineOf({ phase: active, since: 10, counting });
  const before = machine.counting;
  close(machine, 40, 50);
  expect(machine.counting).toEqual({ ...before, countsFrom: expected });
  expect(machine.counting === before).toBe(expected === never);
});

const closedTwice = machineOf({ closed: [10, 20, 30, 25, 40, 50] });

test.each([
  [9, 'outside', undefined, undefined],
  [10, 'inside', 20, 30],
  [19, 'inside', 20, 30],
  [20, 'clear-run', undefined, 30],
  [24, 'clear-run', undefined, 30],
  [25, 'inside', 40, 50],
  [30, 'inside', 40, 50],
  [39, 'inside', 40, 50],
  [40, 'clear-run', undefined, 50],
  [50, 'clear-run', undefined, 50],
  [51, 'outside', undefined, undefined],
])('semantics 9: %i lies %s', (t, place, clearSince, over) => {
  expect(placeIn(closedTwice, t)).toBe(place);
  expect(episodeAround(closedTwice, t)?.clearSince).toBe(clearSince);
  expect(overAt(closedTwice, t)).toBe(over);
});

test('semantics 9: nothing lies in an episode where none is closed', () => {
  expect(placeIn(machineOf(), 0)).toBe('outside');
});

test('semantics 9: an episode without a clear run ends with its last instant included, and that is its clear run', () => {
  const machine = machineOf({ closed: [10, 20, 20] });
  expect([19, 20, 21].map((t) => placeIn(machine, t))).toEqual(['inside', 'clear-run', 'outside']);
});

test('semantics 9: of two episodes that hold an instant the one that was over last says when', () => {
  expect(overAt(machineOf({ closed: [10, 20, 60, 25, 40, 50] }), 30)).toBe(60);
});

test.each([
  [active, 99, 120],
  [active, 100, Number.POSITIVE_INFINITY],
  [clearing, 101, Number.POSITIVE_INFINITY],
  [pending, 101, 120],
])('semantics 9: in phase %i since 100 the episode around %i is over at %d', (phase, t, expected) => {
  expect(overAt(machineOf({ phase, since: 100, closed: [90, 95, 120] }), t)).toBe(expected);
});

test('semantics 14: what is over counts nothing and knows no gap', () => {
  const machine = machineOf({
    phase: clearing,
    since: 1,
    deadlineAt: 2,
    clearSince: 3,
    isHeld: true,
    gaps: [4, 5],
  });
  toIdle(machine);
  expect(machine).toEqual(machineOf());
});

test.each([
  [clearing, active, never],
  [active, active, 7],
  [pending, pending, 7],
])('semantics 7: a clear run that is stopped in phase %i', (phase, after, clearSince) => {
  const machine = machineOf({ phase, since: 1, clearSince: 7 });
  stopClearing(machine);
  expect(machine).toEqual(machineOf({ phase: after, since: 1, clearSince }));
});
