import { canaryEveryMs, foundWithinMs } from '../bounds.ts';
import { rank, rankAfter, type Told } from '../facts/alerts.ts';
import { matterKey } from '../facts/episodes.ts';
import { watchedBy } from '../facts/points.ts';
import { judgeableBy, passedBy } from '../facts/watermark.ts';
import type { Law } from '../law.ts';

/** How the alert stood at an instant, by what had been written. */
const stoodAt = (told: readonly Told[], at: number): Told | undefined =>
  told.findLast(({ writtenAt }) => writtenAt <= at);

/**
 * A silent sensor ends stale and alarmed within `silent.after` + 15 s (design 9), counted from the newest sign of life that it
 * can have shown, or from its registration; later only by as much as faults hold up the ticks or the watermark, or while that is
 * too old to judge absence by (semantics 12, 13).
 */
export const silenceFound: Law = {
  name: 'silence-found',
  check: (view) => {
    const { history, matters, canaries } = view;
    const seen = new Set<string>();
    return [...watchedBy(view, 'value'), ...watchedBy(view, 'mean')].flatMap(
      ({ rule, sensor, points, registeredAt }) => {
        const key = matterKey(rule.ruleId, sensor);
        if (seen.has(key)) return [];
        seen.add(key);
        const byTaken = points.map(({ reading }) => reading).toSorted((a, b) => a.taken - b.taken);
        const told = matters.get(key)?.told ?? [];
        let life = registeredAt;
        let handled = registeredAt;
        const findings: { what: string; at: number }[] = [];
        for (let place = -1; place < byTaken.length; place++) {
          const reading = byTaken[place];
          if (reading !== undefined) {
            const isSign =
              reading.quality === 'good' || reading.quality === 'held' || reading.quality === 'unclear';
            if (isSign && reading.trust !== 'no') life = Math.max(life, reading.lifeTo);
            handled = Math.max(handled, reading.done);
          }
          const next = byTaken[place + 1]?.taken ?? history.phases.end;
          const due = Math.max(life + rule.silentAfterMs, handled);
          if (due + foundWithinMs > next) continue;
          const proven = passedBy(canaries, life + rule.silentAfterMs + canaryEveryMs);
          const by = judgeableBy(canaries, Math.max(view.askableFrom(due), proven), foundWithinMs);
          if (by > next || by > history.phases.end) continue;
          const stood = stoodAt(told, by);
          const isAlarmed =
            stood !== undefined &&
            stood.condition === 'stale' &&
            rankAfter(stood) >= rank(rule.silentSeverity);
          if (isAlarmed) continue;
          const is = stood === undefined ? 'nothing is told' : `it is ${stood.severity} ${stood.condition}`;
          findings.push({ what: `${rule.ruleId}: ${sensor} is silent since ${life} and ${is}`, at: by });
        }
        return findings;
      },
    );
  },
};
