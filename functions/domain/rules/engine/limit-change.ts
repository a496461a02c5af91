/** What this room knows: what a rule means. This file: the last good value under limits that have just changed (semantics 22). */
import type { Reading } from '../../telemetry/reading.ts';
import type { BoundSeverity, Condition } from './bind.ts';
import { type Cell, type Machine, never, phases } from './cell.ts';
import { metFrom } from './eras.ts';
import { admits, awaitOpening, firstDeadline } from './gate.ts';
import { isOpen, raise, raiseLower, stopClearing, toIdle } from './machine.ts';
import { lastTrueAt } from './spans.ts';
import { frameOf, type Surroundings } from './surroundings.ts';

/** The change as time brings it. */
export interface LimitChange {
  readonly at: number;
  /** Key of the era that begins. */
  readonly index: number;
  /** The sensor's last good value at the newest instant at which the condition could be judged on it; absent when there is none. */
  readonly last: Reading | undefined;
  /** When it was read; absent where nothing came after it. */
  readonly goodAt?: number | undefined;
  /** What the condition was told of windows and other sensors then. */
  readonly around: Surroundings | undefined;
}

/**
 * Judges the sensor's last good value, beside windows and other sensors as they were when it was judged last, by the
 * limits, the mode and the attributes of the era `input.index`.
 *
 * A breach of a tightened limit raises, or starts its `for`, without a reading. A loosening clears nothing: it only ends a
 * pending run that the value contradicts, and that nothing since has confirmed. Changes `cell`.
 */
export function applyLimitChange(condition: Condition, cell: Cell, input: LimitChange): void {
  cell.limitsKey = input.index;
  const { last, around } = input;
  if (last === undefined) return;
  const from = metFrom(condition.eras, cell.limitsKey);
  const frame = { ...frameOf(last, around), phenomenonAt: from };
  // What is not good contradicts nothing (semantics 5).
  const goodAt = last.quality === 'good' ? (input.goodAt ?? last.phenomenonAt) : never;
  const since = Math.max(from, input.goodAt ?? last.phenomenonAt);
  const verdicts = condition.severities.map(({ when }) => when(frame));
  let raisedRank = never;
  for (let i = 0; i < cell.machines.length; i++) {
    const machine = cell.machines[i];
    const severity = condition.severities[i];
    if (!machine || !severity) continue;
    const clears = verdicts[i] === false && (severity.clear === undefined || severity.clear(frame) === true);
    if (!clears) stopClearing(machine);
    if (verdicts[i] === false && machine.phase === phases.pending && !isNewer(machine, goodAt))
      toIdle(machine);
    if (verdicts[i] !== true || isOpen(machine)) continue;
    if (machine.phase === phases.pending && !machine.isHeld) continue;
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

/** The run was a breach at a reading after the good one: out of range, or held (semantics 5). */
const isNewer = ({ spans, since }: Machine, goodAt: number): boolean => (lastTrueAt(spans) ?? since) > goodAt;

/**
 * The value has been a breach since it and the limit were there both; count and schedule have their say (semantics 15, 16).
 *
 * A hold delays what held readings say. This one was read before it, or beside it, so a run that was held is free from here on.
 */
function startRun(
  condition: Condition,
  machine: Machine,
  severity: BoundSeverity,
  { since, at }: { readonly since: number; readonly at: number },
): void {
  const { forMs } = severity.rule;
  const deadlineAt = at + forMs + condition.graceMs;
  const isHeld = machine.phase === phases.pending;
  const start = isHeld ? Math.min(machine.since, since) : since;
  const endsAt = isHeld ? Math.min(machine.deadlineAt, deadlineAt) : deadlineAt;
  machine.phase = phases.pending;
  machine.since = start;
  machine.isHeld = false;
  if (since - start >= forMs && admits(severity, machine, at)) raise(severity, machine, start, at, at);
  else {
    machine.deadlineAt = firstDeadline(severity, endsAt);
    awaitOpening(severity, machine, at, at);
  }
}
