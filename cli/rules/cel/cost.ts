/** What a condition costs at most, in steps: a bound that is known before it runs (semantics 27). */
import { type Expression, partsOf } from '../../../functions/domain/rules/expression.ts';

/** Most steps of one condition. */
export const stepsMax = 1_000;

/** One step for every operation, input and literal, and one for every member of a list. */
export function stepsOf(expression: Expression): number {
  const own = expression.op === 'in' ? 1 + expression.list.length : 1;
  return partsOf(expression).reduce((sum, part) => sum + stepsOf(part), own);
}
