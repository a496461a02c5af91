/** What a condition costs at most, in steps: a bound that is known before it runs (semantics 27). */
import type { Expression } from '../../../functions/domain/rules/expression.ts';

/** Most steps of one condition. */
export const stepsMax = 1_000;

/** One step for every operation, input and literal, and one for every member of a list. */
export function stepsOf(expression: Expression): number {
  switch (expression.op) {
    case 'literal':
    case 'input':
      return 1;
    case 'not':
    case 'negate':
      return 1 + stepsOf(expression.of);
    case 'if':
      return 1 + stepsOf(expression.when) + stepsOf(expression.then) + stepsOf(expression.else);
    case 'in':
      return 1 + stepsOf(expression.left) + expression.list.length;
    default:
      return 1 + stepsOf(expression.left) + stepsOf(expression.right);
  }
}
