import type { BoundSeverity, Condition } from '../../../../functions/domain/rules/engine/bind.ts';
import { never, newMachine, phases } from '../../../../functions/domain/rules/engine/cell.ts';
import { nextEra } from '../../../../functions/domain/rules/engine/eras.ts';
import {
  admitsAtDeadline,
  awaitOpening,
  lookAgainAt,
} from '../../../../functions/domain/rules/engine/gate.ts';
import { closingAfter } from '../../../../functions/domain/rules/engine/machine.ts';
import type { Schedule } from '../../../../functions/domain/rules/schedule.ts';
import { at } from '../../../support/engine/bench.ts';
import { scheduleOf } from '../../../support/engine/gated.ts';
import { boundTo, device, ruleOf } from '../../../support/engine/rules.ts';
import { overrideOf } from '../../../support/overrides.ts';

function gatedBy(schedule: Schedule): { condition: Condition; severity: BoundSeverity } {
  const rule = ruleOf({ levels: [{ severity: 'yellow', at: 1, forS: 10 }] });
  const [condition] = boundTo({
    ...rule,
    severities: rule.severities.map((one) => ({ ...one, schedule })),
  }).conditions;
  const severity = condition?.severities[0];
  if (condition === undefined || severity === undefined) throw new Error('a rule that binds to nothing');
  return { condition, severity };
}
const hour = 22 * 60;
const closed = gatedBy({ ...scheduleOf([]), holidays: ['2020-01-01'], onHolidays: 'open' });
/** Open from second 40 to second 100. */
const once = gatedBy(scheduleOf([[hour + 14, hour + 15]]));
const pending = { ...newMachine(), phase: phases.pending, since: at(20) };

test('semantics 16: a schedule that opens never again is not waited for', () => {
  const { severity } = closed;
  expect(lookAgainAt(severity, at(60))).toBe(never);
  const machine = { ...pending };
  awaitOpening(severity, machine, at(60), at(60));
  expect(machine.deadlineAt).toBe(never);
});

test('semantics 16: a schedule that never closes ends nothing', () => {
  const always = gatedBy(scheduleOf([[0, 1_440]]));
  expect(closingAfter(always.severity, at(60), at(60))).toBe(never);
  expect(closingAfter(once.severity, at(60), at(60))).toBe(at(100));
});

test('semantics 5, 16: a run that a hold has delayed raises only if the hours are open when the hold ends', () => {
  const { condition, severity } = once;
  const admits = (isHeld: boolean, second: number): boolean =>
    admitsAtDeadline(condition, severity, { ...pending, isHeld }, { evaluatedAt: at(50), at: at(second) });
  expect([admits(true, 60), admits(true, 120), admits(false, 120)]).toEqual([true, false, true]);
});

test('semantics 22: of a history that forgot the era of a cell the newest before then counts, or the one in force', () => {
  const registration = { ...device(), overrides: [overrideOf({ from: at(100), at: at(100) })] };
  const [condition] = boundTo(ruleOf(), registration).conditions;
  const eras = condition?.eras ?? [];
  const [first, second] = eras;
  const forgotten = 12_345;
  expect(nextEra(eras, forgotten, at(50), Number.POSITIVE_INFINITY)).toEqual({ at: at(50), key: first?.key });
  expect(nextEra(eras, forgotten, at(50), at(200))).toEqual({ at: at(100), key: second?.key });
  expect(nextEra(eras, 0, at(50), at(200))).toEqual({ at: at(100), key: second?.key });
  expect(nextEra(eras, second?.key ?? 0, at(50), at(200))).toBeUndefined();
});
