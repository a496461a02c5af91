import { canaryLostAfterMs, hostClockErrorMaxMs } from '../bounds.ts';
import type { Law } from '../law.ts';

/** A canary that was published in the last moments is on its way. */
const onItsWayMs = 10_000;

/**
 * A tick is done when its canary is under way: the broker has one of every instant whose tick was planned and is no longer
 * waited for (design 2.3). One that nobody sent stops the watermark for ten minutes, and every verdict of silence with it. A tick
 * that was done only after that time sends none: it would have been given up.
 */
export const canarySent: Law = {
  name: 'canary-sent',
  check: ({ history: { ticks, phases }, canaries }) =>
    [...ticks.planned].flatMap((at) => {
      const isOpen = at === 0 || ticks.left.has(at) || at > phases.end - onItsWayMs;
      const isTooLate = (ticks.doneAt?.get(at) ?? at) >= at + canaryLostAfterMs - hostClockErrorMaxMs;
      if (isOpen || isTooLate || canaries.byInstant.has(at)) return [];
      return [{ what: `the tick of ${at} is done and nobody sent its canary`, at }];
    }),
};
