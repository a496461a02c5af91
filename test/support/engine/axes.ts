import {
  type Abstracted,
  type AxesInput,
  type Axis,
  abstracted,
} from '../../../functions/domain/rules/axes.ts';
import type { Arithmetic, Expression } from '../../../functions/domain/rules/expression.ts';

/** `left + right` and the like. */
export const calculate = (op: Arithmetic, left: Expression, right: Expression): Expression => ({
  op,
  left,
  right,
});

/** `condition` over axes; `limits.low` is 1 and `limits.high` is 2 unless told otherwise. */
export const overAxes = (condition: Expression, given: Partial<AxesInput> = {}): Abstracted =>
  abstracted([condition], { limits: { low: 1, high: 2 }, quantity: undefined, windowRoles: [], ...given });

/** An axis that hangs together with `tie`, by itself. */
export const axisOf = (
  kind: Axis['kind'],
  tie: string,
  points: readonly number[] = [],
  more: Partial<Axis> = {},
): Axis => ({
  kind,
  points: new Set(points),
  words: new Set(),
  isOpaque: false,
  ties: new Set([tie]),
  ...more,
});
