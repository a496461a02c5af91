/** What this room knows: what a rule means. This file: arithmetic over `value` as straight lines. */
import type { Expression } from './expression.ts';

/** `slope * value + offset`. */
export interface Line {
  readonly slope: number;
  readonly offset: number;
}

/** The lines that an expression consists of, one for each way through `? :`; `undefined`: it is not made of lines. */
export type Lines = readonly Line[] | undefined;

/** Most lines of one side of a comparison; each `? :` doubles them. */
export const lineCountMax = 64;

export type Limits = Readonly<Record<string, number>>;

/** A line that does not depend on `value`. */
export const level = (offset: number): Lines => [{ slope: 0, offset }];

/** Every line of one side with every line of the other. */
export function pairs(left: Lines, right: Lines, join: (a: Line, b: Line) => Line | undefined): Lines {
  if (!left || !right || left.length * right.length > lineCountMax) return undefined;
  const joined: Line[] = [];
  for (const a of left)
    for (const b of right) {
      const line = join(a, b);
      if (line === undefined) return undefined;
      joined.push(line);
    }
  return joined;
}

const add = (a: Line, b: Line): Line => ({ slope: a.slope + b.slope, offset: a.offset + b.offset });

export const subtract = (a: Line, b: Line): Line => ({
  slope: a.slope - b.slope,
  offset: a.offset - b.offset,
});

const multiply = (a: Line, b: Line): Line | undefined =>
  a.slope !== 0 && b.slope !== 0
    ? undefined
    : { slope: a.slope * b.offset + b.slope * a.offset, offset: a.offset * b.offset };

const divide = (a: Line, b: Line): Line | undefined =>
  b.slope !== 0 || b.offset === 0 ? undefined : { slope: a.slope / b.offset, offset: a.offset / b.offset };

function inputLines(name: string, limits: Limits): Lines {
  if (name === 'value') return [{ slope: 1, offset: 0 }];
  const limit = name.startsWith('limits.') ? limits[name.slice('limits.'.length)] : undefined;
  return limit === undefined ? undefined : level(limit);
}

/** The lines of a number. */
export function linesOf(of: Expression, limits: Limits): Lines {
  const side = (part: Expression): Lines => linesOf(part, limits);
  switch (of.op) {
    case 'literal':
      return typeof of.value === 'number' ? level(of.value) : undefined;
    case 'input':
      return inputLines(of.name, limits);
    case 'negate':
      return pairs(level(-1), side(of.of), multiply);
    case 'add':
      return pairs(side(of.left), side(of.right), add);
    case 'subtract':
      return pairs(side(of.left), side(of.right), subtract);
    case 'multiply':
      return pairs(side(of.left), side(of.right), multiply);
    case 'divide':
      return pairs(side(of.left), side(of.right), divide);
    case 'if': {
      const yes = side(of.then);
      const no = side(of.else);
      return yes && no && yes.length + no.length <= lineCountMax ? [...yes, ...no] : undefined;
    }
    default:
      return undefined;
  }
}
