import type { CityCorrelation } from '../../history.ts';
import { noRank, rank, rankAfter, type Told } from './alerts.ts';
import type { View } from './view.ts';

/** An episode of a member rule, as it counts for a correlation (semantics 20). */
export interface MemberSpan {
  readonly subjectId: string;
  /** The transition that began it, and the one that ended it. */
  readonly opener: Told;
  readonly closer: Told | undefined;
  /** From its raise until T after its recovery, on phenomenon time. */
  readonly from: number;
  readonly to: number;
}

/** The spans of a correlation's members by site. */
export function memberSpans(
  view: View,
  { memberRuleId, withinMs, memberSeverityMin = 'signal' }: CityCorrelation,
): ReadonlyMap<string, readonly MemberSpan[]> {
  const bySite = new Map<string, MemberSpan[]>();
  for (const told of view.told.values()) {
    const [first] = told;
    if (first === undefined || first.matter.ruleId !== memberRuleId || first.drill) continue;
    const spans = bySite.get(first.scope.siteId) ?? [];
    bySite.set(first.scope.siteId, spans);
    let opener: Told | undefined;
    for (const one of told) {
      const now = rankAfter(one);
      const counts = now !== noRank && now >= rank(memberSeverityMin);
      if (counts) opener ??= one;
      else if (opener !== undefined) {
        spans.push(spanOf(opener, one, withinMs));
        opener = undefined;
      }
    }
    if (opener !== undefined) spans.push(spanOf(opener, undefined, withinMs));
  }
  return bySite;
}

function spanOf(opener: Told, closer: Told | undefined, withinMs: number): MemberSpan {
  const from = opener.phenomenonAt;
  const to = closer === undefined ? Number.POSITIVE_INFINITY : Math.max(from, closer.phenomenonAt) + withinMs;
  return { subjectId: opener.subject.id, opener, closer, from, to };
}

/** How many different subjects there are. */
export const subjectCount = (spans: readonly MemberSpan[]): number =>
  new Set(spans.map(({ subjectId }) => subjectId)).size;
