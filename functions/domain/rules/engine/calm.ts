/** What this room knows: what a rule means. This file: the short way of a reading under which nothing changes. */
import type { Reading } from '../../telemetry/reading.ts';
import type { Condition } from './bind.ts';
import { type Cell, never, phases } from './cell.ts';
import { isOutdated } from './outdated.ts';
import { spanKinds } from './spans.ts';

/**
 * True when a good, trusted reading changes no timer of the cell, so that `calmed` is all that it does.
 *
 * Nearly every reading of a city is one of these: known false while nothing is raised, or known true while it is. The
 * effect is that of `applyInOrder`, at a tenth of its cost.
 */
export function isCalm(condition: Condition, cell: Cell, reading: Reading): boolean {
  const t = reading.phenomenonAt;
  if (
    t <= cell.evaluatedAt ||
    cell.silence !== phases.idle ||
    cell.isStale ||
    cell.holdAt !== never ||
    cell.unknownAt !== never ||
    isOutdated(condition, cell, t)
  )
    return false;
  const { severities } = condition;
  const { machines } = cell;
  for (let i = 0; i < severities.length; i++) {
    const machine = machines[i];
    const severity = severities[i];
    if (machine === undefined || severity === undefined) return false;
    const when = severity.when(reading);
    const { spans, phase } = machine;
    const newest = spans[spans.length - 3];
    if (when === false) {
      if (phase !== phases.idle || newest !== spanKinds.isFalse) return false;
    } else if (when !== true || phase !== phases.active || newest !== spanKinds.isTrue) return false;
    else if (t < machine.since) return false;
  }
  return true;
}

/** The cell after a calm reading: later, and alive. Machines are shared with the cell before. */
export function calmed(cell: Cell, reading: Reading, receivedAt: number): Cell {
  const after = { ...cell, evaluatedAt: reading.phenomenonAt, isCalm: true };
  if (reading.lifeAt > cell.lifeAt) {
    after.lifeAt = reading.lifeAt;
    after.lifeSetAt = receivedAt;
  }
  return after;
}
