/** What this room knows: what a rule means. This file: when a changed severity is still the same one (semantics 23). */
import { sha256 } from '../../ids.ts';
import type { Rule, SeverityRule } from '../book.ts';
import { type Expression, inputsOf, partsOf } from '../expression.ts';
import { canonicalJson } from './canonical-json.ts';

/** 27 bits: with one flag beside it a number of four stored bytes. */
export const hash27 = (text: string): number => Number.parseInt(sha256(text).slice(0, 7), 16) >>> 1;

/** The windows that `of` asks, in reading order, perhaps more than once. */
const windowsIn = (of: Expression): readonly number[] => [
  ...(of.op === 'window' || of.op === 'willReach' ? [of.window] : []),
  ...partsOf(of).flatMap(windowsIn),
];

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
