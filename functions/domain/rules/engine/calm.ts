/** What this room knows: what a rule means. This file: the short way of a reading under which nothing changes. */
import type { Reading } from '../../telemetry/reading.ts';
import type { Condition } from './bind.ts';
import { type Cell, never, phases } from './cell.ts';
import { spanKinds } from './spans.ts';

/**
 * Applies a good, trusted reading to a cell in which it changes no timer, and says whether it did.
 *
 * Nearly every reading of a city is one of these: known false while nothing is raised, or known true while it is. The
 * effect is that of `applyInOrder`, without its lists; false leaves the cell as it was, for the long way.
 */
export function applyCalm(condition: Condition, cell: Cell, reading: Reading, receivedAt: number): boolean {
  const t = reading.phenomenonAt;
  if (
    t <= cell.evaluatedAt ||
    cell.silence !== phases.idle ||
    cell.isStale ||
    cell.holdAt !== never ||
    cell.unknownAt !== never
  )
    return false;
  const { severities } = condition;
  const { machines } = cell;
  for (let i = 0; i < severities.length; i++) {
    const machine = machines[i];
    const severity = severities[i];
    if (!machine || !severity) return false;
    const when = severity.when(reading);
    const { spans, phase } = machine;
    const last = spans.length - 3;
    if (when === false) {
      if (phase !== phases.idle || spans[last] !== spanKinds.isFalse) return false;
    } else if (when !== true || phase !== phases.active || t < machine.since) return false;
    else if (spans[last] !== spanKinds.isTrue) return false;
    const to = spans[last + 2];
    if (to === undefined || to >= t) return false;
  }
  for (let i = 0; i < machines.length; i++) {
    const spans = machines[i]?.spans;
    if (spans) spans[spans.length - 1] = t;
  }
  cell.evaluatedAt = t;
  if (reading.lifeAt > cell.lifeAt) {
    cell.lifeAt = reading.lifeAt;
    cell.lifeSetAt = receivedAt;
  }
  return true;
}
