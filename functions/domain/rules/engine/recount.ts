/** What this room knows: what a rule means. This file: counting once more when something comes late (semantics 9, 15). */
import type { BoundSeverity } from './bind.ts';
import { type Machine, never } from './cell.ts';
import { isCounted, withHit, withWholeRun } from './hits.ts';
import { isOpen, placeIn } from './machine.ts';
import { type Run, runAt, type Stretch } from './spans.ts';

/**
 * Counts a late breach at `t` inside `run`, and tells whether the severity would have raised with it in its place.
 *
 * From then on recoveries do not start the count again until the count is empty: what came late may have been part of an
 * episode that nobody saw, and with fewer breaches counted than there were an alarm could be lost (semantics 24).
 *
 * @param wasTrue the run held `t` already, so that nothing has become longer
 */
export function recountBreach(
  severity: BoundSeverity,
  machine: Machine,
  { t, run, wasTrue }: { readonly t: number; readonly run: Run; readonly wasTrue: boolean },
): boolean {
  const { times, forMs } = severity.rule;
  if (times === undefined) return true;
  if (forMs === 0 ? machine.hits.includes(t) : wasTrue) return false;
  machine.hits = forMs === 0 ? withHit(machine.hits, t) : withWholeRun(machine.hits, run.from, run.to, forMs);
  const [from, to] = forMs === 0 ? [t, t] : [run.from, run.to];
  const isEnough = wouldRaise(severity, machine, from, to + times.withinMs);
  machine.countsAll = true;
  return isEnough;
}

/**
 * Counts anew after a late known-false has split a run: it completed less often, so what it raised may have been raised too
 * early, ended too early, and started the count again too early.
 */
export function recountSplit(severity: BoundSeverity, machine: Machine, { from, to }: Stretch): boolean {
  const { times, forMs } = severity.rule;
  if (times === undefined || forMs === 0) return false;
  machine.countsAll = true;
  for (const run of [runAt(machine.spans, from, true), runAt(machine.spans, to, true)])
    machine.hits = withWholeRun(machine.hits, run.from, run.to, forMs);
  return wouldRaise(severity, machine, from, Number.POSITIVE_INFINITY);
}

/** Whether enough was counted at some instant from `from` to before `to` that belongs to no episode that is known. */
function wouldRaise({ rule }: BoundSeverity, machine: Machine, from: number, to: number): boolean {
  const { times } = rule;
  const { hits, closed, spans, countsAll } = machine;
  if (times === undefined) return false;
  return hits.some((hit) => {
    if (hit < from || hit >= to || (isOpen(machine) && hit >= machine.since)) return false;
    if (placeIn(machine, hit) === 'inside') return false;
    let after: number = never;
    if (!countsAll)
      for (let i = 2; i < closed.length; i += 3) if ((closed[i] ?? 0) <= hit) after = closed[i] ?? after;
    if (times.consecutive) after = Math.max(after, runAt(spans, hit, true).from - 1);
    return isCounted(times, hits, hit, after);
  });
}
