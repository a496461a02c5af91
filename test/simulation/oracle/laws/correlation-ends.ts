import type { CityCorrelation } from '../../history.ts';
import { foundWithinMs } from '../bounds.ts';
import { noRank, rankAfter } from '../facts/alerts.ts';
import { matterKey } from '../facts/episodes.ts';
import { type MemberSpan, memberSpans, subjectCount } from '../facts/members.ts';
import { memoryOf } from '../facts/memory.ts';
import type { View } from '../facts/view.ts';
import { judgeableBy, passedBy } from '../facts/watermark.ts';
import type { Law } from '../law.ts';

const never = Number.POSITIVE_INFINITY;

/**
 * When at the latest the pattern has not held for `clearFor`, whatever of what has ended was forgotten; infinite while as many
 * stand as it takes, and where more stood at once than it keeps, which need not be cleared for a day.
 */
function overAt(spans: readonly MemberSpan[], { count, clearForMs = 0 }: CityCorrelation): number {
  const standing = spans.filter(({ to }) => to === never);
  if (subjectCount(standing) >= count || memoryOf(spans).isCrowded) return never;
  const ends = spans.map(({ from, to }) => (to === never ? from : to));
  return Math.max(...ends) + clearForMs;
}

/** By when all that was told of the members was decided on, which waits for the correlation. */
const knownBy = (spans: readonly MemberSpan[]): number =>
  Math.max(
    ...spans.flatMap(({ told, closer }) =>
      [...told, ...(closer === undefined ? [] : [closer])].map(({ decidedAt = never }) => decidedAt),
    ),
  );

/** The instant by which its end must have been found. */
function endedBy(
  view: View,
  correlation: CityCorrelation,
  spans: readonly MemberSpan[],
  since: number,
): number {
  const over = overAt(spans, correlation);
  if (over === never) return never;
  const { canaries, askableFrom } = view;
  const due = Math.max(askableFrom(over), passedBy(canaries, over), knownBy(spans), since);
  return due === never ? never : judgeableBy(canaries, due, foundWithinMs);
}

/**
 * A correlation ends when its pattern has not held for `clearFor`, by the watermark (semantics 20), full or not: what it has forgotten
 * may hold it up for as long as those counted that it forgot, and not for ever.
 */
export const correlationEnds: Law = {
  name: 'correlation-ends',
  check: (view) =>
    view.history.city.correlations.flatMap((correlation) =>
      [...memberSpans(view, correlation)].flatMap(([siteId, spans]) => {
        const last = view.matters.get(matterKey(correlation.ruleId, siteId))?.told.at(-1);
        if (last === undefined || rankAfter(last) === noRank || spans.length === 0) return [];
        const by = endedBy(view, correlation, spans, last.writtenAt);
        if (by > view.history.phases.end) return [];
        return [
          { what: `${correlation.ruleId} on ${siteId} still stands: ${last.id} is ${last.change}`, at: by },
        ];
      }),
    ),
};
