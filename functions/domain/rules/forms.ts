/** What this room knows: what a rule means. This file: arithmetic of a condition as straight lines over what it asks. */
import type { Expression } from './expression.ts';

/** A sum of multiples of what is asked, and a number. */
export interface Form {
  /** The factor of each thing that is asked, such as `value` or `window.0.avg`; none is 0. */
  readonly factors: ReadonlyMap<string, number>;
  readonly offset: number;
}

/** The forms that an expression takes, one for each way through `? :` and the like; `undefined`: it is not made of lines. */
export type Forms = readonly Form[] | undefined;

/** Most forms of one side of a comparison; each `? :` doubles them. */
export const formCountMax = 64;

export type Limits = Readonly<Record<string, number>>;

/** The value of a limit that is set. */
export const limitAt = (name: string, limits: Limits): number | undefined =>
  name.startsWith('limits.') ? limits[name.slice('limits.'.length)] : undefined;

/** What stands for the figure of a window among the inputs. @example windowName({ window: 0, fn: 'avg' }) // 'window.0.avg' */
export const windowName = ({ window, fn, perMs }: { window: number; fn: string; perMs?: number }): string =>
  ['window', window, fn, ...(perMs === undefined ? [] : [perMs])].join('.');

const constant = (offset: number): Forms => [{ factors: new Map(), offset }];
const single = (name: string): Forms => [{ factors: new Map([[name, 1]]), offset: 0 }];

function plus(a: Form, b: Form, times: number): Form {
  const factors = new Map(a.factors);
  for (const [name, factor] of b.factors) {
    const sum = (factors.get(name) ?? 0) + times * factor;
    if (sum === 0) factors.delete(name);
    else factors.set(name, sum);
  }
  return { factors, offset: a.offset + times * b.offset };
}

const scaled = (form: Form, by: number): Form => ({
  factors: new Map(by === 0 ? [] : [...form.factors].map(([name, factor]) => [name, factor * by])),
  offset: form.offset * by,
});

const isConstant = ({ factors }: Form): boolean => factors.size === 0;

function product(a: Form, b: Form): Form | undefined {
  if (isConstant(a)) return scaled(b, a.offset);
  return isConstant(b) ? scaled(a, b.offset) : undefined;
}

const quotient = (a: Form, b: Form): Form | undefined =>
  isConstant(b) && b.offset !== 0 ? scaled(a, 1 / b.offset) : undefined;

/** Every form of one side with every form of the other. */
function pairs(left: Forms, right: Forms, join: (a: Form, b: Form) => Form | undefined): Forms {
  if (!left || !right || left.length * right.length > formCountMax) return undefined;
  const joined = left.flatMap((a) => right.map((b) => join(a, b)));
  return joined.every((form) => form !== undefined) ? joined : undefined;
}

const union = (...of: readonly Forms[]): Forms => {
  const all = of.flatMap((forms) => forms ?? []);
  return of.includes(undefined) || all.length > formCountMax ? undefined : all;
};

/** Left minus right: where a comparison turns it is 0. */
export const differenceOf = (left: Forms, right: Forms): Forms =>
  pairs(left, right, (a, b) => plus(a, b, -1));

/** The forms of a number. */
export function formsOf(of: Expression, limits: Limits): Forms {
  const forms = (part: Expression): Forms => formsOf(part, limits);
  switch (of.op) {
    case 'literal':
      return typeof of.value === 'number' ? constant(of.value) : undefined;
    case 'input': {
      const limit = limitAt(of.name, limits);
      return limit === undefined ? single(of.name) : constant(limit);
    }
    case 'window':
      return single(windowName(of));
    case 'negate':
      return forms(of.of)?.map((form) => scaled(form, -1));
    case 'absolute': {
      const inner = forms(of.of);
      return union(
        inner,
        inner?.map((form) => scaled(form, -1)),
      );
    }
    case 'add':
      return pairs(forms(of.left), forms(of.right), (a, b) => plus(a, b, 1));
    case 'subtract':
      return differenceOf(forms(of.left), forms(of.right));
    case 'multiply':
      return pairs(forms(of.left), forms(of.right), product);
    case 'divide':
      return pairs(forms(of.left), forms(of.right), quotient);
    case 'if':
      return union(forms(of.then), forms(of.else));
    case 'least':
    case 'greatest':
      return union(...of.of.map(forms));
    default:
      return undefined;
  }
}
