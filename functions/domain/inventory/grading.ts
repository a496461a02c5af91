/** What this room knows: whether a unit is a major hazard source, and of which level, by GB 18218-2018, exactly. */
import { Fraction } from 'fraction.js';
import * as z from 'zod';
import type { Chemical } from './chemical.ts';
import { standard } from './gb18218-substances.ts';
import { type IdentityRefusal, identify } from './identify.ts';

/** Most people that may be declared near a plant. */
export const peopleNearbyMax = 10_000_000;

/** A rational number: exact as a fraction, and cut (never rounded up) to 6 decimal places for reading. */
const Exact = z.strictObject({ exact: z.string(), decimal: z.string() });

/** 1 (gravest) to 4; in the standard I to IV. */
export const Level = z.int().min(1).max(4);

export const Grading = z.strictObject({
  standard: z.literal(standard),
  /** Sum of q/Q; from 1 on the unit is a major hazard source (4.2.1). */
  s: Exact,
  isMajor: z.boolean(),
  /** Coefficient of the people within 500 m outside the plant's boundary (table 5); only of a major source. */
  alpha: z.string().optional(),
  /** alpha times the sum of beta times q/Q (4.3.2). */
  r: Exact.optional(),
  level: Level.optional(),
});
export type Grading = z.infer<typeof Grading>;

export interface GradingRefusal {
  readonly ok: false;
  readonly problem: IdentityRefusal['problem'] | 'people-missing';
  /** Path of the field that must change, such as `chemicals.0.row`. */
  readonly field: string;
  readonly remedy: string;
}
export type Graded = { readonly ok: true; readonly grading: Grading } | GradingRefusal;

/** Source: GB 18218-2018 table 5. From how many people which coefficient holds, most people first. */
const alphas = [
  { people: 100, alpha: '2' },
  { people: 50, alpha: '1.5' },
  { people: 30, alpha: '1.2' },
  { people: 1, alpha: '1' },
] as const;
const alphaOf = (people: number): string => alphas.find((one) => people >= one.people)?.alpha ?? '0.5';

/** Source: GB 18218-2018 table 6. */
const levels = [
  { r: 100, level: 1 },
  { r: 50, level: 2 },
  { r: 10, level: 3 },
] as const;
const levelOf = (r: Fraction): number => levels.find((one) => r.gte(one.r))?.level ?? 4;

const readable = (value: Fraction): Grading['s'] => ({
  exact: value.toFraction(),
  decimal: value.floor(6).toString(),
});

/**
 * The grading of a unit from the design maximum of its chemicals and the people near it.
 *
 * Sums are rational, so S = 1 is met exactly. R and the level exist only where S >= 1 (4.3.3), and only then
 * are the people and each chemical's coefficient needed.
 *
 * @example grade([{ name: '氨', designMaxT: '10' }], 99) // S 1, R 3, level 4
 */
export function grade(chemicals: readonly Chemical[], peopleNearby: number | undefined): Graded {
  let s = new Fraction(0);
  const parts: { readonly share: Fraction; readonly beta: Fraction | undefined; readonly at: number }[] = [];
  for (const [at, chemical] of chemicals.entries()) {
    const found = identify(chemical);
    if (!found.ok) return { ...found, field: `chemicals.${at}.${found.field}` };
    const share = new Fraction(chemical.designMaxT).div(found.identified.criticalT);
    s = s.add(share);
    parts.push({ share, beta: found.identified.beta, at });
  }
  const base: Pick<Grading, 'standard' | 's'> = { standard, s: readable(s) };
  if (s.lt(1)) return { ok: true, grading: { ...base, isMajor: false } };
  let sum = new Fraction(0);
  for (const { share, beta, at } of parts) {
    if (beta === undefined) return withoutBeta(at);
    sum = sum.add(beta.mul(share));
  }
  if (peopleNearby === undefined) return withoutPeople;
  const alpha = alphaOf(peopleNearby);
  const r = sum.mul(alpha);
  return { ok: true, grading: { ...base, isMajor: true, alpha, r: readable(r), level: levelOf(r) } };
}

const withoutBeta = (at: number): GradingRefusal => ({
  ok: false,
  problem: 'class-missing',
  field: `chemicals.${at}.classes`,
  remedy:
    'this is a major hazard source, and table 3 gives this substance no coefficient by name: ' +
    'state its hazard classes (symbols of table 2, such as W2)',
});

const withoutPeople: GradingRefusal = {
  ok: false,
  problem: 'people-missing',
  field: 'peopleNearby',
  remedy:
    'this is a major hazard source: state how many people are usually within 500 m outside the plant boundary (0 if none)',
};
