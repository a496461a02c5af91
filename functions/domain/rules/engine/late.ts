/** What this room knows: what a rule means. This file: a reading that can only raise: late, or not to be trusted (semantics 9 to 11). */
import type { Reading } from '../../telemetry/reading.ts';
import { isOpenAt } from '../schedule.ts';
import type { BoundSeverity, Condition } from './bind.ts';
import { type Cell, type Machine, never, phases } from './cell.ts';
import { dampedClearForMs } from './damping.ts';
import { awaitOpening, firstDeadline } from './gate.ts';
import {
  type ClosedEpisode,
  episodeAround,
  hasRaised,
  holdEndsAt,
  isOpen,
  noteBreach,
  noteLife,
  placeIn,
  raise,
  raiseLower,
  rankRed,
  stopClearing,
} from './machine.ts';
import { recountBreach, recountFalse, standing } from './recount.ts';
import {
  addFalse,
  addTrue,
  beginningOf,
  isFalseThrough,
  type Run,
  runAt,
  spanKinds,
  trueStretchAt,
} from './spans.ts';
import type { Surroundings } from './surroundings.ts';
import { type InstantVerdict, judgeInstant, type SeverityVerdict } from './verdict.ts';

interface Step {
  readonly condition: Condition;
  readonly cell: Cell;
  readonly reading: Reading;
  readonly t: number;
}

/**
 * Applies one reading that is late or untrusted to a rule on a sensor. Changes `cell`.
 *
 * A known-true one is judged on everything that is known around it; a known-false one is remembered, so that runs are
 * not taken for longer than they were, and does nothing else. Nothing is cleared here.
 */
export function applyLate(
  condition: Condition,
  cell: Cell,
  reading: Reading,
  around: Surroundings | undefined,
): InstantVerdict | undefined {
  const verdict = judgeInstant(condition, [reading], around);
  if (verdict === undefined) return undefined;
  const step = { condition, cell, reading, t: reading.phenomenonAt };
  const hadRaised = hasRaised(cell);
  let raisedRank = never;
  for (let i = 0; i < cell.machines.length; i++) {
    const machine = cell.machines[i];
    const severity = condition.severities[i];
    const said = verdict.severities[i];
    if (!machine || !severity || !said) continue;
    const wasOpen = isOpen(machine);
    if (said.when === true) applyBreach(step, i, said);
    else if (reading.trusted) applyOther(step, machine, severity, said);
    if (!wasOpen && isOpen(machine)) raisedRank = severity.rank;
  }
  if (raisedRank !== never)
    raiseLower(
      step,
      { since: step.t, t: step.t, receivedAt: reading.receivedAt },
      (i) =>
        (condition.severities[i]?.rank ?? raisedRank) < raisedRank && verdict.severities[i]?.when === true,
    );
  else if (verdict.severities.some(({ when }) => when === true) && hadRaised) cell.lateCount += 1;
  if (reading.trusted) {
    noteLife(cell, verdict.goodLifeAt, reading.receivedAt);
    if (!verdict.isGood && cell.silence === phases.clearing && step.t >= cell.silenceClearSince)
      cell.silence = phases.active;
  }
  if (hasRaised(cell) && !hadRaised) noteBreach(cell, verdict, reading.receivedAt);
  return verdict;
}

/**
 * Whether the late breach lies in a closed episode that makes up for its own: of the severity itself, or of a graver one
 * under which it was over as well. One that would have lasted longer is no part of it (semantics 9, 24). What is counted
 * may raise later, outside of every episode, so the count alone decides (semantics 15).
 */
function isCovered({ condition, cell, reading, t }: Step, index: number): boolean {
  // The time of an untrusted reading may be wrong, so it proves no episode to be its own.
  if (!reading.trusted) return false;
  const own = cell.machines[index];
  const severity = condition.severities[index];
  if (!own || !severity || severity.rule.times !== undefined) return false;
  if (placeIn(own, t) === 'inside') return true;
  for (const graver of cell.machines.slice(index + 1)) {
    const episode = episodeAround(graver, t);
    if (episode && isOverWith(condition, severity, own, episode)) return true;
  }
  return false;
}

/**
 * Whether the severity, had it been raised at `t`, would have recovered no later than a graver one did at `to`: it was
 * known false through the whole clear run of that one, and this was long enough.
 */
function isOverWith(
  { sensor }: Condition,
  { rule, clear }: BoundSeverity,
  { spans, counting: { recoveries } }: Machine,
  { clearSince, to }: ClosedEpisode,
): boolean {
  if (clear !== undefined) return false;
  const isFalse = isFalseThrough(spans, clearSince, to);
  return isFalse && to - clearSince >= dampedClearForMs(rule.clearForMs, sensor.period, recoveries, to);
}

function applyBreach(step: Step, index: number, said: SeverityVerdict): void {
  const machine = step.cell.machines[index];
  const severity = step.condition.severities[index];
  if (!machine || !severity) return;
  const { reading, t } = step;
  const { trusted, receivedAt } = reading;
  // Asked before the breach stands among what is known: of what it splits only the ends are kept.
  const isMadeUpFor = isCovered(step, index);
  const wasTrue = trueStretchAt(machine.spans, t) !== undefined;
  addTrue(machine, t, trusted ? (said.isHeld ? spanKinds.held : spanKinds.isTrue) : spanKinds.untrusted);
  const { evaluatedAt } = step.cell;
  const run = standing(severity, runAt(machine.spans, t, true), evaluatedAt);
  const place = trusted ? placeIn(machine, t) : 'outside';
  const isAdmitted = recountBreach(severity, machine, {
    t,
    run,
    wasTrue,
    evaluatedAt,
    heldFrom: heldFrom(step.cell, severity),
  });
  const doesRaise = (): boolean => isAdmitted && qualifies(step, severity, run);
  // Between late breaches lay normals of which only the ends are kept: without `for` each is a beginning of its own.
  const beginsAt = (): number => (severity.rule.forMs === 0 ? t : beginningOf(machine, run, t));
  if (isOpen(machine)) {
    if (!trusted || t >= machine.clearSince) stopClearing(machine);
    // An earlier breach that this episode swallows is part of it from now on (semantics 24).
    if (place === 'clear-run') machine.since = Math.min(machine.since, t);
    else if ((place === 'outside' || !isMadeUpFor) && t < machine.since && doesRaise())
      machine.since = beginsAt();
  } else if (place === 'clear-run' && isInReach(severity, t)) raise(severity, machine, t, t, receivedAt);
  else if (isMadeUpFor) return;
  else if (doesRaise()) raise(severity, machine, beginsAt(), run.to, receivedAt);
  else if (trusted) keepRun(step, machine, severity, said);
}

/** Since when a hold goes on that delays the severity; infinite when none does (semantics 5). */
const heldFrom = ({ holdAt, isHoldOver }: Cell, { rank }: BoundSeverity): number =>
  holdAt === never || isHoldOver || rank >= rankRed ? Number.POSITIVE_INFINITY : holdAt;

/** False when a closing ends the severity and `t` lies outside its hours: nothing stands there. */
const isInReach = ({ rule, endsAtClosing }: BoundSeverity, t: number): boolean =>
  !endsAtClosing || rule.schedule === undefined || isOpenAt(rule.schedule, t);

/** Whether the run that holds the late reading raises: its `for` has passed at a reading that no hold delays. */
function qualifies({ condition, cell }: Step, severity: BoundSeverity, run: Run): boolean {
  const { rule, rank } = severity;
  if (run.to - run.from < rule.forMs) return false;
  if (rank >= rankRed) return true;
  if (run.plainAt !== undefined && run.plainAt - run.from >= rule.forMs) return true;
  // It reaches into a hold that goes on: what stands when that ends raises then.
  if (run.to >= heldFrom(cell, severity)) return false;
  // In order it would have raised at the end of the longest hold, unless a good reading had ended hold or breach before.
  const before = run.falseBefore ?? run.from;
  return (run.falseAt ?? cell.evaluatedAt) - before >= condition.rule.maxHoldMs;
}

/** A late reading may start a run earlier, or start one that nothing contradicts since. */
function keepRun(
  { condition, cell, reading, t }: Step,
  machine: Machine,
  severity: BoundSeverity,
  { isHeld }: SeverityVerdict,
): void {
  const { rule, rank } = severity;
  const run = runAt(machine.spans, t, false);
  if (machine.phase === phases.pending) {
    if (run.from < machine.since && machine.since <= run.to) machine.since = run.from;
    awaitOpening(severity, machine, cell.evaluatedAt, reading.receivedAt);
    return;
  }
  if (run.falseAt !== undefined) return;
  machine.phase = phases.pending;
  machine.since = run.from;
  machine.isHeld = isHeld && rank < rankRed && !cell.isHoldOver;
  const deadlineAt = Math.max(
    reading.receivedAt + rule.forMs + condition.graceMs,
    machine.isHeld ? holdEndsAt(condition, cell) : never,
  );
  machine.deadlineAt = firstDeadline(severity, deadlineAt);
  awaitOpening(severity, machine, cell.evaluatedAt, reading.receivedAt);
}

/** What is late and no breach: it breaks a clear run that it lies in, and a known-false is remembered. */
function applyOther(
  { t, reading, cell }: Step,
  machine: Machine,
  severity: BoundSeverity,
  said: SeverityVerdict,
): void {
  const { receivedAt } = reading;
  if (said.when === false && said.isGood) {
    const split = trueStretchAt(machine.spans, t);
    addFalse(machine, t);
    const { evaluatedAt } = cell;
    const known = { t, split, evaluatedAt, heldFrom: heldFrom(cell, severity) };
    const isEnough = recountFalse(severity, machine, known);
    // What it raises an open episode swallows: that is part of it from now on (semantics 24).
    if (isEnough && isOpen(machine)) machine.since = Math.min(machine.since, t);
    else if (isEnough) raise(severity, machine, t, evaluatedAt, receivedAt);
  }
  if (said.clears) return;
  if (machine.phase === phases.clearing && t >= machine.clearSince) stopClearing(machine);
  // Known not to have been clear: the episode ended on too little, so it goes on (semantics 24).
  else if (said.when === false && said.isGood && placeIn(machine, t) === 'clear-run') {
    if (isOpen(machine)) {
      stopClearing(machine);
      machine.since = Math.min(machine.since, t);
    } else if (isInReach(severity, t)) raise(severity, machine, t, t, receivedAt);
  }
}
