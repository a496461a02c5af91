import { foundWithinMs, waitsForMs } from '../bounds.ts';
import { episodesFor } from '../facts/cover.ts';
import { isSurelyInOrder } from '../facts/order.ts';
import { watchedBy } from '../facts/points.ts';
import { isExact } from '../facts/readings.ts';
import type { Law } from '../law.ts';

/**
 * A run that waits raises by its deadline though nothing more comes: receive time of its first breach, plus `for`, plus two
 * reporting periods, at least 30 s (semantics 8). Only a later known-false that came before contradicts it. Ticks that come up
 * to 119 s apart do not delay it, since they are planned ahead (design 2.3).
 */
export const deadlineKept: Law = {
  name: 'deadline-kept',
  check: (view) =>
    watchedBy(view, 'value').flatMap((watched) => {
      const { rule, severity, sensor, points, periodMs } = watched;
      if (severity.forMs === 0 || severity.times !== undefined) return [];
      const series = points.map(({ reading }) => reading);
      const episodes = episodesFor(view, watched);
      return points.flatMap(({ reading, mustBeTrue }) => {
        if (!mustBeTrue || reading.trust !== 'yes' || !isExact(reading)) return [];
        const received = Math.max(...reading.receivedAts);
        const deadline = received + waitsForMs(severity.forMs, periodMs);
        const isContradicted = points.some(
          (other) =>
            other.mayBeFalse &&
            other.reading.trust !== 'no' &&
            other.reading.to >= reading.from &&
            Math.min(...other.reading.receivedAts) <= deadline,
        );
        if (isContradicted || !isSurelyInOrder(reading, series)) return [];
        const by = Math.max(view.askableFrom(deadline), reading.done) + foundWithinMs;
        if (by > view.history.phases.end) return [];
        const isTold = episodes.some(
          (one) => one.writtenFrom <= by && one.from <= deadline && one.to >= reading.from,
        );
        if (isTold) return [];
        const what = `${rule.ruleId} on ${sensor}: the breach at ${reading.from} waited beyond its deadline ${deadline}`;
        return [{ what, at: deadline }];
      });
    }),
};
