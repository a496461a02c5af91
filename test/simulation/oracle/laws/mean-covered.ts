import { episodesFor, isCovered, runOf } from '../facts/cover.ts';
import { meansAt, windowOf } from '../facts/means.ts';
import { watchedBy } from '../facts/points.ts';
import type { Law } from '../law.ts';

/**
 * A mean over a window that reaches its limit is told (semantics 17), wherever the edge of the window lies within one bucket.
 * Asked only where all that the window holds came in order: what is later than a quarter of the window may find it gone.
 */
export const meanCovered: Law = {
  name: 'mean-covered',
  check: (view) =>
    watchedBy(view, 'mean').flatMap((watched) => {
      const { rule, severity, sensor, points } = watched;
      const limitAt = view.limitOf(rule);
      const series = points.map(({ reading }) => reading);
      const episodes = episodesFor(view, watched);
      return meansAt(series, windowOf(severity)).flatMap(({ reading, least, isInOrder }) => {
        if (!isInOrder || reading.quality !== 'good') return [];
        if (least === undefined || least < limitAt(sensor, severity.limit, reading.from).most) return [];
        const run = runOf([reading]);
        if (severity.forMs > 0 || isCovered(view, watched, run, episodes)) return [];
        const what = `${rule.ruleId} on ${sensor}: the mean of its window was ${least} at ${reading.from} and nobody was told`;
        return [{ what, at: reading.from }];
      });
    }),
};
