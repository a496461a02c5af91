import type { Condition } from '../../../../functions/domain/rules/engine/bind.ts';
import { type Machine, never, phases } from '../../../../functions/domain/rules/engine/cell.ts';
import {
  holdEndsAt,
  noteBreach,
  noteLife,
  raiseLower,
} from '../../../../functions/domain/rules/engine/machine.ts';
import { duration } from '../../../../functions/domain/time.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { gatedCondition, machineOf } from '../../../support/engine/counting.ts';
import { scheduleOf } from '../../../support/engine/gated.ts';
import { registeredCell, saidBy } from '../../../support/engine/instants.ts';
import { ruleOf } from '../../../support/engine/rules.ts';

const { idle, pending, active, clearing } = phases;
/** Open from 60,000 to 120,000. */
const schedule = scheduleOf([[1, 2]]);

test.each([
  ['without one', never, never, false, never],
  ['that goes on', 50, 60, false, 1_060],
  ['that is over', 50, 60, true, never],
])('semantics 5: the end of a hold %s', (_, holdAt, holdReceivedAt, isHoldOver, expected) => {
  const condition = conditionOf(ruleOf({ maxHoldMs: duration(1_000) }));
  expect(holdEndsAt(condition, registeredCell({ holdAt, holdReceivedAt, isHoldOver }))).toBe(expected);
});

const raisedIn = (condition: Condition, t: number, machine: Machine, isTrue = true): Machine => {
  const cell = registeredCell({}, machine);
  raiseLower({ condition, cell }, { since: 70_000, t, receivedAt: 80_000 }, () => isTrue);
  return machine;
};

test.each<[string, number, Partial<Machine>, boolean, Machine['phase'], number]>([
  ['rests', 70_000, {}, true, active, 70_000],
  ['waits', 70_000, { phase: pending, since: 50_000 }, true, active, 50_000],
  ['rests and is not true', 70_000, {}, false, idle, never],
  ['stands', 70_000, { phase: active, since: 50_000 }, true, active, 50_000],
  ['is about to clear', 70_000, { phase: clearing, since: 50_000 }, true, clearing, 50_000],
  ['rests, at the opening', 60_000, {}, true, active, 70_000],
  ['rests, at the closing', 120_000, {}, true, idle, never],
])(
  'semantics 14, 16: with a graver one a lower severity is raised, or not, when it %s',
  (_, t, of, isTrue, phase, since) => {
    const machine = raisedIn(gatedCondition({ schedule }), t, machineOf(of), isTrue);
    expect([machine.phase, machine.since]).toEqual([phase, since]);
  },
);

test('semantics 14, 15: a lower severity is raised whatever its count, which is not its own then', () => {
  const machine = raisedIn(gatedCondition({ count: 2 }), 70_000, machineOf());
  expect([machine.phase, machine.counting.isBorrowed]).toEqual([active, true]);
});

test('semantics 8, 16: its closing ends it, not before the message that raised it', () => {
  const given = { schedule, severity: 'yellow' as const };
  expect(raisedIn(gatedCondition(given), 70_000, machineOf()).deadlineAt).toBe(120_000);
});

test.each([
  [0, 1],
  [1, 0],
])(
  'semantics 14: of two severities only the one is raised that is said to be lower and true: %i',
  (wanted, other) => {
    const levels = [
      { severity: 'yellow' as const, at: 1 },
      { severity: 'red' as const, at: 2 },
    ];
    const condition = conditionOf(ruleOf({ levels }));
    const cell = registeredCell({}, machineOf(), machineOf());
    raiseLower({ condition, cell }, { since: 1, t: 1, receivedAt: 1 }, (i) => i === wanted);
    expect([cell.machines[wanted]?.phase, cell.machines[other]?.phase]).toEqual([active, idle]);
  },
);

test.each([
  [9, 10, 15],
  [10, 10, 15],
  [11, 11, 99],
])('semantics 12: after a sign of life at 10 one at %i', (lifeAt, expected, setAt) => {
  const cell = registeredCell({ lifeAt: 10, lifeSetAt: 15 });
  noteLife(cell, lifeAt, 99);
  expect([cell.lifeAt, cell.lifeSetAt]).toEqual([expected, setAt]);
});

test.each([
  ['good', true, 15, false, 20],
  ['good', true, 25, false, 25],
  ['good', false, 15, false, 15],
  ['fault', true, 15, true, 15],
] as const)(
  'semantics 8, 12: a breach with quality %s when the alert is stale: %s',
  (q, isStale, lifeSetAt, expected, setAt) => {
    const cell = registeredCell({ isStale, lifeSetAt });
    noteBreach(cell, saidBy(gatedCondition({}), { t: 0, v: 1, q }), 20);
    expect([cell.isStale, cell.lifeSetAt]).toEqual([expected, setAt]);
  },
);
