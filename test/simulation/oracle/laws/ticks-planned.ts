import { plannedAheadLeastMs } from '../bounds.ts';
import type { Law } from '../law.ts';

/**
 * A plan reaches four minutes ahead, so that a schedule that skips a minute and comes late in the next leaves no hole in the ticks
 * (design 2.3). The first plan of a world comes before its faults.
 */
export const ticksPlanned: Law = {
  name: 'ticks-planned',
  check: ({ history: { ticks, phases } }) => {
    const { aheadMs } = ticks;
    if (aheadMs === undefined || aheadMs >= plannedAheadLeastMs) return [];
    return [{ what: `no tick was planned more than ${aheadMs / 1_000} s ahead`, at: phases.warmUp }];
  },
};
