import type { CityCorrelation } from '../../history.ts';
import { noRank, rank, rankAfter, type Told } from './alerts.ts';
import type { View } from './view.ts';

/** An episode of a member rule, as it counts for a correlation (semantics 20). */
export interface MemberSpan {
  readonly subjectId: string;
  /** The transition that began it, and the one that ended it. */
  readonly opener: Told;
  readonly closer: Told | undefined;
  /** All that was told from the first to before the last: a late reading may have moved its beginning back. */
  readonly told: readonly Told[];
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
    let own: Told[] = [];
    for (const one of told) {
      const now = rankAfter(one);
      const counts = now !== noRank && now >= rank(memberSeverityMin);
      if (counts) own.push(one);
      else {
        spans.push(...spanOf(own, one, withinMs));
        own = [];
      }
    }
    spans.push(...spanOf(own, undefined, withinMs));
  }
  return bySite;
}

function spanOf(told: readonly Told[], closer: Told | undefined, withinMs: number): readonly MemberSpan[] {
  const [opener] = told;
  if (opener === undefined) return [];
  const from = opener.phenomenonAt;
  const to = closer === undefined ? Number.POSITIVE_INFINITY : Math.max(from, closer.phenomenonAt) + withinMs;
  return [{ subjectId: opener.subject.id, opener, closer, told, from, to }];
}

/** How many different subjects there are. */
export const subjectCount = (spans: readonly MemberSpan[]): number =>
  new Set(spans.map(({ subjectId }) => subjectId)).size;
