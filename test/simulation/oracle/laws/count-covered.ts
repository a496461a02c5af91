import { episodesFor, isCovered, runOf, widened } from '../facts/cover.ts';
import { watchedBy } from '../facts/points.ts';
import { isExact } from '../facts/readings.ts';
import type { Law } from '../law.ts';

/**
 * A condition that was known true at `count` distinct instants within `within` is told (semantics 15): an episode at least as
 * severe lies among them, or stood when the last of them was handled. Counting starts again after a recovery.
 */
export const countCovered: Law = {
  name: 'count-covered',
  check: (view) =>
    watchedBy(view, 'value').flatMap((watched) => {
      const { rule, severity, sensor, points } = watched;
      const { times } = severity;
      if (times === undefined || severity.forMs > 0) return [];
      const distinct = new Map(
        points
          .filter(({ mustBeTrue, reading }) => mustBeTrue && reading.trust === 'yes' && isExact(reading))
          .map(({ reading }) => [reading.from, reading] as const),
      );
      const hits = [...distinct.values()];
      const runs = hits
        .map((_, place) => hits.slice(place, place + times.count))
        .filter((some) => some.length === times.count)
        .map(runOf)
        .filter(({ from, to }) => to - from < times.withinMs);
      const episodes = widened(episodesFor(view, watched), runs);
      return runs.flatMap((run) => {
        // Counting starts again after a recovery, so an episode among them makes up for those before its end.
        const isAmong = episodes.some(
          (one) => one.writtenFrom <= run.done && one.from <= run.to && one.to >= run.from,
        );
        const isTold = isAmong || isCovered(view, watched, run, episodes);
        if (isTold) return [];
        const what = `${rule.ruleId} on ${sensor}: ${times.count} breaches from ${run.from} to ${run.to} and nobody was told`;
        return [{ what, at: run.to }];
      });
    }),
};
