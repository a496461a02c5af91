/** What this room knows: what a rule means, as data and as a verdict. This file: a condition as a checked tree. */
import type { Value } from '../telemetry/reading.ts';

/**
 * A condition after parsing and type checking (semantics 27): plain data, so that a rule book is JSON.
 * All numbers are doubles; durations are milliseconds. `input` names what is looked up when a reading comes:
 * `value`, `quality`, `mode`, `limits.<name>`, `source.<name>`, `range.min`, `range.max`, `sensor.<role>.value`,
 * `sensor.<role>.quality`; inside `peers` also `peer.value` and `peer.quality`.
 */
export type Expression =
  | { readonly op: 'literal'; readonly value: Value }
  | { readonly op: 'input'; readonly name: string }
  | { readonly op: 'not' | 'negate'; readonly of: Expression }
  | { readonly op: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly op: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly op: Arithmetic; readonly left: Expression; readonly right: Expression }
  | { readonly op: 'if'; readonly when: Expression; readonly then: Expression; readonly else: Expression }
  | { readonly op: 'in'; readonly left: Expression; readonly list: readonly Value[] }
  /** The least or the greatest of those that are known (semantics 27); unknown when none is. */
  | { readonly op: 'least' | 'greatest'; readonly of: readonly Expression[] }
  | { readonly op: 'absolute'; readonly of: Expression }
  /**
   * A figure of the rule's window number `window` (semantics 17). `perMs`: of a rate, the time it is told for. `each`: of
   * the sensor that `peers` is at.
   */
  | {
      readonly op: 'window';
      readonly fn: WindowFunction;
      readonly window: number;
      readonly perMs?: number;
      readonly each?: true;
    }
  /** True when the window's robust slope brings the value to `limit` within `withinMs` (semantics 18). */
  | {
      readonly op: 'willReach';
      readonly window: number;
      readonly limit: Expression;
      readonly withinMs: number;
    }
  /**
   * Over the sensors of the same device that measure `quantity`, the rule's own among them: `of` holds for all, or for
   * `least` of them at least.
   */
  | {
      readonly op: 'peers';
      readonly how: 'all' | 'atLeast';
      readonly least: number;
      readonly quantity: string;
      readonly of: Expression;
    };

/** What a window can be asked for. */
export const windowFunctions = ['avg', 'twa', 'min', 'max', 'count', 'stddev', 'delta', 'rate'] as const;
export type WindowFunction = (typeof windowFunctions)[number];

export type Comparison = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';
export type Arithmetic = 'add' | 'subtract' | 'multiply' | 'divide' | 'modulo';

/** Kleene's three values (semantics 1); `undefined` is unknown. */
export type Verdict = boolean | undefined;

/** The expressions that `of` is made of; none for a leaf. */
export function partsOf(of: Expression): readonly Expression[] {
  switch (of.op) {
    case 'literal':
    case 'input':
    case 'window':
      return [];
    case 'not':
    case 'negate':
    case 'absolute':
    case 'peers':
      return [of.of];
    case 'least':
    case 'greatest':
      return of.of;
    case 'willReach':
      return [of.limit];
    case 'if':
      return [of.when, of.then, of.else];
    case 'in':
      return [of.left];
    default:
      return [of.left, of.right];
  }
}

/** Names of all inputs that `of` looks up, in reading order, perhaps more than once. */
export const inputsOf = (of: Expression): readonly string[] =>
  of.op === 'input' ? [of.name] : partsOf(of).flatMap(inputsOf);
