import { type Machine, never, phases } from '../../../../functions/domain/rules/engine/cell.ts';
import {
  admitsAtDeadline,
  awaitOpening,
  endAtClosing,
  passBoundaries,
} from '../../../../functions/domain/rules/engine/gate.ts';
import { type Spans, spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import { type GivenCount, gatedCondition, machineOf, severityOf } from '../../../support/engine/counting.ts';
import { scheduleOf } from '../../../support/engine/gated.ts';

const { isFalse: F, isTrue: T, untrusted: U } = spanKinds;
const { idle, pending, active, clearing } = phases;
/** Open from 60,000 to 120,000 and from 180,000 to 240,000. */
const schedule = scheduleOf([
  [1, 2],
  [3, 4],
]);
const yellow: GivenCount = { schedule, severity: 'yellow' };
const orange: GivenCount = { schedule };

const admitsAt = (given: GivenCount, of: Partial<Machine>, evaluatedAt: number, at: number): boolean => {
  const condition = gatedCondition(given);
  return admitsAtDeadline(condition, severityOf(given), machineOf(of), { evaluatedAt, at });
};

test.each([
  ['that was over inside the hours', 100_000, 19_999, 100_000, 150_000, true],
  ['that was over after them', 100_000, 20_000, 100_000, 150_000, false],
  ['that was over before them', 10_000, 10_000, 10_000, 59_999, false],
  ['that was over before them, at the opening', 10_000, 10_000, 10_000, 60_000, true],
  ['with a reading inside the hours', 10_000, 10_000, 119_999, 150_000, true],
  ['with a reading after them', 10_000, 10_000, 120_000, 150_000, false],
  ['with a reading after the deadline', 10_000, 10_000, 130_000, 119_000, true],
])('semantics 16: a `for` %s', (_, since, forMs, evaluatedAt, at, expected) => {
  expect(admitsAt({ ...orange, forMs }, { since }, evaluatedAt, at)).toBe(expected);
});

test.each<[string, GivenCount, Partial<Machine>, number, boolean]>([
  ['at an opening what is there', { ...orange, count: 2 }, { since: 20_000 }, 60_000, true],
  ['else what was there before the grace', { ...orange, count: 2 }, { since: 20_000 }, 60_001, false],
  ['without a schedule too', { count: 2 }, { since: 20_000 }, 60_000, false],
  ['without a schedule, with the grace over', { count: 2 }, { since: 20_000 }, 89_995, true],
  ['or as it was at the end of `for`', { count: 1, forMs: 40_000 }, { since: 0 }, 50_000, true],
  ['or as it was before it', { count: 2, forMs: 40_000 }, { since: 0 }, 50_000, false],
])('semantics 8, 15, 16: a deadline counts %s', (_, given, of, at, expected) => {
  const hits = given.forMs === undefined ? [59_980, 59_990] : [];
  expect(admitsAt(given, { ...machineOf({ counting: { hits } }), ...of }, 59_990, at)).toBe(expected);
});

test('semantics 8: without count and schedule a deadline raises', () => {
  expect(admitsAt({}, { since: 0 }, 0, 10)).toBe(true);
});

const awaited = (given: GivenCount, of: Partial<Machine>, t: number, receivedAt = t): number => {
  const machine = machineOf({ phase: pending, since: 0, ...of });
  awaitOpening(severityOf(given), machine, t, receivedAt);
  return machine.deadlineAt;
};

test.each<[string, GivenCount, Partial<Machine>, number, number, number]>([
  ['at the next opening', orange, {}, 0, 0, 60_000],
  ['after this opening at the next', orange, {}, 60_000, 60_000, 180_000],
  ['at the opening at which its `for` is over', { ...orange, forMs: 60_000 }, {}, 0, 0, 60_000],
  ['at the opening after its `for`', { ...orange, forMs: 60_001 }, {}, 0, 0, 180_000],
  ['not before the message', orange, {}, 0, 70_000, 70_000],
  ['before a later deadline', orange, { deadlineAt: 60_001 }, 0, 0, 60_000],
  ['not after an earlier deadline', orange, { deadlineAt: 59_999 }, 0, 0, 59_999],
  ['never without hours', { forMs: 10 }, {}, 0, 0, never],
  ['never under a hold', orange, { isHeld: true }, 0, 0, never],
  ['never when it is raised', orange, { phase: active }, 0, 0, never],
])('semantics 16: a run is looked at again %s', (_, given, of, t, receivedAt, expected) => {
  expect(awaited(given, of, t, receivedAt)).toBe(expected);
});

const passed = (
  given: GivenCount,
  of: Parameters<typeof machineOf>[0],
  evaluatedAt: number,
  t: number,
  receivedAt = t,
): Machine => {
  const machine = machineOf(of);
  passBoundaries(severityOf(given), machine, { evaluatedAt, t, receivedAt });
  return machine;
};
const waiting: Partial<Machine> = { phase: pending, since: 10_000, spans: [T, 10_000, 10_000] };

test('semantics 16: a run that waits raises at an opening before the reading, until the next closing', () => {
  expect(passed(yellow, waiting, 10_000, 60_001)).toMatchObject({
    phase: active,
    since: 10_000,
    deadlineAt: 120_000,
  });
  expect(passed(yellow, waiting, 10_000, 70_000, 130_000)).toMatchObject({
    phase: active,
    deadlineAt: 130_000,
  });
});

test.each<[string, GivenCount, Partial<Machine>, number]>([
  ['at the very instant of the reading', orange, waiting, 60_000],
  ['under a hold', orange, { ...waiting, isHeld: true }, 70_000],
  ['with too short a `for`', { ...orange, forMs: 50_001 }, waiting, 70_000],
  ['with too few breaches', { ...orange, count: 2 }, waiting, 70_000],
])('semantics 16: a run raises at no opening %s', (_, given, of, t) => {
  const machine = passed(given, of, 10_000, t);
  expect([machine.phase, machine.since]).toEqual([pending, 10_000]);
});

test('semantics 15, 16: a run whose `for` is just over raises at an opening, and its recovery starts no count again', () => {
  expect(passed({ ...orange, forMs: 50_000 }, waiting, 10_000, 70_000).phase).toBe(active);
  const counted = passed(
    { ...orange, count: 1 },
    { ...waiting, counting: { hits: [59_990] } },
    59_990,
    70_000,
  );
  expect([counted.phase, counted.counting.isBorrowed]).toEqual([active, true]);
});

const raised: Partial<Machine> = {
  phase: active,
  since: 70_000,
  deadlineAt: 120_000,
  spans: [T, 70_000, 100_000],
};

test.each<[string, GivenCount, Partial<Machine>, number, Machine['phase']]>([
  ['yellow ends at its closing', yellow, raised, 120_000, pending],
  ['yellow stands before its closing', yellow, raised, 119_999, active],
  ['orange stands after its closing', orange, raised, 130_000, active],
  [
    'yellow that was raised after the closing ends at the next',
    yellow,
    { ...raised, deadlineAt: 240_000 },
    130_000,
    active,
  ],
  [
    'yellow whose end had to wait for its message ends',
    yellow,
    { ...raised, deadlineAt: 130_000 },
    130_000,
    pending,
  ],
  [
    'yellow whose end was to be at an opening ends',
    yellow,
    { ...raised, deadlineAt: 60_000 },
    130_000,
    pending,
  ],
  ['a run that waits goes on', yellow, { phase: pending, since: 70_000, isHeld: true }, 130_000, pending],
  ['yellow that is about to clear ends for good', yellow, { ...raised, phase: clearing }, 190_000, idle],
  [
    'orange that is about to clear stays so at an opening',
    orange,
    { ...raised, phase: clearing },
    190_000,
    clearing,
  ],
  ['what the closing ended is raised at the next opening', yellow, raised, 190_000, active],
])('semantics 16: %s', (_, given, of, t, phase) => {
  expect(passed(given, of, 100_000, t).phase).toBe(phase);
});

test('semantics 16: without hours, and before the first reading, there is no closing', () => {
  expect(passed({ count: 2, severity: 'yellow' }, raised, 100_000, 130_000).phase).toBe(active);
  expect(passed(yellow, raised, never, 130_000).phase).toBe(active);
});

const ended = (of: Partial<Machine>): Machine => {
  const machine = machineOf({ ...raised, ...of });
  endAtClosing(severityOf({ ...yellow, forMs: 10 }), machine, 120_000, 125_000);
  return machine;
};

test('semantics 10, 16: a breach that stands at a closing waits for the next opening, from its first trusted reading on', () => {
  const machine = ended({ since: 65_000, spans: [U, 60_000, 65_000, T, 70_000, 100_000] });
  expect(machine).toMatchObject({
    phase: pending,
    since: 70_000,
    deadlineAt: 180_000,
    closed: [65_000, 120_000, 120_000],
  });
});

test.each<[string, Partial<Machine>]>([
  ['that is about to clear', { phase: clearing }],
  ['whose last reading is normal', { spans: [T, 70_000, 90_000, F, 100_000, 100_000] }],
  ['of which no breach is known', { spans: [] as Spans }],
])('semantics 16: a severity %s is over at a closing', (_, of) => {
  expect(ended(of)).toMatchObject({
    phase: idle,
    since: never,
    deadlineAt: never,
    closed: [70_000, 120_000, 120_000],
  });
});
