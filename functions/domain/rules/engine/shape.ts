/** What this room knows: what a rule means. This file: when a changed severity is still the same one (semantics 23). */
import type { Rule, SeverityRule } from '../book.ts';
import { type Expression, inputsOf } from '../expression.ts';
import { windowsIn } from './bind-windows.ts';
import { canonicalJson } from './canonical-json.ts';
import { hash27 } from './hash27.ts';

/** `of` with each window numbered by its first use in it: other conditions of the rule may have moved the numbers. */
function renumbered(of: Expression, order: readonly number[]): unknown {
  return JSON.parse(
    JSON.stringify(of, (key, value: unknown) =>
      key === 'window' && typeof value === 'number' ? order.indexOf(value) : value,
    ),
  );
}

/**
 * 27 bits that are equal while timers may go on: what is selected, `when` with the limits, windows and roles that it names,
 * `for` and `times`.
 *
 * A limit, a window or a role that only other conditions name may change without any effect here.
 */
export function shapeOf(rule: Rule, { when, forMs, times }: SeverityRule): number {
  const named = inputsOf(when);
  const order = [...new Set(windowsIn(when))];
  const windows = order.map((window) => {
    const { functions: _, ...spec } = rule.windows?.[window] ?? { functions: [] };
    return spec;
  });
  const limits = Object.entries(rule.limits)
    .filter(([name]) => named.includes(`limits.${name}`))
    .map(([name, { value, byGrade, bySubstance }]) => [name, value, byGrade, bySubstance]);
  const rolesInWindows = windows.flatMap((spec) => ('role' in spec ? [spec.role] : []));
  const roles = Object.entries(rule.roles ?? {}).filter(
    ([name]) => rolesInWindows.includes(name) || named.some((input) => input.startsWith(`sensor.${name}.`)),
  );
  return hash27(
    canonicalJson([rule.select, rule.unit, limits, renumbered(when, order), forMs, times, windows, roles]),
  );
}
