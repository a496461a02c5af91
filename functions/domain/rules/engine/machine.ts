/** What this room knows: what a rule means. This file: how one severity is raised and how it ends (semantics 14). */
import { rankOf } from '../../severity.ts';
import type { Condition } from './bind.ts';
import { type Cell, closedMax, type Machine, never, phases } from './cell.ts';
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

export function activate(machine: Machine, since: number): void {
  machine.phase = phases.active;
  machine.since = since;
  machine.deadlineAt = never;
  machine.clearSince = never;
  machine.isHeld = false;
}

/** Ends the episode and remembers it, so that what comes late from inside it is known (semantics 9). */
export function recover(machine: Machine, t: number): void {
  machine.closed = [...machine.closed, machine.since, machine.clearSince, t].slice(-3 * closedMax);
  toIdle(machine);
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
 * Raises, with a severity that has just been raised, every lower one whose `when` is true (semantics 14).
 *
 * `isTrue` says of an index whether it is lower and true.
 */
export function raiseLower(cell: Cell, since: number, isTrue: (index: number) => boolean): void {
  for (let i = 0; i < cell.machines.length; i++) {
    const machine = cell.machines[i];
    if (!machine || isOpen(machine) || !isTrue(i)) continue;
    activate(machine, machine.phase === phases.pending ? machine.since : since);
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
