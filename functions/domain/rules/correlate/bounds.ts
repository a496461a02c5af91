/** What this room knows: what a rule means. This file: a correlation's state stays small, and what falls out errs toward raising. */
import { type Instant, instant } from '../../time.ts';
import { memberText } from './codec.ts';
import { isCovered } from './covers.ts';
import { holdsOf } from './holds.ts';
import { endOf, isStanding, spansOf, together } from './members.ts';
import {
  type CorrelationState,
  crowdedForMs,
  isChildSlot,
  type Member,
  memberBytesMax,
  memberCountMax,
  type Run,
  runCountMax,
  type Terms,
} from './state.ts';

/**
 * The state within its limits.
 *
 * Whoever ended first is forgotten first, and the floor rises to that end: a transition that comes later about a time below
 * the floor is a doubt and raises. When all that is kept stands, the one that has stood longest goes: that raises too, and
 * the alarm is not cleared for a day.
 */
export function bounded(state: CorrelationState, terms: Terms): CorrelationState {
  let kept = withShortRuns(state, terms);
  while (isTooBig(kept)) {
    const ends = kept.members.map((member) => endOf(member, terms.withinMs));
    const first = Math.min(...ends);
    if (first <= kept.floor) kept = withoutPast(kept, terms);
    else
      kept = Number.isFinite(first) ? raiseFloor(kept, instant(first), terms) : withoutOldestStanding(kept);
  }
  return kept;
}

/**
 * Without members that ended at or before the floor. Such a one comes late, by a transition about a time below the floor; it
 * has raised its doubt, and no higher floor would forget it.
 */
const withoutPast = (state: CorrelationState, { withinMs }: Terms): CorrelationState => ({
  ...state,
  members: state.members.filter((member) => endOf(member, withinMs) > state.floor),
});

const isTooBig = ({ members }: CorrelationState): boolean =>
  members.length > memberCountMax ||
  (roughBytes(members) > memberBytesMax && Buffer.byteLength(memberText(members)) > memberBytesMax);

/** An upper bound that needs no text: ids are ASCII, a run has four numbers. */
const roughBytes = (members: readonly Member[]): number =>
  members.reduce(
    (sum, { alertId, subjectId, runs }) => sum + alertId.length + subjectId.length + 20 + 60 * runs.length,
    0,
  );

/** Forgets what ended at or before `floor`; where the pattern held then and nobody was told, that is a doubt. */
export function raiseFloor(state: CorrelationState, floor: Instant, terms: Terms): CorrelationState {
  if (floor <= state.floor) return state;
  const untold =
    state.open === undefined
      ? holdsOf(state, terms).filter(
          (hold) => hold.from <= floor && !isCovered(hold, state.episodes, terms.clearForMs),
        )
      : [];
  return {
    ...state,
    floor,
    members: state.members.flatMap((member) => trimmed(member, floor, terms.withinMs)),
    doubts: [...state.doubts, ...untold.map(({ from }) => instant(from))],
    heldUntil: later(state.heldUntil, state.open === undefined ? 0 : floor + terms.clearForMs),
  };
}

const later = (a: number, b: number): Instant => instant(Math.max(a, b));

/** A member without the spans that ended at or before the floor; the versions of those still count as known. */
function trimmed(member: Member, floor: number, withinMs: number): Member[] {
  if (endOf(member, withinMs) <= floor) return [];
  const [oldest] = spansOf(member, withinMs);
  if (oldest === undefined || oldest.to > floor) return [member];
  const { runs } = member;
  const closing = runs.findIndex(
    (run, at) => run.rank < 0 && runs.slice(0, at).some(({ rank }) => rank >= 0),
  );
  const [head, ...rest] = runs.slice(closing + 1);
  /* istanbul ignore if -- what closes last ends the member, which ended after the floor */
  if (head === undefined) return [];
  const first = runs[0]?.first ?? 0;
  return trimmed({ ...member, runs: [{ ...head, first }, ...rest] }, floor, withinMs);
}

function withShortRuns(state: CorrelationState, terms: Terms): CorrelationState {
  const long = state.members.find(({ runs }) => runs.length > runCountMax);
  if (long === undefined) return state;
  const [oldest] = spansOf(long, terms.withinMs);
  const next =
    oldest !== undefined && Number.isFinite(oldest.to) && oldest.to > state.floor
      ? raiseFloor(state, instant(oldest.to), terms)
      : withRuns(state, long, withoutFirstGap(long.runs));
  return withShortRuns(next, terms);
}

/** The two oldest runs as one: the versions missing between them are taken to have been like them. */
const withoutFirstGap = (runs: readonly Run[]): readonly Run[] => [
  runs.slice(0, 2).reduce(together),
  ...runs.slice(2),
];

const withRuns = (state: CorrelationState, changed: Member, runs: readonly Run[]): CorrelationState => ({
  ...state,
  members: state.members.map((member) => (member === changed ? { ...member, runs } : member)),
});

function withoutOldestStanding(state: CorrelationState): CorrelationState {
  const standing = state.members.filter(isStanding);
  const since = ({ runs }: Member): number => runs[0]?.at ?? 0;
  const oldest = standing.reduce((a, b) => (since(b) < since(a) ? b : a));
  const at = Math.max(...standing.map(since));
  const { release } = state.errands;
  // No longer a member, it is no longer muted, if it was.
  const isMuted = state.open?.isMuting === true && isChildSlot(state.kind, oldest.slot);
  return {
    ...state,
    members: state.members.filter((member) => member !== oldest),
    doubts: [...state.doubts, instant(since(oldest))],
    heldUntil: later(state.heldUntil, at + crowdedForMs),
    errands: isMuted
      ? { ...state.errands, release: [...new Set([...release, oldest.alertId])] }
      : state.errands,
  };
}
