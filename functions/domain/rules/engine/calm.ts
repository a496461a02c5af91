/** What this room knows: what a rule means. This file: how long a cell rests while readings go on as they are. */

import type { Reading } from '../../telemetry/reading.ts';
import type { Frame } from '../frame.ts';
import type { BoundSensor, BoundSeverity, Condition } from './bind.ts';
import { type Cell, type Machine, never, noBand, phases, type SensorCell } from './cell.ts';
import { isBeforeNewest } from './outdated.ts';
import { spanKinds } from './spans.ts';

/** A phenomenon time that no timer reaches. */
export const forEver = Number.POSITIVE_INFINITY;

/**
 * The phenomenon time up to which good, trusted, in-order readings that say what this one says only move on `evaluatedAt`,
 * the sign of life and the end of each newest stretch; `never` when this one does more already: `times` counts it, or a
 * closing may lie before it.
 *
 * Nearly every reading of a city is one of these: known false while nothing is raised (the first one too), known true while it is, or in the
 * middle of a `for` or a `clearFor`. The effect is that of `applyInOrder`, at a tenth of its cost.
 */
export function calmUntil(condition: Condition, cell: Cell, frame: Frame): number {
  if (isBeforeNewest(condition, frame.phenomenonAt)) return never;
  if (cell.silence !== phases.idle || cell.isStale || cell.holdAt !== never) return never;
  const { severities } = condition;
  const { machines } = cell;
  let until: number = forEver;
  let isUnknown = false;
  for (let i = 0; i < severities.length; i++) {
    const machine = machines[i];
    const severity = severities[i];
    if (machine === undefined || severity === undefined) return never;
    const when = severity.when(frame);
    if (when === undefined) {
      if (machine.phase !== phases.idle || machine.spans.length > 0) return never;
      isUnknown = true;
      continue;
    }
    const own = when
      ? aboveUntil(machine, severity)
      : machine.spans.length === 0 && machine.phase === phases.idle
        ? blankUntil(condition, cell)
        : belowUntil(machine, severity, frame);
    if (own < until) until = own;
  }
  return Math.min(until, unknownUntil(condition, cell, isUnknown));
}

/** A condition stays unanswered, or answered; one that was unanswered for too long has been told of (semantics 3). */
function unknownUntil(condition: Condition, cell: Cell, isUnknown: boolean): number {
  if (condition.isNeverKnown) return forEver;
  if (isUnknown !== (cell.unknownAt !== never)) return never;
  return isUnknown && !cell.isUnknownOver ? cell.unknownAt + condition.unknownForMs : forEver;
}

/** The first that a severity hears is that its `when` is false; its sensor remembers since when. */
const blankUntil = ({ isAlone }: Condition, { unknownAt }: Cell): number =>
  isAlone && unknownAt === never ? forEver : never;

const newestKind = ({ spans }: Machine): number => spans[spans.length - 3] ?? never;

/** `when` is known false: nothing is raised, what is raised stays in its band, or its clear run goes on. */
function belowUntil(machine: Machine, { clear, rule, endsAtClosing }: BoundSeverity, frame: Frame): number {
  if (newestKind(machine) !== spanKinds.isFalse || machine.phase === phases.pending) return never;
  if (machine.phase === phases.idle) return forEver;
  if (endsAtClosing) return never;
  const clears = clear === undefined || clear(frame) === true;
  if (machine.phase === phases.active) return clears ? never : forEver;
  return clears ? machine.clearSince + rule.clearForMs : never;
}

/** `when` is known true: it is raised, or its `for` runs. */
function aboveUntil(machine: Machine, { rule, endsAtClosing }: BoundSeverity): number {
  if (newestKind(machine) !== spanKinds.isTrue || rule.times !== undefined) return never;
  if (endsAtClosing && machine.phase === phases.active) return never;
  if (machine.phase === phases.active) return forEver;
  return machine.phase === phases.pending && !machine.isHeld ? machine.since + rule.forMs : never;
}

/**
 * Time alone causes nothing before it in the conditions on the sensor alone: while it is calm they rest, and fall silent by
 * its own sign of life. `undefined` when each must be asked.
 */
export const restUntil = (
  { isCalm, band, lifeAt, lifeSetAt }: SensorCell,
  { alone, aloneSilentMs }: BoundSensor,
): number | undefined =>
  isCalm && band !== noBand && alone.length > 0
    ? Math.min(band.dueAt, Math.max(lifeAt + aloneSilentMs, lifeSetAt))
    : undefined;

/** The longest stretch without a reading that is no gap to any timer of the cell (semantics 7). */
export function calmGapMs(condition: Condition, { machines }: Cell): number {
  for (const { phase } of machines)
    if (phase === phases.pending || phase === phases.clearing) return condition.silentAfterMs;
  return forEver;
}

/** What a calm instant does to the cell of a condition that names other sensors: later, and alive. Changes `cell`. */
export function rest(cell: Cell, reading: Reading, receivedAt: number): void {
  cell.evaluatedAt = reading.phenomenonAt;
  cell.isCalm = true;
  if (reading.lifeAt <= cell.lifeAt) return;
  cell.lifeAt = reading.lifeAt;
  cell.lifeSetAt = receivedAt;
}
