/** What this room knows: what a rule means. This file: how one severity is raised and how it ends (semantics 14). */
import { rankOf } from '../../severity.ts';
import { isOpenAt, nextBoundary } from '../schedule.ts';
import type { BoundSeverity, Condition } from './bind.ts';
import { type Cell, closedMax, type Machine, never, phases, recounted } from './cell.ts';
import { withRecovery } from './damping.ts';
import type { InstantVerdict } from './verdict.ts';

/** Red is never delayed by a hold (semantics 5). */
export const rankRed = rankOf('red');

export const isOpen = ({ phase }: Machine): boolean => phase >= phases.active;

/** True when some value severity is raised, whatever silence does. */
export const hasRaised = (cell: Cell): boolean => cell.machines.some(isOpen);

/** Highest severity that is raised, silence included; `never` when none is. */
export function rankNow(condition: Condition, cell: Cell): number {
  let rank = cell.silence >= phases.active ? condition.silenceRank : never;
  for (let i = 0; i < cell.machines.length; i++) {
    const machine = cell.machines[i];
    const severity = condition.severities[i];
    if (machine && severity && isOpen(machine)) rank = Math.max(rank, severity.rank);
  }
  return rank;
}

function activate(machine: Machine, since: number): void {
  machine.phase = phases.active;
  machine.since = since;
  machine.deadlineAt = never;
  machine.clearSince = never;
  machine.isHeld = false;
  if (machine.counting.isBorrowed) recounted(machine, { isBorrowed: false });
}

/**
 * Raises a severity because of what was true at `t`, told at `receivedAt`.
 *
 * A schedule that ends it does so at its next closing, not before the message that raised it (semantics 8, 16).
 */
export function raise(
  severity: BoundSeverity,
  machine: Machine,
  since: number,
  t: number,
  receivedAt: number,
): void {
  activate(machine, since);
  machine.deadlineAt = closingAfter(severity, t, receivedAt);
}

/** Notes that not the severity's own count has raised it, or that it stays longer than its `clearFor`. */
export function borrow({ rule }: BoundSeverity, machine: Machine): void {
  const isBorrowed = rule.times !== undefined;
  if (machine.counting.isBorrowed !== isBorrowed) recounted(machine, { isBorrowed });
}

/** When time alone ends a severity that stands at `t`; `never` when its schedule does not. */
export function closingAfter({ rule, endsAtClosing }: BoundSeverity, t: number, receivedAt: number): number {
  if (!endsAtClosing || !rule.schedule) return never;
  const closesAt = isOpenAt(rule.schedule, t) ? nextBoundary(rule.schedule, t) : t;
  return closesAt === undefined ? never : Math.max(closesAt, receivedAt);
}

/** Ends the episode and remembers it, so that what comes late from inside it is known (semantics 9). */
export function recover(machine: Machine, t: number): void {
  recounted(machine, { recoveries: withRecovery(machine.counting.recoveries, t) });
  close(machine, machine.clearSince, t);
}

/** Ends the episode at `t`; what belongs to it ends at `clearSince`. */
export function close(machine: Machine, clearSince: number, t: number): void {
  machine.closed = [...machine.closed, machine.since, clearSince, t].slice(-3 * closedMax);
  const { hits, countsAll, isBorrowed } = machine.counting;
  if (hits.length > 0 && !countsAll && !isBorrowed) recounted(machine, { countsFrom: t });
  toIdle(machine);
}

/** An episode that is over. */
export interface ClosedEpisode {
  /** First reading of its clear run. */
  readonly clearSince: number;
  readonly to: number;
}

/** The closed episodes whose time, with their clear run, holds `t`. */
function episodesAt({ closed }: Machine, t: number): readonly ClosedEpisode[] {
  const around: ClosedEpisode[] = [];
  for (let i = 0; i + 2 < closed.length; i += 3) {
    const [from = 0, clearSince = 0, to = 0] = closed.slice(i, i + 3);
    if ((from <= t && t < clearSince) || (clearSince <= t && t <= to)) around.push({ clearSince, to });
  }
  return around;
}

/** Where `t` lies in the closed episodes of a severity; inside one it is inside, whatever another says. */
export function placeIn(machine: Machine, t: number): 'inside' | 'clear-run' | 'outside' {
  const around = episodesAt(machine, t);
  if (around.some(({ clearSince }) => t < clearSince)) return 'inside';
  return around.length > 0 ? 'clear-run' : 'outside';
}

/** The closed episode whose own time, before its clear run, holds `t`. */
export const episodeAround = (machine: Machine, t: number): ClosedEpisode | undefined =>
  episodesAt(machine, t).find(({ clearSince }) => t < clearSince);

/** When the episode that holds `t` was over as far as anybody knows, in epoch ms; infinite while it is open, undefined if none does. */
export function overAt(machine: Machine, t: number): number | undefined {
  if (isOpen(machine) && t >= machine.since) return Number.POSITIVE_INFINITY;
  const around = episodesAt(machine, t);
  return around.length > 0 ? Math.max(...around.map(({ to }) => to)) : undefined;
}

export function toIdle(machine: Machine): void {
  machine.phase = phases.idle;
  machine.since = never;
  machine.deadlineAt = never;
  machine.clearSince = never;
  machine.isHeld = false;
  machine.gaps = [];
}

/** The clear run has to start again (semantics 7). */
export function stopClearing(machine: Machine): void {
  if (machine.phase !== phases.clearing) return;
  machine.phase = phases.active;
  machine.clearSince = never;
}

/** When the hold of a sensor ends by itself; `never` without one (semantics 5). */
export const holdEndsAt = (condition: Condition, cell: Cell): number =>
  cell.holdAt === never || cell.isHoldOver ? never : cell.holdReceivedAt + condition.rule.maxHoldMs;

/**
 * Raises, with a severity that has just been raised, every lower one whose `when` is true, whatever its `for` and `times`;
 * outside its schedule none raises (semantics 14 to 16).
 *
 * `isTrue` says of an index whether it is lower and true.
 */
export function raiseLower(
  { condition, cell }: { readonly condition: Condition; readonly cell: Cell },
  { since, t, receivedAt }: { readonly since: number; readonly t: number; readonly receivedAt: number },
  isTrue: (index: number) => boolean,
): void {
  for (let i = 0; i < cell.machines.length; i++) {
    const machine = cell.machines[i];
    const severity = condition.severities[i];
    if (!machine || !severity || isOpen(machine) || !isTrue(i)) continue;
    const { schedule } = severity.rule;
    if (schedule && !isOpenAt(schedule, t)) continue;
    raise(severity, machine, machine.phase === phases.pending ? machine.since : since, t, receivedAt);
    borrow(severity, machine);
  }
}

/** Notes a sign of life and when it was told. */
export function noteLife(cell: Cell, lifeAt: number, receivedAt: number): void {
  if (lifeAt <= cell.lifeAt) return;
  cell.lifeAt = lifeAt;
  cell.lifeSetAt = receivedAt;
}

/**
 * What an alert that was silent only becomes when a reading shows a breach: firing again.
 *
 * Silence may make it stale once more, but not before the message that told of the breach (semantics 8).
 */
export function noteBreach(cell: Cell, verdict: InstantVerdict, receivedAt: number): void {
  if (verdict.isFault || !cell.isStale) return;
  cell.isStale = false;
  cell.lifeSetAt = Math.max(cell.lifeSetAt, receivedAt);
}
