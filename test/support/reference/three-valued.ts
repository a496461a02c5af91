/**
 * What a condition says when something is unknown, the slow way: numbers are exact fractions, and each part is the set of
 * all that it may still turn out to be. Not made of the engine's parts.
 */
import type { Expression } from '../../../functions/domain/rules/expression.ts';
import type { Value } from '../../../functions/domain/telemetry/reading.ts';

/** What another sensor says; without a value it is unknown. */
export interface SaidBy {
  readonly value?: Value | undefined;
  readonly quality: string;
  /** Of one of a list: what its windows say, by the name of the function. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** All that a condition may look at; what is not there is unknown. */
export interface ThreeValuedWorld {
  readonly value?: Value | undefined;
  readonly quality: string;
  /** `limits.a`, `mode`, `source.grade` and the like. */
  readonly constants: Readonly<Record<string, Value>>;
  readonly roles: Readonly<Record<string, SaidBy>>;
  readonly peers: readonly SaidBy[];
  /** By the name of the function, whatever the window. */
  readonly figures: Readonly<Record<string, number>>;
  /** Every limit from this one on will be reached, those below not; absent: nobody knows. */
  readonly reachedFrom?: number | undefined;
}

/** `top / bottom`, the bottom above zero. */
interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** A known outcome. Of an unknown one nothing more than that can be said, save of a truth: it is one of two. */
type Known = boolean | string | Fraction;
type Outcomes = readonly Known[] | 'anything';

const isFraction = (one: Known): one is Fraction => typeof one === 'object';

/** Quarters, eighths and so on: every double is a whole number over a power of two. */
function fractionOf(number: number): Fraction | undefined {
  if (!Number.isFinite(number)) return undefined;
  let bottom = 1n;
  let top = number;
  while (!Number.isInteger(top)) {
    top *= 2;
    bottom *= 2n;
  }
  return { top: BigInt(top), bottom };
}

const outcomeOf = (value: Value | undefined): Outcomes => {
  const known = typeof value === 'number' ? fractionOf(value) : value;
  return known === undefined ? 'anything' : [known];
};

const only = (outcomes: Outcomes): Known | undefined =>
  outcomes !== 'anything' && outcomes.length === 1 ? outcomes[0] : undefined;

/** What `of` may be as a truth: anything that is none may be either. */
const truthsOf = (outcomes: Outcomes): readonly boolean[] => {
  const one = only(outcomes);
  return typeof one === 'boolean' ? [one] : [true, false];
};

const fractionIn = (outcomes: Outcomes): Fraction | undefined => {
  const one = only(outcomes);
  return one !== undefined && isFraction(one) ? one : undefined;
};

const distinct = (truths: readonly boolean[]): Outcomes => [...new Set(truths)];

/** Of each pair of possible truths what `join` makes of it. */
const joined = (a: Outcomes, b: Outcomes, join: (a: boolean, b: boolean) => boolean): Outcomes =>
  distinct(truthsOf(a).flatMap((left) => truthsOf(b).map((right) => join(left, right))));

const reduced = (top: bigint, bottom: bigint): Fraction =>
  bottom < 0n ? { top: -top, bottom: -bottom } : { top, bottom };

/** Undefined: a division by nothing. */
function calculated(op: string, a: Fraction, b: Fraction): Fraction | undefined {
  const bottom = a.bottom * b.bottom;
  const left = a.top * b.bottom;
  const right = b.top * a.bottom;
  switch (op) {
    case 'add':
      return { top: left + right, bottom };
    case 'subtract':
      return { top: left - right, bottom };
    case 'multiply':
      return { top: a.top * b.top, bottom };
    case 'divide':
      return b.top === 0n ? undefined : reduced(left, right);
    default:
      // What is left after taking the divisor away as often as it fits; the sign is that of what is divided.
      return right === 0n ? undefined : { top: left % right, bottom };
  }
}

const sign = (a: Fraction, b: Fraction): number => {
  const difference = a.top * b.bottom - b.top * a.bottom;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** To the nearest of so many decimal places; of two as near the even one. */
function rounded({ top, bottom }: Fraction, places: number): Fraction {
  const unit = 10n ** BigInt(places);
  const size = top < 0n ? -top : top;
  const whole = (size * unit) / bottom;
  const rest = (size * unit - whole * bottom) * 2n;
  const isUp = rest > bottom || (rest === bottom && whole % 2n === 1n);
  const nearest = isUp ? whole + 1n : whole;
  return { top: top < 0n ? -nearest : nearest, bottom: unit };
}

const computing: readonly string[] = [
  'window',
  'absolute',
  'add',
  'subtract',
  'multiply',
  'divide',
  'modulo',
];

/** Somewhere on the way to its number something is computed. */
function isComputed(of: Expression): boolean {
  if (computing.includes(of.op)) return true;
  if (of.op === 'negate') return isComputed(of.of);
  if (of.op === 'if') return isComputed(of.then) || isComputed(of.else);
  return (of.op === 'least' || of.op === 'greatest') && of.of.some(isComputed);
}

function related(op: string, a: Known, b: Known): Outcomes {
  if (typeof a !== typeof b) return 'anything';
  const order = isFraction(a) && isFraction(b) ? sign(a, b) : a === b ? 0 : a < b ? -1 : 1;
  switch (op) {
    case 'eq':
      return [order === 0];
    case 'ne':
      return [order !== 0];
    case 'lt':
      return [order < 0];
    case 'le':
      return [order <= 0];
    case 'gt':
      return [order > 0];
    default:
      return [order >= 0];
  }
}

/** What `of` is in `world`; `undefined` is unknown. Numbers that were computed have `places` decimals when compared. */
export function threeValued(of: Expression, world: ThreeValuedWorld, places: number): boolean | undefined {
  const outcomes = outcomesOf(of, { ...world, places });
  const one = only(outcomes);
  return typeof one === 'boolean' ? one : undefined;
}

interface Asked extends ThreeValuedWorld {
  readonly places: number;
  readonly peer?: SaidBy;
}

function compared(of: Expression, asked: Asked): Outcomes {
  const outcomes = outcomesOf(of, asked);
  const number = fractionIn(outcomes);
  return number && isComputed(of) ? [rounded(number, asked.places)] : outcomes;
}

function lookedUp(name: string, { value, quality, constants, roles, peer }: Asked): Outcomes {
  if (name === 'value') return outcomeOf(value);
  if (name === 'quality') return [quality];
  const [first, role = '', field] = name.split('.');
  const said = first === 'peer' ? peer : first === 'sensor' ? roles[role] : undefined;
  if (first === 'peer') return role === 'value' ? outcomeOf(said?.value) : outcomeOf(said?.quality);
  if (first === 'sensor') return field === 'value' ? outcomeOf(said?.value) : outcomeOf(said?.quality);
  return outcomeOf(constants[name]);
}

function outcomesOf(of: Expression, asked: Asked): Outcomes {
  switch (of.op) {
    case 'literal':
      return outcomeOf(of.value);
    case 'input':
      return lookedUp(of.name, asked);
    case 'window':
      return outcomeOf(of.each === true ? asked.peer?.figures?.[of.fn] : asked.figures[of.fn]);
    case 'not':
      return distinct(truthsOf(outcomesOf(of.of, asked)).map((truth) => !truth));
    case 'and':
      return joined(outcomesOf(of.left, asked), outcomesOf(of.right, asked), (a, b) => a && b);
    case 'or':
      return joined(outcomesOf(of.left, asked), outcomesOf(of.right, asked), (a, b) => a || b);
    case 'if':
      return chosen(of, asked);
    case 'peers':
      return counted(of, asked);
    case 'willReach': {
      const limit = fractionIn(outcomesOf(of.limit, asked));
      const from = asked.reachedFrom === undefined ? undefined : fractionOf(asked.reachedFrom);
      return limit && from ? [sign(limit, from) >= 0] : 'anything';
    }
    case 'in': {
      const one = only(compared(of.left, asked));
      if (one === undefined) return 'anything';
      const list = of.list.flatMap((value) => only(outcomeOf(value)) ?? []);
      return [list.some((other) => only(related('eq', one, other)) === true)];
    }
    case 'negate':
      return turned(outcomesOf(of.of, asked), () => true);
    case 'absolute':
      return turned(outcomesOf(of.of, asked), ({ top }) => top < 0n);
    case 'least':
    case 'greatest': {
      const known = of.of.flatMap((one) => fractionIn(outcomesOf(one, asked)) ?? []).toSorted(sign);
      const found = of.op === 'least' ? known[0] : known.at(-1);
      return found ? [found] : 'anything';
    }
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide':
    case 'modulo': {
      const [a, b] = [fractionIn(outcomesOf(of.left, asked)), fractionIn(outcomesOf(of.right, asked))];
      const found = a && b && calculated(of.op, a, b);
      return found ? [found] : 'anything';
    }
    default: {
      const [a, b] = [only(compared(of.left, asked)), only(compared(of.right, asked))];
      return a === undefined || b === undefined ? 'anything' : related(of.op, a, b);
    }
  }
}

/** Either branch, as far as the question leaves it open; two that say the same leave nothing open. */
function chosen(of: Extract<Expression, { op: 'if' }>, asked: Asked): Outcomes {
  const [first, second] = truthsOf(outcomesOf(of.when, asked)).map((truth) =>
    only(outcomesOf(truth ? of.then : of.else, asked)),
  );
  if (first === undefined) return 'anything';
  if (truthsOf(outcomesOf(of.when, asked)).length === 1) return [first];
  return second !== undefined && only(related('eq', first, second)) === true ? [first] : 'anything';
}

/** How many of the sensors may hold, counted both ways. */
function counted(of: Extract<Expression, { op: 'peers' }>, asked: Asked): Outcomes {
  if (asked.peers.length === 0) return 'anything';
  const truths = asked.peers.map((peer) => truthsOf(outcomesOf(of.of, { ...asked, peer })));
  const least = truths.filter((all) => !all.includes(false)).length;
  const most = truths.filter((all) => all.includes(true)).length;
  const wanted = of.how === 'all' ? asked.peers.length : of.least;
  return distinct([least >= wanted, most >= wanted]);
}

/** The number, with the other sign where `isTurned` says so. */
function turned(of: Outcomes, isTurned: (number: Fraction) => boolean): Outcomes {
  const number = fractionIn(of);
  if (!number) return 'anything';
  return [isTurned(number) ? { ...number, top: -number.top } : number];
}
