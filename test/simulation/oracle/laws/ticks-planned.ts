import { plannedAheadLeastMs } from '../bounds.ts';
import type { Law } from '../law.ts';

/**
 * A plan reaches four minutes ahead, so that a schedule that skips a minute and comes late in the next leaves no hole in the ticks
 * (design 2.3). Where no plan was made at all other laws miss its ticks.
 */
export const ticksPlanned: Law = {
  name: 'ticks-planned',
  check: ({ history: { ticks, phases } }) => {
    const { aheadMs, planned } = ticks;
    if (aheadMs === undefined || planned.size === 0 || aheadMs >= plannedAheadLeastMs) return [];
    return [{ what: `no tick was planned more than ${aheadMs / 1_000} s ahead`, at: phases.warmUp }];
  },
};
