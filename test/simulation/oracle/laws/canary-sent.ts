import type { Law } from '../law.ts';

/** A canary that was published in the last moments is on its way. */
const onItsWayMs = 10_000;

/**
 * A tick is done when its canary is under way: the broker has one of every instant whose tick was planned and is no longer
 * waited for (design 2.3). One that nobody sent stops the watermark for ten minutes, and every verdict of silence with it.
 */
export const canarySent: Law = {
  name: 'canary-sent',
  check: ({ history, canaries }) =>
    [...history.ticks.planned].flatMap((at) => {
      const isOpen = at === 0 || history.ticks.left.has(at) || at > history.phases.end - onItsWayMs;
      if (isOpen || canaries.byInstant.has(at)) return [];
      return [{ what: `the tick of ${at} is done and nobody sent its canary`, at }];
    }),
};
