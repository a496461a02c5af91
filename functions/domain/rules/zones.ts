/** What this room knows: what a rule means. This file: where a condition turns, and which conditions contradict each other. */
import type { Quantity } from '../telemetry/quantities.ts';
import type { Quality, Value } from '../telemetry/reading.ts';
import { qualities } from '../telemetry/reading.ts';
import type { SeverityRule } from './book.ts';
import { evaluateExpression } from './evaluate-expression.ts';
import type { Expression } from './expression.ts';
import type { Lookup } from './frame.ts';
import { turningPoints } from './turning-points.ts';

/** A state of the sensor at which conditions are compared. */
export interface Point {
  readonly value: Value;
  readonly quality: Quality;
}

/** What is wrong between the conditions of a rule. */
export type ZoneConflict =
  | { readonly kind: 'overlap'; readonly severity: SeverityRule; readonly at: Point }
  | { readonly kind: 'never-raises' | 'always-raises' | 'never-clears'; readonly severity: SeverityRule }
  | { readonly kind: 'undecidable'; readonly severity: SeverityRule; readonly field: 'when' | 'clear' }
  | { readonly kind: 'out-of-order'; readonly severity: SeverityRule; readonly lighter: SeverityRule };

export interface ZoneInput {
  /** Lightest first. */
  readonly severities: readonly SeverityRule[];
  readonly limits: Readonly<Record<string, number>>;
  readonly quantity: Quantity;
}

type Field = 'when' | 'clear';

const lookupAt =
  (point: Point, limits: Readonly<Record<string, number>>): Lookup =>
  (name) => {
    if (name === 'value') return point.value;
    return name === 'quality' ? point.quality : limits[name.replace(/^limits\./, '')];
  };

const mentions = (expression: Expression, name: string): boolean =>
  JSON.stringify(expression).includes(`"input","name":"${name}"`);

const conditionsOf = (
  rules: readonly SeverityRule[],
): readonly (readonly [SeverityRule, Field, Expression])[] =>
  rules.flatMap((rule) => [
    [rule, 'when', rule.when] as const,
    ...(rule.clear ? [[rule, 'clear', rule.clear] as const] : []),
  ]);

/** Each turning point, a value between each two, and one on either side of all. */
function around(turning: readonly number[]): number[] {
  const sorted = [...new Set(turning)].sort((a, b) => a - b);
  const first = sorted[0] ?? 0;
  const last = sorted.at(-1) ?? 0;
  const between = sorted.slice(1).map((high, i) => ((sorted[i] ?? high) + high) / 2);
  return [first - 1, ...sorted, ...between, last + 1];
}

function valuesOf(input: ZoneInput, undecided: ZoneConflict[]): readonly Value[] {
  if (input.quantity.kind === 'bool') return [false, true];
  if (input.quantity.kind === 'enum') return input.quantity.names ?? [];
  const turning: number[] = [];
  for (const [severity, field, condition] of conditionsOf(input.severities)) {
    const found = turningPoints(condition, input.limits);
    if (found === undefined) undecided.push({ kind: 'undecidable', severity, field });
    else turning.push(...found);
  }
  return around(turning);
}

/** Every state that makes a difference to the conditions: values by their turning points, qualities where one asks. */
function pointsOf(input: ZoneInput, undecided: ZoneConflict[]): readonly Point[] {
  const asked = conditionsOf(input.severities).some(([, , condition]) => mentions(condition, 'quality'));
  const states: readonly Quality[] = asked ? qualities : ['good'];
  return valuesOf(input, undecided).flatMap((value) => states.map((quality) => ({ value, quality })));
}

/**
 * What is contradictory in a rule under these limits: zones that raise and clear at once, a severity that can never
 * raise or never clear, a lighter severity that a graver one always overtakes. Empty when all is well.
 *
 * Exact for conditions that are linear in `value`, up to the rounding of what is computed (semantics 4); anything else
 * is `undecidable`. For files when they are loaded and for overrides when they are written (semantics 2).
 */
export function zoneConflicts(input: ZoneInput): readonly ZoneConflict[] {
  const conflicts: ZoneConflict[] = [];
  const points = pointsOf(input, conflicts);
  if (conflicts.length > 0) return conflicts;
  const holds = (condition: Expression, point: Point): boolean =>
    evaluateExpression(condition, lookupAt(point, input.limits), input.quantity.scale) === true;
  const zones = input.severities.map((severity) => ({
    severity,
    raised: points.map((point) => holds(severity.when, point)),
    cleared: points.map((point) =>
      severity.clear ? holds(severity.clear, point) : !holds(severity.when, point),
    ),
  }));
  for (const { severity, raised, cleared } of zones) {
    const at = points.find((_, i) => raised[i] && cleared[i]);
    if (at) conflicts.push({ kind: 'overlap', severity, at });
    if (!raised.includes(true)) conflicts.push({ kind: 'never-raises', severity });
    else if (!raised.includes(false)) conflicts.push({ kind: 'always-raises', severity });
    else if (!cleared.includes(true)) conflicts.push({ kind: 'never-clears', severity });
  }
  zones.forEach((lighter, i) => {
    for (const graver of zones.slice(i + 1)) {
      const overtaken = points.every((_, at) => !lighter.raised[at] || graver.raised[at]);
      if (overtaken && lighter.raised.includes(true) && graver.severity.forMs <= lighter.severity.forMs)
        conflicts.push({ kind: 'out-of-order', severity: graver.severity, lighter: lighter.severity });
    }
  });
  return conflicts;
}
