import type { Rule } from '../../../functions/domain/rules/book.ts';
import type { Condition } from '../../../functions/domain/rules/engine/bind.ts';
import { type Cell, type Machine, newCell } from '../../../functions/domain/rules/engine/cell.ts';
import { applyInOrder } from '../../../functions/domain/rules/engine/in-order.ts';
import {
  echoIndex,
  type InstantVerdict,
  judgeInstant,
} from '../../../functions/domain/rules/engine/verdict.ts';
import type { DeviceRegistration } from '../../../functions/domain/telemetry/registration.ts';
import { at, type GivenReading, readingOf } from './bench.ts';
import { boundTo, ruleOf } from './rules.ts';

/** The rule on the only sensor of the device. */
export function conditionOf(rule: Rule = ruleOf(), registration?: DeviceRegistration): Condition {
  const [condition] = boundTo(rule, registration).conditions;
  if (condition === undefined) throw new Error('a rule that binds to nothing');
  return condition;
}

export const cellOf = (given: Partial<Cell>, ...machines: readonly Machine[]): Cell => ({
  ...newCell(0, at(0)),
  ...given,
  machines: [...machines],
});

interface GivenInstant extends GivenReading {
  /** The last word of the sensor once more, because another one reported. */
  readonly isEcho?: boolean;
}

/** What one reading says to `condition`. */
export function saidBy(condition: Condition, given: GivenInstant, receivedS = given.t): InstantVerdict {
  const reading = readingOf(given, receivedS, given.isEcho === true ? echoIndex : 0);
  const verdict = judgeInstant(condition, [reading], undefined);
  if (verdict === undefined) throw new Error('a reading that is ignored');
  return verdict;
}

/** `cell` after a reading newer than all before. */
export function applied(condition: Condition, cell: Cell, given: GivenInstant, receivedS = given.t): Cell {
  applyInOrder(condition, cell, saidBy(condition, given, receivedS), at(receivedS));
  return cell;
}
