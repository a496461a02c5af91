import type { CityCorrelation } from '../../history.ts';
import { rank } from '../facts/alerts.ts';
import { type Episode, episodesOf, matterKey } from '../facts/episodes.ts';
import { type MemberSpan, memberSpans, subjectCount } from '../facts/members.ts';
import type { Law } from '../law.ts';

/** When so many no longer count, of those that count together: the end of the last of them but `count - 1`. */
function endOf(spans: readonly MemberSpan[], { count }: CityCorrelation): number {
  const ends = [...Map.groupBy(spans, ({ subjectId }) => subjectId).values()]
    .map((own) => Math.max(...own.map(({ to }) => to)))
    .toSorted((a, b) => b - a);
  return ends[count - 1] ?? 0;
}

/** People had been told by the time that the last of the members was decided on, which waits for the correlation. */
function isTold(
  spans: readonly MemberSpan[],
  at: number,
  until: number,
  episodes: readonly Episode[],
): boolean {
  const never = Number.POSITIVE_INFINITY;
  const by = Math.max(...spans.map(({ opener }) => opener.decidedAt ?? never));
  const since = Math.min(...spans.map(({ opener }) => opener.writtenAt));
  return episodes.some(
    ({ from, to, writtenFrom, writtenTo }) =>
      writtenFrom <= by && (from <= until ? to >= at : writtenTo >= since),
  );
}

/**
 * Where enough members of a site count at one instant, by the episodes that are in the tables in the end, the correlation has
 * told of it, whatever order they came in (semantics 20).
 */
export const correlationRaised: Law = {
  name: 'correlation-raised',
  check: (view) =>
    view.history.city.correlations.flatMap((correlation) =>
      [...memberSpans(view, correlation)].flatMap(([siteId, spans]) => {
        const matter = view.matters.get(matterKey(correlation.ruleId, siteId));
        const episodes = episodesOf(matter, rank(correlation.severity));
        return spans.flatMap(({ from }) => {
          const together = spans.filter((one) => one.from <= from && from <= one.to);
          if (subjectCount(together) < correlation.count) return [];
          // What was decided only just before the end, or is not yet, is still on its way.
          if (together.some(({ opener }) => opener.decidedAt === undefined)) return [];
          if (isTold(together, from, endOf(together, correlation), episodes)) return [];
          const names = together.map(({ opener }) => opener.alertId).join(', ');
          return [{ what: `${correlation.ruleId} on ${siteId} did not tell of ${names}`, at: from }];
        });
      }),
    ),
};
