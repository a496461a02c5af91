/** What this room knows: what a rule means. This file: what a correlation says of its members (semantics 20). */
import { type Severity, severities } from '../../severity.ts';
import { type Instant, instant } from '../../time.ts';
import type { Mark } from '../transition.ts';
import { raiseFloor } from './bounds.ts';
import { isCovered } from './covers.ts';
import { holdsOf, union } from './holds.ts';
import { isStanding, spansOf } from './members.ts';
import {
  type CorrelationState,
  episodeCountMax,
  isChildSlot,
  type OpenEpisode,
  type Span,
  type Terms,
} from './state.ts';

export interface JudgeInput {
  /** When it is judged: that of the transition that came, else the clock. */
  readonly now: Instant;
  /** Up to where nothing is missing; without it nothing is found absent and nothing is cleared. */
  readonly watermark: Instant | undefined;
}

export interface CorrelationVerdict {
  readonly change: 'raised' | 'severity-up' | 'recovered';
  readonly severity: Severity;
  readonly phenomenonAt: Instant;
  readonly at: Instant;
  readonly marks: readonly Mark[];
}

export interface Judged {
  readonly state: CorrelationState;
  /** At most one change; judging again may bring the next. */
  readonly verdict: CorrelationVerdict | undefined;
  /** The least watermark at which judging again can change something. */
  readonly dueAt: Instant | undefined;
}

/** How the pattern stood, once and for all verdicts on it. */
interface Picture {
  /** Episodes that are known, `clearFor` joining what lies closer together. */
  readonly episodes: readonly Span[];
  /** When the first hold begins that no watermark proves yet. */
  readonly pendingAt: number;
}

/**
 * What follows from the members, all of history and not only the present, so that a late member raises too.
 *
 * Raises what holds (or held) and was not told; ends what has not held for `clearFor` by the watermark; both at most
 * once, so judging again after a redelivery says nothing. Pure.
 */
export function judgeCorrelation(state: CorrelationState, terms: Terms, input: JudgeInput): Judged {
  const picture = pictureOf(state, terms, input);
  return state.open === undefined
    ? judgeIdle(state, terms, input, picture)
    : judgeOpen(state, state.open, terms, input, picture);
}

function pictureOf(state: CorrelationState, terms: Terms, { watermark }: JudgeInput): Picture {
  const holds = holdsOf(state, terms);
  const isProven = ({ from }: Span): boolean =>
    terms.kind !== 'absence' || (watermark !== undefined && watermark > from);
  const pending = holds.find((hold) => !isProven(hold));
  const doubts = state.doubts.map((at) => ({ from: at, to: at }));
  return {
    episodes: union([...holds.filter(isProven), ...doubts], terms.clearForMs),
    pendingAt: pending?.from ?? Number.POSITIVE_INFINITY,
  };
}

function judgeIdle(state: CorrelationState, terms: Terms, input: JudgeInput, picture: Picture): Judged {
  const untold = picture.episodes.filter((episode) => !isCovered(episode, state.episodes, terms.clearForMs));
  const [first] = untold;
  const isDoubt = state.doubts.length > 0;
  if (first === undefined)
    return { state: withoutDoubts(state), verdict: undefined, dueAt: dueAfter(picture.pendingAt) };
  const told = state.episodes.filter(({ from, to }) => from <= first.to && to >= first.from);
  const from = instant(Math.max(first.from, ...told.map(({ to }) => to)));
  const at = terms.kind === 'absence' && !isDoubt ? from : input.now;
  const rank = rankOf(state, terms, from);
  const open: OpenEpisode = {
    from,
    at,
    rank,
    area: state.place?.area ?? '-',
    isMuting: terms.role !== 'alert',
  };
  const isOver = untold.every(({ to }) => to < input.now);
  const opened = withLinks({ ...withoutDoubts(state), open }, terms);
  return {
    state: opened,
    verdict: {
      change: 'raised',
      severity: severityAt(rank),
      phenomenonAt: from,
      at,
      marks: isOver ? ['late'] : [],
    },
    dueAt: dueAfter(clearAt(opened, open, terms, picture)),
  };
}

function judgeOpen(
  state: CorrelationState,
  open: OpenEpisode,
  terms: Terms,
  input: JudgeInput,
  picture: Picture,
): Judged {
  const untold = picture.episodes.filter((episode) => !isCovered(episode, state.episodes, terms.clearForMs));
  const from = instant(Math.min(open.from, ...untold.map((episode) => episode.from)));
  const rank = Math.max(open.rank, rankOf(state, terms, open.from));
  const kept = withLinks({ ...withoutDoubts(state), open: { ...open, from, rank } }, terms);
  const end = clearAt(state, open, terms, picture);
  const severity = severityAt(rank);
  if (rank > open.rank) {
    const verdict = {
      change: 'severity-up',
      severity,
      phenomenonAt: input.now,
      at: input.now,
      marks: [],
    } as const;
    return { state: kept, verdict, dueAt: dueAfter(end) };
  }
  if (input.watermark === undefined || input.watermark <= end)
    return { state: kept, verdict: undefined, dueAt: dueAfter(end) };
  const phenomenonAt = instant(end);
  const at = instant(Math.max(end, open.at));
  return {
    state: closed(kept, { from, to: end }, terms),
    verdict: { change: 'recovered', severity, phenomenonAt, at, marks: [] },
    dueAt: dueAfter(picture.pendingAt),
  };
}

/** When the pattern will not have held for `clearFor`; infinite while it holds. */
function clearAt(
  state: CorrelationState,
  open: OpenEpisode,
  { clearForMs }: Terms,
  { episodes }: Picture,
): number {
  const last = Math.max(open.from, ...episodes.map(({ to }) => to));
  return Math.max(last + clearForMs, state.heldUntil);
}

/** It has passed only when the watermark lies behind it: at the instant itself something may still come. */
const dueAfter = (at: number): Instant | undefined => (Number.isFinite(at) ? instant(at + 1) : undefined);

const withoutDoubts = (state: CorrelationState): CorrelationState =>
  state.doubts.length === 0 ? state : { ...state, doubts: [] };

/** The severity of a rank that this code computed. */
export const severityAt = (rank: number): Severity => severities[rank] ?? 'red';

/** The rule's severity; a root cause is as grave as the gravest of its children since `from` (semantics 21). */
function rankOf(state: CorrelationState, terms: Terms, from: number): number {
  if (terms.role !== 'root-cause') return terms.rank;
  const ranks = state.members
    .filter(({ slot }) => isChildSlot(terms.kind, slot))
    .flatMap((member) => spansOf(member, terms.withinMs))
    .filter(({ to }) => to >= from)
    .map(({ rank }) => rank);
  return Math.max(terms.rank, ...ranks);
}

/** Children that stand under a root cause are to be told so, each once. */
function withLinks(state: CorrelationState, { role, kind }: Terms): CorrelationState {
  if (role !== 'root-cause') return state;
  const fresh = state.members.filter(
    (member) => isChildSlot(kind, member.slot) && isStanding(member) && !member.isLinked,
  );
  if (fresh.length === 0) return state;
  const link = [...new Set([...state.errands.link, ...fresh.map(({ alertId }) => alertId)])];
  const members = state.members.map((member) =>
    fresh.includes(member) ? { ...member, isLinked: true } : member,
  );
  return { ...state, members, errands: { ...state.errands, link } };
}

/** The state after its episode: children that were muted and stand are to notify (semantics 21). */
function closed(state: CorrelationState, episode: Span, terms: Terms): CorrelationState {
  const over: CorrelationState = { ...released(state), episodes: [...state.episodes, episode] };
  const [oldest, ...rest] = over.episodes;
  if (oldest === undefined || over.episodes.length <= episodeCountMax) return over;
  return { ...raiseFloor(over, instant(oldest.to), terms), episodes: rest };
}

/** The state with no episode standing: who was muted by it and stands is to be released, each once. */
export function released(state: CorrelationState): CorrelationState {
  const muted = state.members.filter(
    (member) => state.open?.isMuting === true && isChildSlot(state.kind, member.slot) && isStanding(member),
  );
  const release = [...new Set([...state.errands.release, ...muted.map(({ alertId }) => alertId)])];
  return {
    ...state,
    open: undefined,
    heldUntil: instant(0),
    members: state.members.map((member) => (member.isLinked ? { ...member, isLinked: false } : member)),
    errands: { ...state.errands, release },
  };
}
