import type { Condition } from '../../../../functions/domain/rules/engine/bind.ts';
import {
  type Calm,
  type Cell,
  type Machine,
  never,
  newCell,
  newMachine,
  phases,
} from '../../../../functions/domain/rules/engine/cell.ts';
import {
  nextEvent,
  provenUntil,
  watermarkAgeMaxMs,
} from '../../../../functions/domain/rules/engine/timers.ts';
import { duration, instant } from '../../../../functions/domain/time.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { ruleOf } from '../../../support/engine/rules.ts';

const levels = [
  { severity: 'yellow', at: 1 },
  { severity: 'orange', at: 2 },
] as const;
const bound = conditionOf(ruleOf({ levels, maxHoldMs: duration(40) }));
/** Silent after 30 ms, unknown for too long after 30 ms. */
const condition: Condition = { ...bound, silentAfterMs: 30, unknownForMs: 30 };
const [firstEra] = bound.eras;
const changing: Condition = {
  ...condition,
  eras: firstEra === undefined ? [] : [firstEra, { ...firstEra, from: 50, key: 7 }],
};

/** A cell whose silence is told already, so that only what a test says falls due. */
const cellOf = (change: Partial<Cell> = {}, ...machines: readonly Partial<Machine>[]): Cell => ({
  ...newCell(2, 0),
  ...{ silence: phases.active, isStale: true },
  machines: [0, 1].map((i) => ({ ...newMachine(), ...machines[i] })),
  ...change,
});
const pending = (deadlineAt: number): Partial<Machine> => ({ phase: phases.pending, since: 1, deadlineAt });
const open = (deadlineAt: number): Partial<Machine> => ({ phase: phases.active, since: 1, deadlineAt });
const next = (cell: Cell, before = 100, of = condition, calm?: Calm, absenceUntil = 1_000) =>
  nextEvent(of, cell, calm, absenceUntil, before);

test('semantics 13: absence is proven up to a watermark that is at most 30 s old', () => {
  const now = instant(1_000_000);
  const aged = (ms: number) => provenUntil(now, instant(now - ms));
  expect(watermarkAgeMaxMs).toBe(30_000);
  expect([aged(0), aged(watermarkAgeMaxMs - 1), aged(watermarkAgeMaxMs)]).toEqual([now, 970_001, 970_000]);
  expect([aged(watermarkAgeMaxMs + 1), provenUntil(now, undefined)]).toEqual([never, never]);
});

test('where nothing waits time alone causes nothing', () => {
  expect(next(cellOf())).toBeUndefined();
  expect(next(cellOf(), Number.POSITIVE_INFINITY)).toBeUndefined();
});

test.each([
  [49, { kind: 'deadline', at: 49, index: 0 }],
  [50, undefined],
  [51, undefined],
])('semantics 8: a deadline at %i falls due before 50 or not', (deadlineAt, expected) => {
  expect(next(cellOf({}, pending(deadlineAt)), 50)).toEqual(expected);
});

test('of two deadlines the earlier falls due, of two at one instant that of the gravest', () => {
  expect(next(cellOf({}, pending(40), pending(50)))).toEqual({ kind: 'deadline', at: 40, index: 0 });
  expect(next(cellOf({}, pending(50), pending(40)))).toEqual({ kind: 'deadline', at: 40, index: 1 });
  expect(next(cellOf({}, pending(40), pending(40)))).toEqual({ kind: 'deadline', at: 40, index: 1 });
});

test('semantics 16: the deadline of a severity that stands is the closing of its schedule', () => {
  expect(next(cellOf({}, {}, open(40)))).toEqual({ kind: 'schedule-ended', at: 40, index: 1 });
  expect(next(cellOf({}, pending(50), open(40)))).toEqual({ kind: 'schedule-ended', at: 40, index: 1 });
  expect(next(cellOf({}, pending(30), open(40)))).toEqual({ kind: 'deadline', at: 30, index: 0 });
});

const held = { holdAt: 5, holdReceivedAt: 10 };

test('semantics 5: a hold ends by itself, before a deadline at the same instant and after an earlier one', () => {
  const ended = { kind: 'hold-ended', at: 50, index: 0 };
  expect(next(cellOf(held))).toEqual(ended);
  expect(next(cellOf(held, {}, pending(50)))).toEqual(ended);
  expect(next(cellOf(held, {}, pending(51)))).toEqual(ended);
  expect(next(cellOf(held, {}, pending(49)))).toEqual({ kind: 'deadline', at: 49, index: 1 });
  expect([next(cellOf(held), 51), next(cellOf(held), 50), next(cellOf(held), 49)]).toEqual([
    ended,
    undefined,
    undefined,
  ]);
  expect(next(cellOf({ ...held, isHoldOver: true }))).toBeUndefined();
});

/** Silence is not told yet: its newest sign of life was at 10. */
const alive = { silence: phases.idle, isStale: false, lifeAt: 10, lifeSetAt: 10 };
const silent = (at: number) => ({ kind: 'silence', at, index: 0 });

test('semantics 12: silence falls due after the last sign of life, not before the message that told it', () => {
  expect(next(cellOf(alive))).toEqual(silent(40));
  expect(next(cellOf({ ...alive, lifeSetAt: 40 }))).toEqual(silent(40));
  expect(next(cellOf({ ...alive, lifeSetAt: 70 }))).toEqual(silent(70));
  expect([next(cellOf(alive), 41), next(cellOf(alive), 40)]).toEqual([silent(40), undefined]);
});

test('semantics 13: silence falls only where the watermark has passed it', () => {
  const until = (absenceUntil: number) => next(cellOf(alive), 100, condition, undefined, absenceUntil);
  expect([until(41), until(40), until(39), until(never)]).toEqual([
    silent(40),
    undefined,
    undefined,
    undefined,
  ]);
  const toldLate = cellOf({ ...alive, lifeSetAt: 70 });
  expect(next(toldLate, 100, condition, undefined, 41)).toEqual(silent(70));
});

test('a deadline or the end of a hold at the instant of a silence comes first', () => {
  expect(next(cellOf(alive, {}, pending(40)))).toEqual({ kind: 'deadline', at: 40, index: 1 });
  expect(next(cellOf(alive, {}, pending(41)))).toEqual(silent(40));
  expect(next(cellOf({ ...alive, ...held, holdReceivedAt: 0 }))).toMatchObject({
    kind: 'hold-ended',
    at: 40,
  });
});

test('semantics 12: what the sensor alone has noted is a sign of life where it is newer', () => {
  const calm = (lifeAt: number, lifeSetAt = lifeAt): Calm => ({ calmFrom: 1, at: 20, lifeAt, lifeSetAt });
  const after = (noted: Calm, absenceUntil = 1_000) =>
    next(cellOf({ ...alive, lifeSetAt: 45 }), 100, condition, noted, absenceUntil);
  expect([after(calm(9, 60)), after(calm(10, 60)), after(calm(11, 60))]).toEqual([
    silent(45),
    silent(45),
    silent(60),
  ]);
  expect([after(calm(20, 20)), after(calm(20), 50), after(calm(20), 51)]).toEqual([
    silent(50),
    undefined,
    silent(50),
  ]);
});

test('semantics 12: a silence that is told falls once more where there is something to show stale', () => {
  const told = { ...alive, silence: phases.active };
  expect(next(cellOf(told))).toEqual(silent(40));
  expect(next(cellOf({ ...told, isStale: true }))).toBeUndefined();
  const quiet = { ...condition, silenceRank: never };
  expect(next(cellOf(told), 100, quiet)).toBeUndefined();
  expect(next(cellOf(told, open(never)), 100, quiet)).toEqual(silent(40));
  expect(next(cellOf({ ...told, silence: phases.clearing, isStale: true }))).toEqual(silent(40));
});

const unknown = { unknownAt: 5, unknownReceivedAt: 10 };

test('semantics 3: what is unknown for too long is not evaluable, what can never be known is so at once', () => {
  const lapsed = { kind: 'unknown', at: 40, index: 0 };
  expect(next(cellOf(unknown))).toEqual(lapsed);
  expect([next(cellOf(unknown), 41), next(cellOf(unknown), 40)]).toEqual([lapsed, undefined]);
  expect(next(cellOf(unknown), 100, { ...condition, isNeverKnown: true })).toEqual({ ...lapsed, at: 10 });
  expect(next(cellOf({ ...unknown, isUnknownOver: true }))).toBeUndefined();
  expect(next(cellOf(unknown, {}, pending(40)))).toEqual({ kind: 'deadline', at: 40, index: 1 });
  expect(next(cellOf(unknown, {}, pending(41)))).toEqual(lapsed);
});

const changed = { kind: 'limit-changed', at: 50, index: 7 };

test('semantics 22: a change of limits falls due before everything else at its instant', () => {
  expect(next(cellOf(), 100, changing)).toEqual(changed);
  expect(next(cellOf({}, pending(50)), 100, changing)).toEqual(changed);
  expect(next(cellOf({}, pending(49)), 100, changing)).toEqual({ kind: 'deadline', at: 49, index: 0 });
  expect([next(cellOf(), 51, changing), next(cellOf(), 50, changing)]).toEqual([changed, undefined]);
  expect(next(cellOf({ limitsKey: 7 }), 100, changing)).toBeUndefined();
});

test('semantics 22: a change of limits judges nothing before it was known what the sensor said last', () => {
  const noted: Calm = { calmFrom: 1, at: 20, lifeAt: 20, lifeSetAt: 70 };
  expect(next(cellOf({ lifeSetAt: 60 }), 100, changing)).toEqual({ ...changed, at: 60 });
  expect(next(cellOf({ lifeSetAt: 60 }), 100, changing, noted)).toEqual({ ...changed, at: 70 });
  expect(next(cellOf({ lifeSetAt: 80 }), 100, changing, noted)).toEqual({ ...changed, at: 80 });
});
