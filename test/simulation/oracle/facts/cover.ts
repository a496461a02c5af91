import { rank } from './alerts.ts';
import { type Episode, episodesOf, matterKey } from './episodes.ts';
import type { Watched } from './points.ts';
import type { Reading } from './readings.ts';
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
 * Whether people were told of the run by the time that it was handled: an episode at least as severe overlaps it and does not
 * end before it; or it stood when the run came late, and has swallowed it; or it is what the run began (semantics 9, 24).
 */
export const isCovered = (watched: Watched, run: Run, episodes: readonly Episode[]): boolean =>
  episodes.some((episode) => {
    if (episode.writtenFrom > run.done) return false;
    if (episode.from <= run.to) return episode.to >= run.to;
    return episode.writtenTo >= run.taken || hasBegun(watched, run, episode);
  });

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
