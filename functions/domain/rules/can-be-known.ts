/** What this room knows: what a rule means. This file: which conditions can never be answered for a sensor. */

import { type Expression, partsOf } from './expression.ts';
import type { Lookup } from './frame.ts';

/** Comes with the reading, or from sensors beside it: nothing that is fixed per sensor. */
const isOfReading = (name: string): boolean =>
  name === 'value' || name === 'quality' || name.startsWith('peer.');

/** What there is on the device beside the rule's own sensor. */
export interface Present {
  readonly hasWindow: (window: number) => boolean;
  readonly hasRole: (name: string) => boolean;
  readonly hasPeers: (quantity: string) => boolean;
}

const nothing: Present = { hasWindow: () => false, hasRole: () => false, hasPeers: () => false };

/**
 * False when no reading whatever makes `of` known, because it stands on an input that is not there (semantics 3).
 *
 * @param present which windows are fed, which roles are played, and which quantities are measured on the device
 * @example canBeKnown({ op: 'input', name: 'limits.unset' }, () => undefined) // false
 */
export function canBeKnown(of: Expression, constants: Lookup, present: Present = nothing): boolean {
  const isKnown = (part: Expression): boolean => canBeKnown(part, constants, present);
  switch (of.op) {
    case 'literal':
      return true;
    case 'input':
      if (of.name.startsWith('sensor.')) return present.hasRole(of.name.split('.')[1] ?? '');
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
      return present.hasWindow(of.window);
    case 'willReach':
      return present.hasWindow(of.window) && isKnown(of.limit);
    case 'peers':
      return present.hasPeers(of.quantity) && isKnown(of.of);
    default:
      return partsOf(of).every(isKnown);
  }
}
