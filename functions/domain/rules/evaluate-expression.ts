/** What this room knows: what a rule means. This file: a condition as a closure, with unknown and with decimals. */
import type { Value } from '../telemetry/reading.ts';
import { roundHalfEven } from '../telemetry/round.ts';
import { compileAround } from './evaluate-around.ts';
import type { Arithmetic, Comparison, Expression } from './expression.ts';
import type { Compiled, CompiledCondition, Lookup } from './frame.ts';

/** Decimal places that a computed number keeps beyond its quantity's own (semantics 4). */
export const computedPlaces = 3;

/** NaN and the infinities are unknown: `x - x` is 0 for every other number. */
const known = (value: Value | undefined): Value | undefined =>
  typeof value === 'number' && value - value !== 0 ? undefined : value;

/** True when the expression looks at the reading itself and not only at what is fixed per sensor. */
const isDynamic = (name: string): boolean =>
  name === 'value' || name === 'quality' || name.startsWith('sensor.') || name.startsWith('peer.');

/**
 * A closure that says what `expression` is for a frame.
 *
 * Inputs other than `value` and `quality` are looked up once, here. What is computed is rounded half-even to
 * `scale` + 3 places before it is compared; what was sent or written is compared as it is. Never throws: an error
 * inside a condition (a type that does not fit, a division by zero) is unknown, never false (semantics 1, 4, 27).
 */
export function compileExpression(expression: Expression, constants: Lookup, scale: number): Compiled {
  const compile = (of: Expression): Compiled => compileNode(of, compile, constants, scale + computedPlaces);
  return compile(expression);
}

/** `compileExpression` for a condition: anything that is no truth value is unknown. */
export function compileCondition(
  expression: Expression,
  constants: Lookup,
  scale: number,
): CompiledCondition {
  const compiled = compileExpression(expression, constants, scale);
  return (frame) => {
    const verdict = compiled(frame);
    return typeof verdict === 'boolean' ? verdict : undefined;
  };
}

/**
 * What `expression` is when each input has the value that `lookup` gives.
 *
 * @example evaluateExpression(atLeastOne, (name) => (name === 'value' ? 1 : undefined), 2) // true
 */
export function evaluateExpression(expression: Expression, lookup: Lookup, scale: number): Value | undefined {
  const quality = lookup('quality');
  const frame = { value: lookup('value'), quality: typeof quality === 'string' ? quality : 'good' };
  return compileExpression(expression, lookup, scale)(frame);
}

function compileNode(
  of: Expression,
  compile: (of: Expression) => Compiled,
  constants: Lookup,
  places: number,
): Compiled {
  switch (of.op) {
    case 'literal':
      return () => of.value;
    case 'input':
      return compileInput(of.name, constants);
    case 'not':
      return not(compile(of.of));
    case 'negate':
      return negate(compile(of.of));
    case 'and':
      return and(compile(of.left), compile(of.right));
    case 'or':
      return or(compile(of.left), compile(of.right));
    case 'if':
      return choose(compile(of.when), compile(of.then), compile(of.else));
    case 'in':
      return isIn(comparable(of.left, compile, places), of.list);
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide':
    case 'modulo':
      return compute(of.op, compile(of.left), compile(of.right));
    case 'least':
    case 'greatest':
      return extreme(of.op, of.of.map(compile));
    case 'absolute':
      return absolute(compile(of.of));
    case 'window':
    case 'willReach':
    case 'peers':
      return compileAround(of, compile);
    default:
      return (
        plainComparison(of.op, of.left, of.right, constants) ??
        compare(of.op, comparable(of.left, compile, places), comparable(of.right, compile, places))
      );
  }
}

function compileInput(name: string, constants: Lookup): Compiled {
  if (name === 'value') return (frame) => known(frame.value);
  if (name === 'quality') return (frame) => frame.quality;
  if (name === 'peer.value') return (frame) => known(frame.peer?.value);
  if (name === 'peer.quality') return (frame) => frame.peer?.quality;
  if (name.startsWith('sensor.')) return roleInput(name);
  const constant = known(constants(name));
  return () => constant;
}

/** `sensor.<role>.value` or `sensor.<role>.quality`. */
function roleInput(name: string): Compiled {
  const [, role = '', field] = name.split('.');
  return field === 'quality'
    ? (frame) => frame.around?.role(role)?.quality
    : (frame) => known(frame.around?.role(role)?.value);
}

/**
 * `value >= limits.x` as one comparison of two doubles, `undefined` when the shape is another.
 *
 * Nine in ten conditions are this; a chain of three closures costs four times as much for each reading and severity.
 * A decimal that was sent and one that was written are equal exactly when their nearest doubles are (semantics 4).
 */
function plainComparison(
  op: Comparison,
  left: Expression,
  right: Expression,
  constants: Lookup,
): CompiledCondition | undefined {
  if (left.op !== 'input' || left.name !== 'value') return undefined;
  const limit =
    right.op === 'literal'
      ? right.value
      : right.op === 'input' && !isDynamic(right.name)
        ? constants(right.name)
        : undefined;
  if (typeof limit !== 'number' || !Number.isFinite(limit)) return undefined;
  switch (op) {
    case 'ge':
      return ({ value }) => (typeof value === 'number' && value - value === 0 ? value >= limit : undefined);
    case 'gt':
      return ({ value }) => (typeof value === 'number' && value - value === 0 ? value > limit : undefined);
    case 'le':
      return ({ value }) => (typeof value === 'number' && value - value === 0 ? value <= limit : undefined);
    case 'lt':
      return ({ value }) => (typeof value === 'number' && value - value === 0 ? value < limit : undefined);
    default:
      return undefined;
  }
}

/** True when evaluating `of` does arithmetic, so that its last bits are noise. */
const isComputed = (of: Expression): boolean => {
  switch (of.op) {
    case 'window':
      return true;
    case 'least':
    case 'greatest':
      return of.of.some(isComputed);
    case 'absolute':
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide':
    case 'modulo':
      return true;
    case 'negate':
      return isComputed(of.of);
    case 'if':
      return isComputed(of.then) || isComputed(of.else);
    default:
      return false;
  }
};

/** One side of a comparison: rounded when it was computed (semantics 4). */
function comparable(of: Expression, compile: (of: Expression) => Compiled, places: number): Compiled {
  const compiled = compile(of);
  if (!isComputed(of)) return compiled;
  return (frame) => {
    const value = compiled(frame);
    return typeof value === 'number' ? roundHalfEven(value, places) : value;
  };
}

const comparisons: Readonly<Record<Comparison, (a: Value, b: Value) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
};

function compare(op: Comparison, left: Compiled, right: Compiled): CompiledCondition {
  const holds = comparisons[op];
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    return a === undefined || b === undefined || typeof a !== typeof b ? undefined : holds(a, b);
  };
}

const operations: Readonly<Record<Arithmetic, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  modulo: (a, b) => a % b,
};

function compute(op: Arithmetic, left: Compiled, right: Compiled): Compiled {
  const result = operations[op];
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    return typeof a === 'number' && typeof b === 'number' ? known(result(a, b)) : undefined;
  };
}

const not =
  (of: Compiled): CompiledCondition =>
  (frame) => {
    const verdict = of(frame);
    return typeof verdict === 'boolean' ? !verdict : undefined;
  };

const negate =
  (of: Compiled): Compiled =>
  (frame) => {
    const value = of(frame);
    return typeof value === 'number' ? 0 - value : undefined;
  };

const absolute =
  (of: Compiled): Compiled =>
  (frame) => {
    const value = of(frame);
    return typeof value === 'number' ? Math.abs(value) : undefined;
  };

/** Of those that are known the least or the greatest; what is unknown is left out (semantics 27). */
function extreme(op: 'least' | 'greatest', of: readonly Compiled[]): Compiled {
  const choose = op === 'least' ? Math.min : Math.max;
  return (frame) => {
    let found: number | undefined;
    for (const one of of) {
      const value = one(frame);
      if (typeof value === 'number') found = found === undefined ? value : choose(found, value);
    }
    return found;
  };
}

const and =
  (left: Compiled, right: Compiled): CompiledCondition =>
  (frame) => {
    const a = left(frame);
    if (a === false) return false;
    const b = right(frame);
    return b === false ? false : a === true && b === true ? true : undefined;
  };

const or =
  (left: Compiled, right: Compiled): CompiledCondition =>
  (frame) => {
    const a = left(frame);
    if (a === true) return true;
    const b = right(frame);
    return b === true ? true : a === false && b === false ? false : undefined;
  };

/** With an unknown question the answer is known only if both branches agree. */
const choose =
  (when: Compiled, yes: Compiled, no: Compiled): Compiled =>
  (frame) => {
    const question = when(frame);
    if (question === true) return yes(frame);
    if (question === false) return no(frame);
    const answer = yes(frame);
    return answer === no(frame) ? answer : undefined;
  };

const isIn =
  (left: Compiled, list: readonly Value[]): CompiledCondition =>
  (frame) => {
    const value = left(frame);
    return value === undefined ? undefined : list.includes(value);
  };
