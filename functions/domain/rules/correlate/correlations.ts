/** What this room knows: what a rule means. This file: which correlations name a rule, and how deep they stand (semantics 20). */
import { AssertionError } from 'node:assert';
import type { RuleId } from '../../ids.ts';
import { rankOf, type Severity } from '../../severity.ts';
import { type CorrelationRule, correlationDepthMax, type MemberSelection } from '../correlation-rule.ts';
import type { Condition } from '../transition.ts';
import { type CorrelationState, emptyCorrelation, type Slot, type Terms } from './state.ts';

/** The correlations of a book, ready to be asked. */
export interface Correlations {
  /** Those that have episodes of `ruleId` as members; nearly always none. */
  naming(ruleId: string): readonly CorrelationRule[];
  byId(ruleId: string): CorrelationRule | undefined;
}

/** The selections of a pattern by slot. */
export const selectionsOf = ({ pattern }: CorrelationRule): readonly MemberSelection[] => {
  if (pattern.kind === 'count') return [pattern.of];
  return pattern.kind === 'sequence' ? [pattern.first, pattern.then] : [pattern.first, pattern.without];
};

/** @throws AssertionError when they form a cycle or stand too deep: the builder of the book refuses both. */
export function correlationsOf(rules: readonly CorrelationRule[]): Correlations {
  const byId = new Map<string, CorrelationRule>(rules.map((rule) => [rule.id, rule]));
  const naming = new Map<string, CorrelationRule[]>();
  for (const rule of rules)
    for (const member of new Set(selectionsOf(rule).flatMap((one) => one.rules)))
      naming.set(member, [...(naming.get(member) ?? []), rule]);
  for (const rule of rules) assertShallow(rule, byId, []);
  return { naming: (ruleId) => naming.get(ruleId) ?? [], byId: (ruleId) => byId.get(ruleId) };
}

function assertShallow(
  rule: CorrelationRule,
  byId: ReadonlyMap<string, CorrelationRule>,
  above: readonly RuleId[],
): void {
  const path = [...above, rule.id];
  if (above.includes(rule.id))
    throw new AssertionError({ message: `correlations in a circle: ${path.join(' > ')}` });
  if (path.length > correlationDepthMax)
    throw new AssertionError({
      message: `correlations more than ${correlationDepthMax} deep: ${path.join(' > ')}`,
    });
  for (const member of new Set(selectionsOf(rule).flatMap((one) => one.rules))) {
    const below = byId.get(member);
    if (below !== undefined) assertShallow(below, byId, path);
  }
}

/** What verdicts need of the rule. */
export const termsOf = ({ pattern, withinMs, clearForMs, severity, role }: CorrelationRule): Terms => ({
  kind: pattern.kind,
  count: pattern.kind === 'count' ? pattern.count : 0,
  withinMs,
  clearForMs,
  rank: rankOf(severity),
  role,
});

/** Where an episode of `ruleId` is a member. */
export const slotsOf = (rule: CorrelationRule, ruleId: string): readonly Slot[] =>
  selectionsOf(rule).flatMap((selection, slot) =>
    selection.rules.some((one) => one === ruleId) ? [slot === 0 ? 0 : 1] : [],
  );

/** Rank as a member of `slot`: -1 when it does not stand or is not grave enough; stale counts as firing. */
export function memberRank(
  rule: CorrelationRule,
  slot: Slot,
  condition: Condition,
  severity: Severity,
): number {
  const least = selectionsOf(rule)[slot]?.severityMin ?? 'signal';
  const rank = rankOf(severity);
  return condition !== 'recovered' && rank >= rankOf(least) ? rank : -1;
}

/**
 * The stored state under the rule as it is now. Members stay where they are until they recover; when the pattern is of
 * another kind, the second slot means something else and is empty.
 */
export function underRule(stored: CorrelationState | undefined, rule: CorrelationRule): CorrelationState {
  const { kind } = rule.pattern;
  if (stored === undefined) return emptyCorrelation(kind);
  if (stored.kind === kind) return stored;
  return { ...stored, kind, members: stored.members.filter(({ slot }) => slot === 0) };
}
