/** What this room knows: what a rule means. This file: counting once more when something comes late (semantics 9, 15). */
import { isOpenAt, isOpenWithin, nextOpening } from '../schedule.ts';
import type { BoundSeverity } from './bind.ts';
import { type Machine, never, recounted } from './cell.ts';
import { type Hits, hitsMax, isCounted, withHit, withWholeRun } from './hits.ts';
import { isOpen, overAt, placeIn } from './machine.ts';
import { type Run, runAt, type Stretch } from './spans.ts';

/** A late breach. */
interface LateBreach {
  readonly t: number;
  /** What it belongs to now, as far as its last value stood. */
  readonly run: Run;
  /** The run held `t` already, so that nothing has become longer. */
  readonly wasTrue: boolean;
  /** Newest instant at which the condition was evaluated. */
  readonly evaluatedAt: number;
  /** Beginning of the hold that goes on: what is counted in it waits for its end. Infinite without one, and for red. */
  readonly heldFrom: number;
}

const countAll = (machine: Machine): void => recounted(machine, { countsAll: true, countsFrom: never });

/**
 * Counts a late breach, and tells whether `times` and `schedule` would have let the severity raise with it in its place.
 *
 * Where it reaches, recoveries do not start the count again until the count is empty: what came late may have been part of an
 * episode that nobody saw, and with fewer breaches counted than there were an alarm could be lost (semantics 24). It
 * reaches up to the first gap in which nothing was left to count.
 */
export function recountBreach(severity: BoundSeverity, machine: Machine, breach: LateBreach): boolean {
  const { times, forMs } = severity.rule;
  const { t, run, wasTrue, evaluatedAt, heldFrom } = breach;
  if (times === undefined) return isInSchedule(severity, breach);
  const { hits } = machine.counting;
  if (forMs === 0 && hits.includes(t)) return false;
  // What is counted stays as it was, but at `t` it is looked at once more.
  if (forMs > 0 && wasTrue && t > machine.forgottenTo)
    return wouldRaise(severity, machine, { from: t, to: t + 1, evaluatedAt, heldFrom, first: [t] });
  recounted(machine, {
    hits: forMs === 0 ? withHit(hits, t) : withWholeRun(hits, run.from, run.to, forMs),
  });
  const [from, to] = forMs === 0 ? [t, t] : [run.from, run.to];
  const first = from + forMs <= to ? [from + forMs] : [];
  const known = { from, to: to + times.withinMs, evaluatedAt, heldFrom, first };
  const isEnough = wouldRaise(severity, machine, known);
  const reach = reachOf(machine, times.withinMs, overAt(machine, to) ?? to);
  if (isEnough || to >= heldFrom || reach > machine.counting.countsFrom) countAll(machine);
  return isEnough;
}

/**
 * Counts anew after a late known-false at `t`, and tells whether enough was counted since.
 *
 * One that splits a run makes it complete less often; one inside an episode may have ended it earlier. So what followed may
 * have started the count again too early: it counts all, up to the first gap in which nothing was left to count.
 *
 * @param split the true stretch that held `t`
 */
export function recountFalse(
  severity: BoundSeverity,
  machine: Machine,
  {
    t,
    split,
    ...known
  }: Pick<LateBreach, 't' | 'evaluatedAt' | 'heldFrom'> & { readonly split: Stretch | undefined },
): boolean {
  const { times, forMs } = severity.rule;
  if (times === undefined) return false;
  // Of a stretch that grew together nothing is news: how often it was complete is not known.
  const isSplit = split !== undefined && forMs > 0 && split.from > machine.forgottenTo;
  const episodeEnd = overAt(machine, t);
  if (!isSplit && episodeEnd === undefined) return false;
  const to = reachOf(machine, times.withinMs, Math.max(episodeEnd ?? t, isSplit ? split.to : t));
  if (to > machine.counting.countsFrom) countAll(machine);
  if (isSplit)
    for (const at of [split.from, split.to]) {
      const run = runAt(machine.spans, at, true);
      recounted(machine, { hits: withWholeRun(machine.counting.hits, run.from, run.to, forMs) });
    }
  const from = isSplit ? split.from : t;
  return wouldRaise(severity, machine, { from, to, first: [], ...known });
}

/**
 * When nothing was left to count of what stood at `from`, or was counted with it. What has fallen out of a full list is taken
 * for a chain without a gap.
 */
function reachOf({ counting: { hits } }: Machine, withinMs: number, from: number): number {
  const oldest = hits.length >= hitsMax ? (hits[0] ?? 0) : from;
  let reach = Math.max(from, oldest) + withinMs;
  for (const hit of hits) {
    if (hit >= reach) break;
    if (hit > from) reach = hit + withinMs;
  }
  return reach;
}

/**
 * Whether the schedule was open while the `for` of the run was complete. Of a run that has not become longer only the
 * reading itself is news.
 */
function isInSchedule({ rule }: BoundSeverity, { t, run, wasTrue }: LateBreach): boolean {
  const { schedule, forMs } = rule;
  if (schedule === undefined) return true;
  if (wasTrue) return t - run.from >= forMs && isOpenAt(schedule, t);
  return isOpenWithin(schedule, run.from + forMs, run.to);
}

/**
 * The run as far as its last value stood: to its last reading or, while nothing contradicted it, to the last opening of the
 * schedule, at which that value was looked at again (semantics 16).
 */
export function standing({ rule }: BoundSeverity, run: Run, evaluatedAt: number): Run {
  if (!rule.schedule) return run;
  const end = run.falseAt ?? evaluatedAt;
  let { to } = run;
  for (;;) {
    const opensAt = nextOpening(rule.schedule, to);
    if (opensAt === undefined || opensAt >= end)
      return { ...run, to, plainAt: run.plainAt !== undefined && to > run.to ? to : run.plainAt };
    to = opensAt;
  }
}

/**
 * Whether enough was counted at some instant from `from` to before `to` that belongs to no episode that is known, and that no
 * hold delays (semantics 5). `first` of them may have fallen out of a full list, and is asked for all the same.
 */
function wouldRaise(
  severity: BoundSeverity,
  machine: Machine,
  {
    from,
    to,
    evaluatedAt,
    heldFrom,
    first,
  }: Pick<LateBreach, 'evaluatedAt' | 'heldFrom'> & {
    readonly from: number;
    readonly to: number;
    readonly first: Hits;
  },
): boolean {
  const { times, schedule } = severity.rule;
  const { spans } = machine;
  const { hits, countsFrom } = machine.counting;
  if (times === undefined) return false;
  return [...first, ...hits].some((hit) => {
    if (hit < from || hit >= to || (isOpen(machine) && hit >= machine.since)) return false;
    if (placeIn(machine, hit) === 'inside') return false;
    let after = hit > countsFrom ? countsFrom : never;
    const run = standing(severity, runAt(spans, hit, true), evaluatedAt);
    if (hit >= heldFrom && (run.plainAt === undefined || run.plainAt < hit)) return false;
    if (times.consecutive) after = Math.max(after, run.from - 1);
    if (schedule && !isOpenWithin(schedule, hit, run.to)) return false;
    return isCounted(times, hits, hit, after);
  });
}
