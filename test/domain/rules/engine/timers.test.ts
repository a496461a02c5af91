import type { Rule } from '../../../../functions/domain/rules/book.ts';
import type { Condition } from '../../../../functions/domain/rules/engine/bind.ts';
import {
  type Cell,
  type Machine,
  never,
  newCell,
  newMachine,
  noCounting,
  phases,
} from '../../../../functions/domain/rules/engine/cell.ts';
import { spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import { applyEvent, type DueEvent } from '../../../../functions/domain/rules/engine/timers.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { at } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { scheduleOf } from '../../../support/engine/gated.ts';
import { ruleOf } from '../../../support/engine/rules.ts';

/** Blue, yellow and red, each after 10 s. */
const levels = (['blue', 'yellow', 'red'] as const).map((severity, i) => ({ severity, at: i + 1, forS: 10 }));
const rule = ruleOf({ levels });
const mine = conditionOf(rule);
/** The rule with something more in each of its severities. */
const gated = (more: Partial<Rule['severities'][number]>): Condition =>
  conditionOf({ ...rule, severities: rule.severities.map((one) => ({ ...one, ...more })) });
const { idle, pending, active, clearing } = phases;

const cellOf = (...machines: readonly Partial<Machine>[]): Cell => ({
  ...newCell(3, at(0)),
  machines: [0, 1, 2].map((i) => ({ ...newMachine(), ...machines[i] })),
});
const waiting = (sinceS: number, dueS = 40): Partial<Machine> => ({
  ...{ phase: pending, since: at(sinceS), deadlineAt: at(dueS) },
});
const standing: Partial<Machine> = { phase: active, since: at(0), deadlineAt: at(40) };

function applied(condition: Condition, cell: Cell, event: Omit<DueEvent, 'at'>, second = 40): Cell {
  applyEvent(condition, cell, { ...event, at: at(second), last: undefined, around: undefined });
  return cell;
}
const deadline = (index: number) => ({ kind: 'deadline', index }) as const;
const closing = (index: number) => ({ kind: 'schedule-ended', index }) as const;
const inShort = ({ machines }: Cell) => machines.map(({ phase, since }) => [phase, since]);

test('semantics 8: a deadline raises a run from its start', () => {
  const cell = applied(mine, cellOf({}, waiting(5)), deadline(1));
  expect(cell.machines[1]).toEqual({ ...newMachine(), phase: active, since: at(5) });
  expect(inShort(cell)).toEqual([
    [idle, never],
    [active, at(5)],
    [idle, never],
  ]);
});

test('semantics 14: with it every lower run that waits is raised, each from its own start, and no graver one', () => {
  const cell = applied(mine, cellOf(waiting(9), waiting(5), waiting(7)), deadline(1));
  expect(inShort(cell)).toEqual([
    [active, at(9)],
    [active, at(5)],
    [pending, at(7)],
  ]);
  const others = applied(mine, cellOf({ ...standing, phase: clearing }, {}, waiting(7)), deadline(2));
  expect(inShort(others)).toEqual([
    [clearing, at(0)],
    [idle, never],
    [active, at(7)],
  ]);
});

test('semantics 15: a deadline that the count does not admit is looked at again a `for` later', () => {
  const counting = gated({ times: { count: 3, withinMs: seconds(100), consecutive: false } });
  const cell = applied(counting, cellOf({}, waiting(5)), deadline(1));
  expect(cell.machines[1]).toEqual({ ...newMachine(), ...waiting(5, 50) });
});

test('semantics 15: what a deadline has raised was not raised by its own count', () => {
  const counting = gated({ times: { count: 2, withinMs: seconds(100), consecutive: false } });
  const counted = { ...noCounting, hits: [at(3)] };
  const cell = applied(counting, cellOf({}, { ...waiting(5), counting: counted }), deadline(1));
  expect(cell.machines[1]).toMatchObject({ phase: active, since: at(5), deadlineAt: never });
  expect(cell.machines[1]?.counting).toEqual({ ...counted, isBorrowed: true });
  expect(applied(mine, cellOf({}, waiting(5)), deadline(1)).machines[1]?.counting).toBe(noCounting);
});

/** Second 0 is 22:13:20; the hours go on to 22:15, second 100. */
const inHours = gated({ schedule: scheduleOf([[22 * 60 + 13, 22 * 60 + 15]]) });

test('semantics 16: what a deadline raises inside a schedule ends at its next closing', () => {
  const cell = applied(inHours, cellOf({}, waiting(5), {}), deadline(1));
  expect(cell.machines[1]).toMatchObject({ phase: active, since: at(5), deadlineAt: at(100) });
  expect(applied(inHours, cellOf({}, {}, waiting(5)), deadline(2)).machines[2]?.deadlineAt).toBe(never);
});

test('semantics 14, 16: what is raised with a graver one inside a schedule ends at the same closing', () => {
  const cell = applied(inHours, cellOf(waiting(9), waiting(5)), deadline(1));
  expect(cell.machines[0]).toMatchObject({ phase: active, since: at(9), deadlineAt: at(100) });
});

test('semantics 16: a deadline outside the hours waits for the next opening, unless `for` was over inside them', () => {
  const cell = { ...cellOf({}, waiting(5, 120)), evaluatedAt: at(110) };
  const day = 24 * 3_600;
  expect(applied(inHours, cell, deadline(1), 120).machines[1]).toMatchObject(waiting(5, day - 20));
  const complete = { ...cellOf({}, waiting(5, 120)), evaluatedAt: at(50) };
  expect(applied(inHours, complete, deadline(1), 120).machines[1]).toMatchObject({
    phase: active,
    deadlineAt: at(120),
  });
});

test('semantics 16: at the closing what the schedule ends is over', () => {
  const cell = applied(inHours, cellOf({}, standing), closing(1), 100);
  expect(cell.machines[1]).toEqual({ ...newMachine(), closed: [at(0), at(100), at(100)] });
});

test('semantics 16: a breach that stands at the closing waits for the next opening', () => {
  const spans = [spanKinds.isTrue, at(0), at(90)];
  const cell = applied(inHours, cellOf({}, { ...standing, spans }), closing(1), 100);
  const opensAt = at(24 * 3_600 - 20);
  expect(cell.machines[1]).toMatchObject({ phase: pending, since: at(0), deadlineAt: opensAt });
});

test('semantics 16, 23: a closing of a schedule that the rule has no longer ends nothing', () => {
  expect(applied(mine, cellOf({}, standing), closing(1)).machines[1]).toEqual({
    ...newMachine(),
    ...standing,
    deadlineAt: never,
  });
  // The hours are longer now: the new closing is waited for.
  expect(applied(inHours, cellOf({}, standing), closing(1)).machines[1]?.deadlineAt).toBe(at(100));
  // Red is ended by no closing, open or not.
  expect(applied(inHours, cellOf({}, {}, standing), closing(2), 100).machines[2]).toMatchObject({
    ...standing,
    deadlineAt: never,
  });
});

test('an event of a severity that the cell does not have changes nothing', () => {
  for (const event of [deadline(3), closing(3)])
    expect(applied(mine, cellOf(standing), event)).toEqual(cellOf(standing));
  const fewer = { ...mine, severities: mine.severities.slice(0, 1) };
  for (const event of [deadline(1), closing(1)])
    expect(applied(fewer, cellOf({}, waiting(5)), event)).toEqual(cellOf({}, waiting(5)));
  expect(applied(fewer, cellOf({}, waiting(5)), { kind: 'hold-ended', index: 0 })).toEqual({
    ...cellOf({}, waiting(5)),
    isHoldOver: true,
  });
});

const heldFrom = (sinceS: number, dueS: number): Partial<Machine> => ({
  ...{ ...waiting(sinceS, dueS), isHeld: true },
  spans: [spanKinds.held, at(sinceS), at(20)],
});
const holdEnded = { kind: 'hold-ended', index: 0 } as const;

test('semantics 5: at the end of a hold what stood through it below red is raised', () => {
  const cell = applied(mine, cellOf(heldFrom(5, 90), heldFrom(11, 90), heldFrom(5, 90)), holdEnded);
  expect(cell.isHoldOver).toBe(true);
  expect(inShort(cell)).toEqual([
    [active, at(5)],
    [pending, at(11)],
    [pending, at(5)],
  ]);
});

test('semantics 5, 8: a deadline at the end of a hold raises with it, whichever severity has it', () => {
  const red = applied(mine, cellOf({}, {}, waiting(35, 40)), holdEnded);
  expect(inShort(red)[2]).toEqual([active, at(35)]);
  const blue = applied(mine, cellOf(waiting(35, 40), waiting(36, 41)), holdEnded);
  expect(inShort(blue).slice(0, 2)).toEqual([
    [active, at(35)],
    [pending, at(36)],
  ]);
  const closes = applied(mine, cellOf({ ...standing, since: at(3) }), holdEnded);
  expect(closes.machines[0]).toMatchObject({ ...standing, since: at(3) });
});

test('semantics 7, 12: silence makes stale and breaks every clear run', () => {
  const run: Partial<Machine> = { phase: clearing, since: at(0), clearSince: at(20) };
  const before = { ...cellOf(waiting(5), run, run), silence: clearing, silenceClearSince: at(20) };
  const cell = applied(mine, before, { kind: 'silence', index: 0 });
  expect(cell).toMatchObject({ silence: active, silenceClearSince: never, isStale: true });
  expect(cell.machines[0]).toEqual({ ...newMachine(), ...waiting(5) });
  for (const machine of cell.machines.slice(1))
    expect(machine).toMatchObject({ phase: active, since: at(0), clearSince: never });
  expect(cell.isUnknownOver).toBe(false);
});

test('semantics 3: what was unknown for too long is told so, and nothing else changes', () => {
  expect(applied(mine, cellOf(standing), { kind: 'unknown', index: 0 })).toEqual({
    ...cellOf(standing),
    isUnknownOver: true,
  });
});

test('semantics 22: a change of limits is met', () => {
  const cell = applied(mine, cellOf(standing), { kind: 'limit-changed', index: 7 });
  expect(cell).toEqual({ ...cellOf(standing), limitsKey: 7 });
});
