/** What this room knows: what a rule means. This file: what a condition depends on, each as an axis of its own. */
import { type Quantity, quantityOf } from '../telemetry/quantities.ts';
import { qualities } from '../telemetry/reading.ts';
import type { RoleSelection } from './book.ts';
import { type Comparison, type Expression, partsOf } from './expression.ts';
import { differenceOf, type Form, type Forms, formsOf, type Limits, limitAt, windowName } from './forms.ts';

/** One thing that a condition asks and that can be this or that. */
export interface Axis {
  readonly kind: 'number' | 'boolean' | 'word';
  /** Where some comparison turns. */
  readonly points: Set<number>;
  /** Words that it is compared with. */
  readonly words: Set<string>;
  /** Of a sum of several things that are asked: the factor of each, and what it hangs together with. */
  readonly parts?: ReadonlyMap<string, { readonly factor: number; readonly tie: string }>;
  /** A part of the condition that cannot be looked into; it may be true or false. */
  readonly isOpaque: boolean;
  /** What it hangs together with: two axes with nothing in common can have any values beside each other. */
  readonly ties: ReadonlySet<string>;
}

/** Conditions over axes: each is an input `sensor.<number>.value`, but `value` and `quality` keep their names. */
export interface Abstracted {
  readonly trees: readonly Expression[];
  readonly axes: ReadonlyMap<string, Axis>;
  /** Not linear in the value alone: nothing can be said of it. */
  readonly isUndecidable: boolean;
}

export interface AxesInput {
  readonly limits: Limits;
  readonly quantity: Quantity | undefined;
  readonly roles?: Readonly<Record<string, RoleSelection>> | undefined;
  /** The role of each window, by number; `undefined` is the rule's own sensor. */
  readonly windowRoles: readonly (string | undefined)[];
}

/** Everything that comes from one sensor hangs together; what is fixed for a sensor stands by itself. */
function tieOf(name: string, { windowRoles }: AxesInput): string {
  const [head = '', second = ''] = name.split('.');
  if (head === 'value' || head === 'peer') return 'value';
  if (head === 'sensor') return `sensor.${second}`;
  if (head !== 'window') return name;
  const role = windowRoles[Number(second)];
  return role === undefined ? 'value' : `sensor.${role}`;
}

/** All that is asked anywhere in `of`, windows included. */
function askedIn(of: Expression): readonly string[] {
  if (of.op === 'window') return [windowName(of)];
  const forecast = of.op === 'willReach' ? [`window.${of.window}.slope`] : [];
  const peers = of.op === 'peers' ? ['peer.value'] : [];
  const own = of.op === 'input' ? [of.name] : [];
  return [...own, ...forecast, ...peers, ...partsOf(of).flatMap(askedIn)];
}

function kindOf(name: string, input: AxesInput): Axis['kind'] {
  const quantity = name === 'value' ? input.quantity : roleQuantity(name, input);
  if (quantity) return quantity.kind === 'bool' ? 'boolean' : quantity.kind === 'enum' ? 'word' : 'number';
  const isWord =
    name === 'mode' || name === 'source.kind' || name === 'source.area' || name.endsWith('quality');
  return isWord ? 'word' : 'number';
}

function roleQuantity(name: string, { roles }: AxesInput): Quantity | undefined {
  const [head, role = '', field] = name.split('.');
  const selection = head === 'sensor' && field === 'value' ? roles?.[role] : undefined;
  return selection && quantityOf(selection.quantity);
}

/** The words that are possible where they are known. */
function wordsOf(name: string, input: AxesInput): readonly string[] {
  if (name === 'mode') return ['normal', 'emergency'];
  if (name.endsWith('quality')) return qualities;
  return (name === 'value' ? input.quantity : roleQuantity(name, input))?.names ?? ['(another)'];
}

const flipped: Readonly<Record<Comparison, Comparison>> = {
  eq: 'eq',
  ne: 'ne',
  lt: 'gt',
  le: 'ge',
  gt: 'lt',
  ge: 'le',
};

type ComparisonNode = Extract<Expression, { op: Comparison }>;

/** Collects the axes of one condition while it rewrites its tree. */
class Abstraction {
  readonly axes = new Map<string, Axis>();
  readonly #input: AxesInput;
  isUndecidable = false;

  constructor(input: AxesInput) {
    this.#input = input;
  }

  #axis(name: string, kind: Axis['kind'], more: Partial<Axis> = {}): Expression {
    if (!this.axes.has(name))
      this.axes.set(name, {
        kind,
        points: new Set(),
        words: new Set(kind === 'word' ? wordsOf(name, this.#input) : []),
        isOpaque: false,
        ties: new Set([tieOf(name, this.#input)]),
        ...more,
      });
    if (name === 'value' || name === 'quality') return { op: 'input', name };
    return { op: 'input', name: `sensor.${[...this.axes.keys()].indexOf(name)}.value` };
  }

  /** A part that cannot be looked into: two equal ones are one axis. */
  #opaque(of: Expression): Expression {
    const asked = askedIn(of).filter((name) => limitAt(name, this.#input.limits) === undefined);
    if (asked.every((name) => name === 'value' || name === 'quality')) this.isUndecidable = true;
    const ties = new Set(asked.map((name) => tieOf(name, this.#input)));
    return this.#axis(JSON.stringify(of), 'boolean', { isOpaque: true, ties });
  }

  #asked(of: Extract<Expression, { op: 'input' }>): Expression {
    if (limitAt(of.name, this.#input.limits) !== undefined) return of;
    return this.#axis(of.name, kindOf(of.name, this.#input));
  }

  #isNumber(of: Expression): boolean {
    switch (of.op) {
      case 'literal':
        return typeof of.value === 'number';
      case 'input':
        return kindOf(of.name, this.#input) === 'number';
      case 'if':
        return this.#isNumber(of.then);
      case 'window':
      case 'negate':
      case 'absolute':
      case 'least':
      case 'greatest':
      case 'add':
      case 'subtract':
      case 'multiply':
      case 'divide':
      case 'modulo':
        return true;
      default:
        return false;
    }
  }

  /** Adds where `forms` are 0 to their one axis; false when they have several, or are none. */
  #turns(forms: Forms): boolean {
    const names = new Set(forms?.flatMap(({ factors }) => [...factors.keys()]));
    const [name, ...more] = names;
    if (!forms || more.length > 0) return false;
    if (name === undefined) return true;
    this.#axis(name, 'number');
    for (const { factors, offset } of forms) {
      const factor = factors.get(name);
      if (factor === undefined) continue;
      const point = 0 - offset / factor;
      if (!Number.isFinite(point)) return false;
      this.axes.get(name)?.points.add(point);
    }
    return true;
  }

  /** A sum of several things as one axis: `value - baseline > 5` turns where that difference is 5. */
  #sum(op: Comparison, { factors, offset }: Form): Expression {
    const sorted = [...factors].sort(([a], [b]) => (a < b ? -1 : 1));
    const first = sorted[0]?.[1] ?? 1;
    const normal = sorted.map(([name, factor]) => [name, factor / first] as const);
    const parts = new Map(
      normal.map(([name, factor]) => [name, { factor, tie: tieOf(name, this.#input) }] as const),
    );
    const point = 0 - offset / first;
    const name = JSON.stringify(normal);
    const ties = new Set([...parts.values()].map(({ tie }) => tie));
    const left = this.#axis(name, 'number', { parts, ties });
    this.axes.get(name)?.points.add(point);
    return { op: first < 0 ? flipped[op] : op, left, right: { op: 'literal', value: point } };
  }

  #comparison(of: ComparisonNode): Expression {
    if (!this.#isNumber(of.left) || !this.#isNumber(of.right)) return this.#likeness(of);
    const { limits } = this.#input;
    const difference = differenceOf(formsOf(of.left, limits), formsOf(of.right, limits));
    if (this.#turns(difference)) return { ...of, left: this.of(of.left), right: this.of(of.right) };
    const [form, ...more] = difference ?? [];
    return form && more.length === 0 && form.factors.size > 1 ? this.#sum(of.op, form) : this.#opaque(of);
  }

  /** Two words or two truth values. */
  #likeness(of: ComparisonNode): Expression {
    const sides = [of.left, of.right];
    const asked = sides.filter((side) => side.op === 'input');
    const written = sides.find((side) => side.op === 'literal');
    if (written?.op === 'literal' && typeof written.value === 'string') {
      const [input] = asked;
      if (input?.op !== 'input') return this.#opaque(of);
      this.#asked(input);
      this.axes.get(input.name)?.words.add(written.value);
    } else if (asked.some((side) => kindOf(side.name, this.#input) === 'word')) return this.#opaque(of);
    return { ...of, left: this.of(of.left), right: this.of(of.right) };
  }

  #membership(of: Extract<Expression, { op: 'in' }>): Expression {
    const numbers = of.list.filter((member) => typeof member === 'number');
    const words = of.list.filter((member) => typeof member === 'string');
    if (words.length > 0) {
      if (of.left.op !== 'input') return this.#opaque(of);
      this.#asked(of.left);
      for (const word of words) this.axes.get(of.left.name)?.words.add(word);
    }
    const forms = numbers.length > 0 ? formsOf(of.left, this.#input.limits) : [];
    for (const offset of numbers)
      if (!this.#turns(differenceOf(forms, [{ factors: new Map(), offset }]))) return this.#opaque(of);
    return { ...of, left: this.of(of.left) };
  }

  /** `of` over axes. */
  of(of: Expression): Expression {
    switch (of.op) {
      case 'literal':
        return of;
      case 'input':
        return this.#asked(of);
      case 'window':
        return this.#axis(windowName(of), 'number');
      case 'willReach':
      case 'peers':
        return this.#opaque(of);
      case 'not':
      case 'negate':
      case 'absolute':
        return { ...of, of: this.of(of.of) };
      case 'least':
      case 'greatest':
        return { ...of, of: of.of.map((part) => this.of(part)) };
      case 'if':
        // biome-ignore lint/suspicious/noThenProperty: the shape of an expression; nobody awaits one.
        return { ...of, when: this.of(of.when), then: this.of(of.then), else: this.of(of.else) };
      case 'in':
        return this.#membership(of);
      case 'and':
      case 'or':
      case 'add':
      case 'subtract':
      case 'multiply':
      case 'divide':
      case 'modulo':
        return { ...of, left: this.of(of.left), right: this.of(of.right) };
      default:
        return this.#comparison(of);
    }
  }
}

/** `conditions` over the same axes. */
export function abstracted(conditions: readonly Expression[], input: AxesInput): Abstracted {
  const abstraction = new Abstraction(input);
  const trees = conditions.map((condition) => abstraction.of(condition));
  return { trees, axes: abstraction.axes, isUndecidable: abstraction.isUndecidable };
}
