/** What this room knows: what a rule means. This file: the last good value under limits that have just changed (semantics 22). */
import type { Reading } from '../../telemetry/reading.ts';
import type { BoundSeverity, Condition } from './bind.ts';
import { type Cell, type Machine, never, phases } from './cell.ts';
import { metFrom } from './eras.ts';
import { admits, awaitOpening, firstDeadline } from './gate.ts';
import { isOpen, raise, raiseLower, stopClearing, toIdle } from './machine.ts';
import { frameOf, type Surroundings } from './surroundings.ts';

/** The change as time brings it. */
export interface LimitChange {
  readonly at: number;
  /** Key of the era that begins. */
  readonly index: number;
  /** The sensor's last value at the newest instant at which the condition was judged; absent when it is not good. */
  readonly last: Reading | undefined;
  /** What the condition was told of windows and other sensors then. */
  readonly around: Surroundings | undefined;
}

/**
 * Judges the sensor's last good value, beside windows and other sensors as they were when it was judged last, by the
 * limits, the mode and the attributes of the era `input.index`.
 *
 * A breach of a tightened limit raises, or starts its `for`, without a reading. A loosening clears nothing: it only ends a
 * pending run that the value contradicts. Changes `cell`.
 */
export function applyLimitChange(condition: Condition, cell: Cell, input: LimitChange): void {
  cell.limitsKey = input.index;
  const { last, around } = input;
  if (last === undefined) return;
  const from = metFrom(condition.eras, cell.limitsKey);
  const frame = { ...frameOf(last, around), phenomenonAt: from };
  const since = Math.max(from, last.phenomenonAt);
  const verdicts = condition.severities.map(({ when }) => when(frame));
  let raisedRank = never;
  for (let i = 0; i < cell.machines.length; i++) {
    const machine = cell.machines[i];
    const severity = condition.severities[i];
    if (!machine || !severity) continue;
    const clears = verdicts[i] === false && (severity.clear === undefined || severity.clear(frame) === true);
    if (!clears) stopClearing(machine);
    if (verdicts[i] === false && machine.phase === phases.pending) toIdle(machine);
    if (verdicts[i] !== true || machine.phase !== phases.idle) continue;
    startRun(condition, machine, severity, { since, at: input.at });
    if (isOpen(machine)) raisedRank = severity.rank;
  }
  if (raisedRank === never) return;
  const rank = raisedRank;
  raiseLower(
    { condition, cell },
    { since, t: input.at, receivedAt: input.at },
    (i) => (condition.severities[i]?.rank ?? rank) < rank && verdicts[i] === true,
  );
}

/** The value has been a breach since it and the limit were there both; count and schedule have their say (semantics 15, 16). */
function startRun(
  condition: Condition,
  machine: Machine,
  severity: BoundSeverity,
  { since, at }: { readonly since: number; readonly at: number },
): void {
  const { forMs } = severity.rule;
  machine.phase = phases.pending;
  machine.since = since;
  machine.isHeld = false;
  if (forMs === 0 && admits(severity, machine, at)) raise(severity, machine, since, at, at);
  else {
    machine.deadlineAt = firstDeadline(severity, at + forMs + condition.graceMs);
    awaitOpening(severity, machine, at, at);
  }
}
