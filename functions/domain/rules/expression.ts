/** What this room knows: what a rule means, as data and as a verdict. This file: a condition as a checked tree. */
import type { Value } from '../telemetry/reading.ts';

/**
 * A condition after parsing and type checking (semantics 27): plain data, so that a rule book is JSON.
 * All numbers are doubles; durations are milliseconds. `input` names what is looked up when a reading comes:
 * `value`, `quality`, `mode`, `limits.<name>`, `source.<name>`, `sensor.<role>`.
 */
export type Expression =
  | { readonly op: 'literal'; readonly value: Value }
  | { readonly op: 'input'; readonly name: string }
  | { readonly op: 'not' | 'negate'; readonly of: Expression }
  | { readonly op: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly op: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly op: Arithmetic; readonly left: Expression; readonly right: Expression }
  | { readonly op: 'if'; readonly when: Expression; readonly then: Expression; readonly else: Expression }
  | { readonly op: 'in'; readonly left: Expression; readonly list: readonly Value[] };

export type Comparison = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';
export type Arithmetic = 'add' | 'subtract' | 'multiply' | 'divide' | 'modulo';

/** Kleene's three values (semantics 1); `undefined` is unknown. */
export type Verdict = boolean | undefined;
