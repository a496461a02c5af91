import type { Condition } from '../../../functions/domain/rules/engine/bind.ts';
import type { Cell, Machine } from '../../../functions/domain/rules/engine/cell.ts';
import { applyInOrder } from '../../../functions/domain/rules/engine/in-order.ts';
import {
  echoIndex,
  type InstantVerdict,
  judgeInstant,
} from '../../../functions/domain/rules/engine/verdict.ts';
import { at, type GivenReading, readingOf } from './bench.ts';
import { cellOf } from './cells.ts';

/** A rule on a sensor that was registered at the start, of which nothing else is known but what is given. */
export const registeredCell = (given: Partial<Cell>, ...machines: Machine[]): Cell =>
  cellOf(machines, { lifeAt: at(0), lifeSetAt: at(0), ...given });

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
