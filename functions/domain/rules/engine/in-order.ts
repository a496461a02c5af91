/** What this room knows: what a rule means. This file: a trusted reading that is newer than all before (semantics 5 to 8). */
import type { Instant } from '../../time.ts';
import type { BoundSeverity, Condition } from './bind.ts';
import { type Cell, gapsMax, type Machine, never, phases } from './cell.ts';
import { dampedClearForMs } from './damping.ts';
import { admits, awaitOpening, countBreach, firstDeadline, passBoundaries } from './gate.ts';
import {
  borrow,
  hasRaised,
  holdEndsAt,
  isOpen,
  noteBreach,
  noteLife,
  raise,
  raiseLower,
  rankRed,
  recover,
  stopClearing,
  toIdle,
} from './machine.ts';
import { isOutdated, meetAgain } from './outdated.ts';
import { addFalse, addTrue, lastTrueAt, runAt, spanKinds } from './spans.ts';
import type { InstantVerdict, SeverityVerdict } from './verdict.ts';

/** What the severities of one cell share while an instant is applied. */
interface Step {
  readonly condition: Condition;
  readonly cell: Cell;
  readonly verdict: InstantVerdict;
  /** Phenomenon time. */
  readonly t: number;
  readonly receivedAt: number;
  /** The stretch without a reading before `t` was longer than `silent.after`. */
  readonly isAfterGap: boolean;
  /** Its limits hold no more: see `isOutdated`. */
  readonly isOutdated: boolean;
}

/** Applies the readings of one instant, newer than every one before, to a rule on a sensor. Changes `cell`. */
export function applyInOrder(
  condition: Condition,
  cell: Cell,
  verdict: InstantVerdict,
  receivedAt: Instant,
): void {
  const t = verdict.readings[0]?.phenomenonAt ?? 0;
  const isAfterGap = cell.evaluatedAt !== never && t - cell.evaluatedAt > condition.silentAfterMs;
  const step = {
    condition,
    cell,
    verdict,
    t,
    receivedAt,
    isAfterGap,
    isOutdated: isOutdated(condition, cell, t),
  };
  const hadRaised = hasRaised(cell);
  const hadHold = cell.holdAt !== never && !cell.isHoldOver;
  updateHold(step);
  noteLife(cell, cell.isHoldOver ? verdict.goodLifeAt : verdict.heldLifeAt, receivedAt);
  let raisedRank = never;
  for (let i = 0; i < cell.machines.length; i++) {
    const machine = cell.machines[i];
    const severity = condition.severities[i];
    const said = verdict.severities[i];
    if (!machine || !severity || !said) continue;
    const wasOpen = isOpen(machine);
    applySeverity(step, machine, severity, said);
    if (hadHold && cell.isHoldOver) raiseStanding(machine, severity, t, receivedAt);
    if (!wasOpen && isOpen(machine)) raisedRank = severity.rank;
  }
  if (raisedRank !== never)
    raiseLower(
      step,
      { since: t, t, receivedAt },
      (i) => (condition.severities[i]?.rank ?? raisedRank) < raisedRank && stands(step, i),
    );
  updateSilence(step);
  updateUnknown(step);
  updateStale(step, hadRaised);
  if (step.isOutdated) meetAgain(condition, cell, t);
  cell.evaluatedAt = t;
}

/** A severity whose `when` is true; on a reading that cannot answer it, one whose run goes on (semantics 2, 14). */
function stands({ cell, verdict }: Step, index: number): boolean {
  const when = verdict.severities[index]?.when;
  return when === true || (when === undefined && cell.machines[index]?.phase === phases.pending);
}

function updateHold({ condition, cell, verdict, t, receivedAt }: Step): void {
  if (verdict.isGood) {
    cell.holdAt = never;
    cell.holdReceivedAt = never;
    cell.isHoldOver = false;
    return;
  }
  if (!verdict.hasHeld) return;
  if (cell.holdAt === never) {
    cell.holdAt = t;
    cell.holdReceivedAt = receivedAt;
  }
  const { maxHoldMs } = condition.rule;
  if (t - cell.holdAt >= maxHoldMs || receivedAt - cell.holdReceivedAt >= maxHoldMs) cell.isHoldOver = true;
}

/** A breach that stood through the hold raises when it ends, its `for` counted from its first reading (semantics 5). */
export function raiseStanding(
  machine: Machine,
  severity: BoundSeverity,
  t: number,
  receivedAt: number,
): void {
  if (machine.phase !== phases.pending) return;
  const last = lastTrueAt(machine.spans) ?? machine.since;
  if (last - machine.since < severity.rule.forMs) return;
  if (admits(severity, machine, t)) raise(severity, machine, machine.since, t, receivedAt);
  else {
    machine.isHeld = false;
    awaitOpening(severity, machine, t, receivedAt);
  }
}

function applySeverity(step: Step, machine: Machine, severity: BoundSeverity, said: SeverityVerdict): void {
  const { t, isAfterGap, cell, receivedAt } = step;
  if (severity.isGated) passBoundaries(severity, machine, { evaluatedAt: cell.evaluatedAt, t, receivedAt });
  if (machine.phase === phases.pending && isAfterGap && machine.gaps.length < 2 * gapsMax)
    machine.gaps = [...machine.gaps, cell.evaluatedAt, t];
  if (said.when === false && said.isGood) {
    addFalse(machine, t);
    // Also one that neither begins nor ends a clear run: the next one would not see the gap.
    if (isAfterGap) stopClearing(machine);
    if (machine.phase === phases.pending) toIdle(machine);
    // An echo is no good reading, and what is normal under limits left behind is none now: neither begins nor ends a clear
    // run. What is not clear breaks one, whatever it is.
    else if (!said.clears || !(step.isOutdated || step.verdict.isEcho))
      clearWith(step, machine, severity, said);
    return;
  }
  stopClearing(machine);
  const isHeld = said.isHeld || (machine.isHeld && !said.isGood && said.when === undefined);
  const isDelayed = isHeld && !cell.isHoldOver && severity.rank < rankRed;
  if (said.when === true) addTrue(machine, t, said.isHeld ? spanKinds.held : spanKinds.isTrue);
  if (machine.phase === phases.idle ? said.when === true : machine.isHeld)
    startRun(step, machine, severity, isDelayed);
  // An untrusted reading may have raised at an instant that the sensor's good clock has not reached yet.
  if (said.when === true && isOpen(machine)) machine.since = Math.min(machine.since, t);
  if (said.when === true) countBreach(severity, machine, t);
  // An unknown reading ends no run, so the run fires when its time has come (semantics 2, 7).
  if (said.when === false || isDelayed || machine.phase !== phases.pending) return;
  if (t - machine.since >= severity.rule.forMs && admits(severity, machine, t))
    raise(severity, machine, machine.since, t, receivedAt);
  else awaitOpening(severity, machine, t, receivedAt);
}

/** A run starts at its first known-true reading, a late one before it included (semantics 7, 9). */
function startRun(
  { condition, cell, t, receivedAt }: Step,
  machine: Machine,
  severity: BoundSeverity,
  isDelayed: boolean,
): void {
  const deadlineAt = receivedAt + severity.rule.forMs + condition.graceMs;
  if (machine.phase === phases.idle) {
    machine.phase = phases.pending;
    machine.since = runAt(machine.spans, t, false).from;
    machine.isHeld = isDelayed;
    machine.deadlineAt = firstDeadline(
      severity,
      isDelayed ? Math.max(deadlineAt, holdEndsAt(condition, cell)) : deadlineAt,
    );
  } else if (!isDelayed) {
    // The hold is over for this run, so its deadline is that of any other.
    machine.isHeld = false;
    machine.deadlineAt = firstDeadline(severity, Math.min(machine.deadlineAt, deadlineAt));
  }
}

/** Two good readings that span `clearFor` without a gap end a severity (semantics 7). */
function clearWith(
  { condition, t, isAfterGap }: Step,
  machine: Machine,
  severity: BoundSeverity,
  said: SeverityVerdict,
): void {
  if (!isOpen(machine)) return;
  const { rule } = severity;
  if (!said.clears) stopClearing(machine);
  else if (machine.phase === phases.active || isAfterGap) {
    machine.phase = phases.clearing;
    machine.clearSince = t;
  } else if (t - machine.clearSince >= rule.clearForMs) {
    const { period } = condition.sensor;
    const clearForMs = dampedClearForMs(rule.clearForMs, period, machine.counting.recoveries, t);
    if (t - machine.clearSince >= clearForMs) recover(machine, t);
    else borrow(severity, machine);
  }
}

/** Silence ends through a full `clearFor` of good readings of a sensor that is alive now (semantics 12). */
function updateSilence({ condition, cell, verdict, t, receivedAt, isAfterGap }: Step): void {
  if (cell.silence === phases.idle) return;
  if (verdict.isEcho) return;
  const isAlive = verdict.isGood && receivedAt - cell.lifeAt <= condition.silentAfterMs;
  if (!isAlive) {
    cell.silence = phases.active;
    cell.silenceClearSince = never;
  } else if (cell.silence === phases.active || isAfterGap) {
    cell.silence = phases.clearing;
    cell.silenceClearSince = t;
  } else if (t - cell.silenceClearSince >= condition.silenceClearForMs) {
    cell.silence = phases.idle;
    cell.silenceClearSince = never;
  }
}

/** Counts how long some `when` has been unknown (semantics 3). */
function updateUnknown({ condition, cell, verdict, t, receivedAt }: Step): void {
  if (condition.isNeverKnown) return;
  if (verdict.severities.every(({ when }) => when !== undefined)) {
    cell.unknownAt = never;
    cell.unknownReceivedAt = never;
    cell.isUnknownOver = false;
  } else if (cell.unknownAt === never) {
    cell.unknownAt = t;
    cell.unknownReceivedAt = receivedAt;
    cell.isUnknownOver = condition.unknownForMs === 0;
  } else if (t - cell.unknownAt >= condition.unknownForMs) cell.isUnknownOver = true;
}

/** Stale is left to firing by a good reading under which a severity stands, or when all is over (semantics 12). */
function updateStale({ condition, cell, verdict, receivedAt }: Step, hadRaised: boolean): void {
  const raised = hasRaised(cell);
  if (verdict.isFault) cell.isStale = true;
  else if (raised && !hadRaised) noteBreach(cell, verdict, receivedAt);
  else if (!raised && cell.silence === phases.idle) {
    if (verdict.isGood) cell.isStale = false;
  } else if (verdict.isGood && receivedAt - cell.lifeAt <= condition.silentAfterMs) {
    if (cell.machines.some(({ phase }) => phase === phases.active)) cell.isStale = false;
  }
}
