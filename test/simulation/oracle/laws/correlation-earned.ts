import type { CityCorrelation } from '../../history.ts';
import { episodeCountMax } from '../bounds.ts';
import type { Told } from '../facts/alerts.ts';
import { matterKey } from '../facts/episodes.ts';
import { type MemberSpan, memberSpans, subjectCount } from '../facts/members.ts';
import { type Memory, memoryOf } from '../facts/memory.ts';
import { watermarkAt } from '../facts/watermark.ts';
import type { Law } from '../law.ts';

/** Members that can have counted at an instant, by what can have been known when `told` was written. */
const possible = (spans: readonly MemberSpan[], told: Told, at: number): readonly MemberSpan[] =>
  spans.filter((span) => {
    const { closer, to } = span;
    const known = span.told.filter(({ writtenAt }) => writtenAt <= told.writtenAt);
    if (!known.some(({ phenomenonAt }) => phenomenonAt <= at)) return false;
    const isOver = closer?.decidedAt !== undefined && closer.decidedAt < told.writtenAt;
    return !isOver || to >= at;
  });

/** Where the pattern can have held to bring `told` about: there, or within the clear run of what had ended there too early. */
function instantsOf(
  told: Told,
  before: readonly Told[],
  spans: readonly MemberSpan[],
  { clearForMs = 0 }: CityCorrelation,
): readonly number[] {
  const p = told.phenomenonAt;
  const goesOn = before.some((one) => one.change === 'recovered' && one.phenomenonAt === p);
  if (!goesOn) return [p];
  return [p, p - clearForMs, ...spans.map(({ from }) => from).filter((at) => at > p - clearForMs && at < p)];
}

/** Members that counted at the instant of `told` for sure, and were known to. */
const certain = (spans: readonly MemberSpan[], told: Told): readonly MemberSpan[] =>
  spans.filter(({ opener, closer, from, to }) => {
    const isKnown = opener.decidedAt !== undefined && opener.decidedAt < told.writtenAt;
    if (!isKnown || from > told.phenomenonAt) return false;
    const stands = closer === undefined || closer.writtenAt > told.writtenAt;
    return stands || to >= told.phenomenonAt;
  });

/**
 * Whether it can have forgotten by then who counted at one of these instants: of a time of which it has forgotten some, one that
 * is told late may raise (semantics 20).
 */
const isForgotten = (
  spans: readonly MemberSpan[],
  told: Told,
  { fullFrom }: Memory,
  instants: readonly number[],
): boolean =>
  fullFrom <= told.writtenAt &&
  instants.some(
    (at) =>
      possible(spans, told, at).length > 0 &&
      spans.some(({ closer, to }) => closer !== undefined && closer.writtenAt <= told.writtenAt && to >= at),
  );

/** With its own episodes, of which it keeps so many: with one more it forgets all that ended before the end of the oldest. */
function withEpisodes(memory: Memory, told: readonly Told[]): Memory {
  const ninth = told.filter(({ change }) => change === 'recovered')[episodeCountMax];
  return ninth === undefined ? memory : { ...memory, fullFrom: Math.min(memory.fullFrom, ninth.writtenAt) };
}

function trouble(
  told: Told,
  before: readonly Told[],
  spans: readonly MemberSpan[],
  memory: Memory,
  correlation: CityCorrelation,
  watermark: number | undefined,
): string | undefined {
  if (told.change === 'raised' || told.change === 'occurrence') {
    if (told.severity !== correlation.severity) return `it is ${told.severity}`;
    const instants = instantsOf(told, before, spans, correlation);
    const found = Math.max(...instants.map((at) => subjectCount(possible(spans, told, at))));
    if (found < correlation.count && isForgotten(spans, told, memory, instants)) return undefined;
    return found >= correlation.count ? undefined : `only ${found} members counted`;
  }
  if (told.change !== 'recovered') return undefined;
  if (watermark === undefined || watermark <= told.phenomenonAt)
    return `the watermark stands at ${watermark}, before its end: what counts may still come`;
  const found = subjectCount(certain(spans, told));
  return found < correlation.count ? undefined : `${found} members counted`;
}

/** A correlation tells of what its members add up to and of nothing else, and does not end while they do or may (semantics 20). */
export const correlationEarned: Law = {
  name: 'correlation-earned',
  check: (view) =>
    view.history.city.correlations.flatMap((correlation) => {
      const bySite = memberSpans(view, correlation);
      const sites = new Set(view.history.city.devices.map(({ siteId }) => siteId));
      return [...sites].flatMap((siteId) => {
        const spans = bySite.get(siteId) ?? [];
        const told = view.matters.get(matterKey(correlation.ruleId, siteId))?.told ?? [];
        const memory = withEpisodes(memoryOf(spans), told);
        return told.flatMap((one, place) => {
          const why = trouble(
            one,
            told.slice(0, place),
            spans,
            memory,
            correlation,
            watermarkAt(view.watermark, one.writtenAt),
          );
          if (why === undefined) return [];
          const what = `${one.id} of ${correlation.ruleId} on ${siteId} is ${one.change}, but ${why}`;
          return [{ what, at: one.writtenAt }];
        });
      });
    }),
};
