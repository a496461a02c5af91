/** What this room knows: what a rule means. This file: which conditions can never be answered for a sensor. */

import { type Expression, partsOf } from './expression.ts';
import type { Lookup } from './frame.ts';

/** Comes with the reading, or from sensors beside it: nothing that is fixed per sensor. */
const isOfReading = (name: string): boolean =>
  name === 'value' || name === 'quality' || name.startsWith('peer.');

/**
 * False when no reading whatever makes `of` known, because it stands on an input that is not there (semantics 3).
 *
 * @param hasWindow whether some sensor feeds the rule's window of that number
 * @example canBeKnown({ op: 'input', name: 'limits.unset' }, () => undefined) // false
 */
export function canBeKnown(
  of: Expression,
  constants: Lookup,
  hasWindow: (window: number) => boolean = () => false,
): boolean {
  const isKnown = (part: Expression): boolean => canBeKnown(part, constants, hasWindow);
  switch (of.op) {
    case 'literal':
      return true;
    case 'input':
      return isOfReading(of.name) || constants(of.name) !== undefined;
    case 'not':
    case 'negate':
      return isKnown(of.of);
    case 'and':
    case 'or':
      return isKnown(of.left) || isKnown(of.right);
    case 'if':
      return isKnown(of.then) || isKnown(of.else);
    case 'least':
    case 'greatest':
      return of.of.some(isKnown);
    case 'window':
      return hasWindow(of.window);
    case 'willReach':
      return hasWindow(of.window) && isKnown(of.limit);
    default:
      return partsOf(of).every(isKnown);
  }
}
