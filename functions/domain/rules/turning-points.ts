/** What this room knows: what a rule means. This file: the values at which a condition changes its answer. */
import { type Expression, partsOf } from './expression.ts';
import { type Limits, linesOf, pairs, subtract } from './lines.ts';

/** Compares states, not numbers: turns nowhere on the axis of values. */
const isState = (of: Expression): boolean =>
  (of.op === 'literal' && typeof of.value !== 'number') || (of.op === 'input' && of.name === 'quality');

/** Where the two sides of a comparison meet. */
function crossings(left: Expression, right: Expression, limits: Limits): readonly number[] | undefined {
  if (isState(left) || isState(right)) return [];
  const differences = pairs(linesOf(left, limits), linesOf(right, limits), subtract);
  return differences?.filter(({ slope }) => slope !== 0).map(({ slope, offset }) => 0 - offset / slope);
}

function ownCrossings(of: Expression, limits: Limits): readonly number[] | undefined {
  switch (of.op) {
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      return crossings(of.left, of.right, limits);
    case 'in': {
      const numbers = of.list.filter((member) => typeof member === 'number');
      const met = numbers.map((value) => crossings(of.left, { op: 'literal', value }, limits));
      return met.every((points) => points !== undefined) ? met.flat() : undefined;
    }
    default:
      return [];
  }
}

/**
 * The values at which `condition` may turn under `limits`; `undefined` when some comparison is not linear in `value`.
 *
 * Between two neighbours of the result the condition keeps its answer.
 */
export function turningPoints(condition: Expression, limits: Limits): readonly number[] | undefined {
  const found: number[] = [];
  const open: Expression[] = [condition];
  for (let part = open.pop(); part; part = open.pop()) {
    const points = ownCrossings(part, limits);
    if (points === undefined || !points.every(Number.isFinite)) return undefined;
    found.push(...points);
    open.push(...partsOf(part));
  }
  return found;
}
