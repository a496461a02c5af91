/** What this room knows: what a rule means. This file: when a pattern held (semantics 20). */
import { type MemberSpan, spansOf } from './members.ts';
import type { CorrelationState, Span, Terms } from './state.ts';

/**
 * The stretches of phenomenon time after the floor in which the pattern holds by all that is known, in order.
 *
 * Those of an absence include what no watermark proves yet: the caller leaves it out.
 */
export function holdsOf(state: CorrelationState, terms: Terms): readonly Span[] {
  const spans = state.members.flatMap((member) => spansOf(member, terms.withinMs));
  return union(allHolds(spans, terms))
    .filter(({ to }) => to > state.floor)
    .map(({ from, to }) => ({ from: Math.max(from, state.floor + 1), to }));
}

function allHolds(spans: readonly MemberSpan[], { kind, count, withinMs }: Terms): readonly Span[] {
  const some = spans.filter(({ slot }) => slot === 0);
  if (kind === 'count') return countHolds(some, count);
  const others = spans.filter(({ slot }) => slot === 1);
  return kind === 'sequence' ? sequenceHolds(some, others) : absenceHolds(some, others, withinMs);
}

/** Stretches that touch or overlap become one, and so do those with at most `gapMs` between them. */
export function union(spans: readonly Span[], gapMs = 0): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && span.from - last.to <= gapMs)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else merged.push({ from: span.from, to: span.to });
  }
  return merged;
}

/** At least `count` different subjects at a time. */
function countHolds(spans: readonly MemberSpan[], count: number): Span[] {
  const bySubject = Map.groupBy(spans, ({ subjectId }) => subjectId);
  const steps = [...bySubject.values()].flatMap((own) =>
    union(own).flatMap(({ from, to }) => [
      { at: from, by: 1 },
      { at: to, by: -1 },
    ]),
  );
  // Ends belong to a span: whoever comes at the instant at which another goes meets it.
  steps.sort((a, b) => (a.at === b.at ? b.by - a.by : a.at < b.at ? -1 : 1));
  const holds: Span[] = [];
  let standing = 0;
  let from = 0;
  for (const { at, by } of steps) {
    standing += by;
    if (by > 0 && standing === count) from = at;
    if (by < 0 && standing === count - 1) holds.push({ from, to: at });
  }
  return holds;
}

/** The second is raised while the first counts; it holds as long as both count. */
function sequenceHolds(firsts: readonly MemberSpan[], thens: readonly MemberSpan[]): Span[] {
  const isItself = (a: MemberSpan, b: MemberSpan): boolean => a.alertId === b.alertId && a.from === b.from;
  return firsts.flatMap((first) =>
    thens
      .filter((then) => first.from <= then.from && then.from <= first.to && !isItself(first, then))
      .map((then) => ({ from: then.from, to: Math.min(first.to, then.to) })),
  );
}

/** From T after the raise of a member, as long as it counts, wherever none of the others counts. */
function absenceHolds(
  firsts: readonly MemberSpan[],
  without: readonly MemberSpan[],
  withinMs: number,
): Span[] {
  const there = union(without);
  return firsts.flatMap(({ from, to }) => {
    const holds: Span[] = [];
    let start = from + withinMs;
    for (const other of there) {
      if (other.to < start) continue;
      if (other.from > to) break;
      if (other.from > start) holds.push({ from: start, to: other.from - 1 });
      start = other.to + 1;
    }
    return start <= to ? [...holds, { from: start, to }] : holds;
  });
}
