/** What this room knows: what a rule means. This file: which conditions can never be answered for a sensor. */

import { type Expression, partsOf } from './expression.ts';
import type { Lookup } from './frame.ts';

/** Comes with the reading, or from sensors beside it: nothing that is fixed per sensor. */
const isOfReading = (name: string): boolean =>
  name === 'value' || name === 'quality' || name.startsWith('peer.');

/**
 * False when no reading whatever makes `of` known, because it stands on an input that is not there (semantics 3).
 *
 * @example canBeKnown({ op: 'input', name: 'limits.unset' }, () => undefined) // false
 */
export function canBeKnown(of: Expression, constants: Lookup): boolean {
  switch (of.op) {
    case 'literal':
      return true;
    case 'input':
      return isOfReading(of.name) || constants(of.name) !== undefined;
    case 'not':
    case 'negate':
      return canBeKnown(of.of, constants);
    case 'and':
    case 'or':
      return canBeKnown(of.left, constants) || canBeKnown(of.right, constants);
    case 'if':
      return canBeKnown(of.then, constants) || canBeKnown(of.else, constants);
    case 'least':
    case 'greatest':
      return of.of.some((one) => canBeKnown(one, constants));
    default:
      return partsOf(of).every((part) => canBeKnown(part, constants));
  }
}
