/** What this room knows: what a rule means. This file: what `times` and `schedule` ask before a severity raises (semantics 15, 16). */
import { isBoundary, isOpenAt, isOpenWithin, nextBoundary, nextOpening } from '../schedule.ts';
import type { BoundSeverity, Condition } from './bind.ts';
import { type Machine, never, phases, recounted } from './cell.ts';
import { canComplete, isCounted, isNoneBefore, withHit, withRun } from './hits.ts';
import { borrow, close, isOpen, placeIn, raise } from './machine.ts';
import { lastTrueAt, runAt, spanKinds } from './spans.ts';

/** Notes a known-true reading at `t`, newer than all before, for a severity that counts. */
export function countBreach({ rule }: BoundSeverity, machine: Machine, t: number): void {
  const { times, forMs } = rule;
  if (times === undefined) return;
  // With nothing left to count that came out of order, engine and world are of one mind again.
  const { hits, countsAll } = machine.counting;
  const isAgreed = countsAll && !isOpen(machine) && isNoneBefore(times, hits, t);
  recounted(machine, {
    countsAll: countsAll && !isAgreed,
    hits: forMs === 0 ? withHit(hits, t) : withRun(hits, runAt(machine.spans, t, false).from, t, forMs),
  });
}

/** The instant after which breaches count: the last recovery and, where they must be consecutive, the start of the run. */
const countsAfter = ({ rule }: BoundSeverity, { counting: { countsFrom }, since }: Machine): number =>
  rule.times?.consecutive === true ? Math.max(countsFrom, since - 1) : countsFrom;

/** Whether enough has been counted at `t` when the run that is pending has gone on until then. */
function hasEnough(severity: BoundSeverity, machine: Machine, t: number): boolean {
  const { times, forMs } = severity.rule;
  if (times === undefined) return true;
  const { since } = machine;
  const { hits } = machine.counting;
  const all = forMs === 0 ? hits : withRun(hits, since, t, forMs);
  return isCounted(times, all, t, countsAfter(severity, machine));
}

/**
 * Whether a pending run may raise at `t`: the schedule is open and enough has been counted.
 *
 * A reading that was true before a closing but came after it belongs to the episode that the closing has ended.
 */
export function admits(severity: BoundSeverity, machine: Machine, t: number): boolean {
  if (!severity.isGated) return true;
  const { schedule } = severity.rule;
  if (schedule && (!isOpenAt(schedule, t) || placeIn(machine, t) === 'inside')) return false;
  return hasEnough(severity, machine, t);
}

/** What a deadline of a gated severity is judged by. */
interface Moment {
  /** Newest instant at which the condition was evaluated. */
  readonly evaluatedAt: number;
  /** The deadline. */
  readonly at: number;
}

/**
 * Whether a pending run may raise at its deadline: the last good value has stood since it was evaluated, so it raises when
 * the schedule was open at some instant since then at which its `for` was complete (semantics 8, 16).
 */
export function admitsAtDeadline(
  condition: Condition,
  severity: BoundSeverity,
  machine: Machine,
  { evaluatedAt, at }: Moment,
): boolean {
  if (!severity.isGated) return true;
  const { schedule, forMs } = severity.rule;
  const completeAt = machine.since + forMs;
  if (schedule) {
    // A hold has delayed it until now.
    const from = machine.isHeld ? at : Math.min(at, Math.max(completeAt, evaluatedAt));
    if (!isOpenWithin(schedule, from, at)) return false;
  }
  const isOpening = schedule !== undefined && isBoundary(schedule, at);
  return hasEnough(severity, machine, isOpening ? at : Math.max(completeAt, at - condition.graceMs));
}

/** When time alone has to look again at a pending run that was not admitted at `at`; `never` when only a reading helps. */
export function lookAgainAt(severity: BoundSeverity, at: number): number {
  const { schedule, times, forMs } = severity.rule;
  if (schedule && !isOpenAt(schedule, at)) return nextOpening(schedule, at) ?? never;
  if (times === undefined || forMs === 0 || !canComplete(times, forMs)) return never;
  return at + forMs;
}

/** The deadline of a run that starts: time alone counts no readings, so without `for` it raises no `times`. */
export const firstDeadline = ({ rule }: BoundSeverity, deadlineAt: number): number =>
  rule.times !== undefined && rule.forMs === 0 ? never : deadlineAt;

/** An opening, at which the run that is pending at `t` is looked at again, may come before its deadline. */
export function awaitOpening({ rule }: BoundSeverity, machine: Machine, t: number, receivedAt: number): void {
  if (!rule.schedule || machine.phase !== phases.pending || machine.isHeld) return;
  // Not before its `for` is over.
  const opensAt = nextOpening(rule.schedule, Math.max(t, machine.since + rule.forMs - 1));
  if (opensAt === undefined) return;
  const lookAt = Math.max(opensAt, receivedAt);
  if (machine.deadlineAt === never || lookAt < machine.deadlineAt) machine.deadlineAt = lookAt;
}

/**
 * What lies between the last evaluation and a newer reading: each opening and closing, as if it had been looked at. At an
 * opening at the very instant of the reading the reading itself decides.
 */
export function passBoundaries(
  severity: BoundSeverity,
  machine: Machine,
  {
    evaluatedAt,
    t,
    receivedAt,
  }: { readonly evaluatedAt: number; readonly t: number; readonly receivedAt: number },
): void {
  const { schedule, forMs } = severity.rule;
  if (!schedule || evaluatedAt === never) return;
  let at = nextBoundary(schedule, evaluatedAt);
  for (; at !== undefined && at <= t && machine.phase !== phases.idle; at = nextBoundary(schedule, at)) {
    if (!isOpenAt(schedule, at)) {
      if (severity.endsAtClosing && isOpen(machine) && !isToCome(severity, machine, at))
        endAtClosing(severity, machine, at, receivedAt);
    } else if (
      at < t &&
      machine.phase === phases.pending &&
      !machine.isHeld &&
      at - machine.since >= forMs &&
      hasEnough(severity, machine, at)
    ) {
      raise(severity, machine, machine.since, at, receivedAt);
      borrow(severity, machine);
    }
  }
}

/** The closing that ends the severity is later than the one at `at`: it was raised by time, after that one. */
const isToCome = ({ rule }: BoundSeverity, { deadlineAt }: Machine, at: number): boolean =>
  deadlineAt > at && rule.schedule !== undefined && isBoundary(rule.schedule, deadlineAt);

/** A closing ends the episode; a breach that stands waits for the next opening with its whole `for` (semantics 16). */
export function endAtClosing(
  severity: BoundSeverity,
  machine: Machine,
  at: number,
  receivedAt: number,
): void {
  const { spans, phase } = machine;
  const last = phase === phases.active ? lastTrueAt(spans) : undefined;
  const isStanding = last !== undefined && spans[spans.length - 3] !== spanKinds.isFalse;
  close(machine, at, at);
  if (!isStanding) return;
  machine.phase = phases.pending;
  machine.since = runAt(spans, last, false).from;
  awaitOpening(severity, machine, at, receivedAt);
}
