import { flapFreeCount, flapWithinMs } from '../bounds.ts';
import { rank } from './alerts.ts';
import { type Episode, episodesOf, matterKey } from './episodes.ts';
import type { Watched } from './points.ts';
import type { Reading } from './readings.ts';
import { isExact } from './readings.ts';
import type { View } from './view.ts';

/** Readings that together raise: first and last instant, and when they were handled. */
export interface Run {
  readonly from: number;
  readonly to: number;
  /** Before it none of them was handled; by then all of them were. */
  readonly taken: number;
  readonly done: number;
}

export const runOf = (readings: readonly Reading[]): Run => ({
  from: Math.min(...readings.map(({ from }) => from)),
  to: Math.max(...readings.map(({ to }) => to)),
  taken: Math.min(...readings.map(({ taken }) => taken)),
  done: Math.max(...readings.map(({ done }) => done)),
});

export const episodesFor = (view: View, { rule, severity, sensor }: Watched): readonly Episode[] =>
  episodesOf(view.matters.get(matterKey(rule.ruleId, sensor)), rank(severity.severity));

/**
 * The episodes, each from where the earliest of the runs begins that came while it stood: what it swallows is part of it from
 * then on, so what comes still later from between lies inside of it (semantics 9, 24).
 */
export const widened = (episodes: readonly Episode[], runs: readonly Run[]): readonly Episode[] =>
  episodes.map((episode) => {
    const swallowed = runs.filter(
      ({ taken, done }) => taken <= episode.writtenTo && done >= episode.writtenFrom,
    );
    return { ...episode, from: Math.min(episode.from, ...swallowed.map(({ from }) => from)) };
  });

/**
 * Whether people were told of the run by the time that it was handled: an episode at least as severe overlaps what the run
 * would have raised in order, and does not end before the run; or it stood when the run came late, and has swallowed it; or it
 * is what the run began (semantics 9, 24).
 */
export function isCovered(view: View, watched: Watched, run: Run, episodes: readonly Episode[]): boolean {
  let until: number | undefined;
  return episodes.some((episode) => {
    if (episode.writtenFrom > run.done) return false;
    if (episode.from <= run.to) return episode.to >= run.to;
    if (episode.writtenTo >= run.taken || hasBegun(watched, run, episode)) return true;
    until ??= clearedAt(view, watched, run.to);
    return episode.from <= until;
  });
}

/** The longest that flapping makes of `clearFor` (semantics 26). */
const dampedMaxMs = 30 * 60_000;

/** When what stood at `from` would have recovered, had everything come in order; infinite when never. */
function clearedAt(view: View, { points, rule, severity, sensor }: Watched, from: number): number {
  const told = view.matters.get(matterKey(rule.ruleId, sensor))?.told ?? [];
  const recoveries = told.flatMap(({ change, phenomenonAt }) =>
    change === 'recovered' ? [phenomenonAt] : [],
  );
  const clearForAt = (at: number): number => {
    const recent = recoveries.filter((one) => Math.abs(one - at) < flapWithinMs).length;
    const doublings = Math.max(0, recent - flapFreeCount + 1);
    return Math.max(severity.clearForMs, Math.min(dampedMaxMs, severity.clearForMs * 2 ** doublings));
  };
  const limitAt = view.limitOf(rule);
  let since: number | undefined;
  let before = from;
  for (const { reading } of points) {
    if (reading.to <= from) continue;
    const { least } = limitAt(sensor, rule.clearBelow, reading.from);
    const isClear =
      reading.quality === 'good' &&
      reading.trust === 'yes' &&
      isExact(reading) &&
      reading.value !== undefined &&
      reading.value < least;
    if (!isClear || reading.from - before > rule.silentAfterMs) since = undefined;
    if (isClear) since ??= reading.from;
    if (since !== undefined && reading.from > since && reading.from - since >= clearForAt(reading.from))
      return reading.from;
    before = reading.from;
  }
  return Number.POSITIVE_INFINITY;
}

/** What waited for its `for`, its count or its deadline began earlier than it was raised, unless a known-false lay between. */
function hasBegun({ points, severity }: Watched, run: Run, { from, writtenFrom }: Episode): boolean {
  if (severity.forMs === 0 && severity.times === undefined) return false;
  return !points.some(
    ({ reading, mustBeFalse }) =>
      mustBeFalse &&
      reading.trust === 'yes' &&
      reading.from > run.to &&
      reading.to < from &&
      reading.done <= writtenFrom,
  );
}
