/** What this room knows: what a rule means. This file: the set of (alert, version) that a correlation rests on (semantics 20). */
import type { Instant } from '../../time.ts';
import type { CorrelationState, Member, Place, Run, Slot, Span } from './state.ts';

/** One transition as a correlation sees it. */
export interface Fact {
  readonly slot: Slot;
  readonly alertId: string;
  readonly version: number;
  readonly subjectId: string;
  /** Phenomenon time. */
  readonly at: Instant;
  /** Rank of its severity when it fires or is stale and is grave enough; else -1. */
  readonly rank: number;
  readonly place: Place;
}

export interface MemberSpan extends Span {
  readonly alertId: string;
  readonly subjectId: string;
  readonly slot: Slot;
  /** Highest rank in it. */
  readonly rank: number;
}

/**
 * The state with `fact` in its set; a fact that is there changes nothing, and the order of facts does not matter.
 *
 * One that begins at or before the floor is about a time of which members were forgotten: the pattern may have held
 * then, so it is a doubt, and doubts raise.
 */
export function withFact(state: CorrelationState, fact: Fact, withinMs: number): CorrelationState {
  const isIt = (member: Member): boolean => member.slot === fact.slot && member.alertId === fact.alertId;
  const known = state.members.find(isIt);
  const before = known?.runs ?? [];
  if (before.some(({ first, last }) => first <= fact.version && fact.version <= last)) return state;
  const runs = joined(before, fact);
  const others = state.members.filter((member) => !isIt(member));
  const { slot, alertId, subjectId } = fact;
  const member: Member = { slot, alertId, subjectId, runs, isLinked: known?.isLinked ?? false };
  const members = runs.length === 0 ? others : [...others, member].toSorted(byName);
  const doubts = [...state.doubts, ...doubtsOf(state, fact, runs, withinMs)];
  return { ...state, members, doubts, place: widest(state.place, fact.place) };
}

/** No two are equal in both. */
const byName = (a: Member, b: Member): number => a.slot - b.slot || (a.alertId < b.alertId ? -1 : 1);

/** Runs with one version more. What stood in no version from the very first on says nothing and is left out. */
function joined(runs: readonly Run[], { version, at, rank }: Fact): readonly Run[] {
  const merged: Run[] = [];
  for (const run of [...runs, { first: version, last: version, at, rank }].toSorted(byVersion)) {
    const last = merged.at(-1);
    const isNext = last !== undefined && last.last + 1 === run.first && last.rank < 0 === run.rank < 0;
    if (isNext) merged[merged.length - 1] = together(last, run);
    else merged.push(run);
  }
  const [oldest] = merged;
  return oldest !== undefined && oldest.first === 1 && oldest.rank < 0 ? merged.slice(1) : merged;
}

const byVersion = (a: Run, b: Run): number => a.first - b.first;

/** Two neighbouring runs as one. */
export const together = (a: Run, b: Run): Run => ({
  first: a.first,
  last: b.last,
  at: a.at,
  rank: Math.max(a.rank, b.rank),
});

function doubtsOf(state: CorrelationState, fact: Fact, runs: readonly Run[], withinMs: number): Instant[] {
  if (fact.rank < 0 || !runs.some((run) => run.first === fact.version)) return [];
  if (state.kind !== 'absence') return fact.at <= state.floor ? [fact.at] : [];
  return fact.slot === 0 && fact.at + withinMs <= state.floor ? [fact.at] : [];
}

/** The more exact area of the two; of equally exact ones the first by name, so that the order does not matter. */
function widest(a: Place | undefined, b: Place): Place {
  if (a === undefined || b.area.length > a.area.length) return b;
  return b.area.length === a.area.length && b.area < a.area ? b : a;
}

/**
 * When the member counted: from each raise until T after its recovery, without end while it stands.
 *
 * Where versions are missing between two runs that stood it is taken to have stood all the while.
 */
export function spansOf({ runs, alertId, subjectId, slot }: Member, withinMs: number): MemberSpan[] {
  const spans: MemberSpan[] = [];
  let open: { readonly from: number; readonly rank: number } | undefined;
  for (const run of runs) {
    if (run.rank >= 0) {
      open = { from: open?.from ?? run.at, rank: Math.max(open?.rank ?? 0, run.rank) };
    } else if (open !== undefined) {
      spans.push({ alertId, subjectId, slot, ...open, to: Math.max(open.from, run.at) + withinMs });
      open = undefined;
    }
  }
  if (open !== undefined) spans.push({ alertId, subjectId, slot, ...open, to: Number.POSITIVE_INFINITY });
  return spans;
}

/** True while the newest that is known of the member says that it fires or is stale. */
export const isStanding = ({ runs }: Member): boolean => (runs.at(-1)?.rank ?? -1) >= 0;

/** When nothing of the member counts any more; infinite while it stands. */
export function endOf(member: Member, withinMs: number): number {
  const last = member.runs.at(-1);
  if (last === undefined || last.rank >= 0) return Number.POSITIVE_INFINITY;
  return Math.max(last.at + withinMs, ...spansOf(member, withinMs).map(({ to }) => to));
}
