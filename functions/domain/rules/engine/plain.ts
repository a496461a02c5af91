/** What this room knows: what a rule means. This file: conditions that only compare the value with fixed numbers. */

import type { Expression } from '../expression.ts';
import { partsOf } from '../expression.ts';
import type { Lookup } from '../frame.ts';

/**
 * The numbers with which `of` compares the value: between two neighbours of them it says the same for every value.
 * `undefined` when it does more than compare, and must be asked for every reading.
 *
 * Nine in ten conditions of a city are plain. All plain conditions of a sensor share one table of such numbers, so that a
 * reading that lies where the last one lay costs two comparisons for all of them together.
 */
export function edgesOf(of: Expression, constants: Lookup): readonly number[] | undefined {
  switch (of.op) {
    case 'literal':
      return typeof of.value === 'boolean' ? [] : undefined;
    case 'input':
      return isFixed(of) || of.name === 'value' ? [] : undefined;
    case 'not':
    case 'and':
    case 'or':
    case 'if':
      return joined(partsOf(of).map((part) => edgesOf(part, constants)));
    case 'in':
      if (isFixed(of.left)) return [];
      return isValue(of.left) ? of.list.filter((one) => typeof one === 'number') : undefined;
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      if (isFixed(of.left) && isFixed(of.right)) return [];
      return (
        edgesOfComparison(of.left, of.right, constants) ?? edgesOfComparison(of.right, of.left, constants)
      );
    default:
      return undefined;
  }
}

const isValue = (of: Expression): boolean => of.op === 'input' && of.name === 'value';

function edgesOfComparison(
  left: Expression,
  right: Expression,
  constants: Lookup,
): readonly number[] | undefined {
  // A calm reading is good, so what is asked of its quality has one answer.
  if (left.op === 'input' && left.name === 'quality' && right.op === 'literal') return [];
  if (!isValue(left)) return undefined;
  if (!isFixed(right)) return undefined;
  const fixed =
    right.op === 'literal' ? right.value : right.op === 'input' ? constants(right.name) : undefined;
  // With what is unknown, or is no number, every number compares alike.
  return typeof fixed === 'number' ? [fixed] : [];
}

/** The same for every reading: known or not. */
const isFixed = (of: Expression): boolean =>
  of.op === 'literal' || (of.op === 'input' && !isOfReading(of.name) && !isOfOthers(of.name));

const isOfOthers = (name: string): boolean => name.startsWith('sensor.') || name.startsWith('peer.');

const isOfReading = (name: string): boolean => name === 'value' || name === 'quality';

const joined = (all: readonly (readonly number[] | undefined)[]): readonly number[] | undefined =>
  all.every((edges) => edges !== undefined) ? all.flat() : undefined;

/**
 * The open stretch between two neighbours of `edges` (ascending) that holds `value`; empty when it lies on one, or is not
 * finite: that is unknown, whatever lies beside it is not.
 */
export function bandAt(
  edges: readonly number[],
  value: number,
): { readonly low: number; readonly high: number } {
  if (!Number.isFinite(value)) return nothing;
  let low = Number.NEGATIVE_INFINITY;
  for (const edge of edges) {
    if (value === edge) return nothing;
    if (value < edge) return { low, high: edge };
    low = edge;
  }
  return { low, high: Number.POSITIVE_INFINITY };
}

const nothing = { low: Number.NaN, high: Number.NaN };
