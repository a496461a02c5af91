/** A bounded rate for long work beside a system that lives. */
import { setTimeout as pause } from 'node:timers/promises';

/** Called before each piece of work; returns when it may begin. */
export type Pace = () => Promise<void>;

/** Least and most pieces a second. */
export const rateMin = 0.1;
export const rateMax = 1_000;

/** At most `perSecond` pieces a second, evenly. */
export function paced(
  perSecond: number,
  now: () => number = () => performance.now(),
  wait: (ms: number) => Promise<unknown> = pause,
): Pace {
  const everyMs = 1_000 / perSecond;
  let nextAt = now();
  return async () => {
    const at = now();
    const waitMs = nextAt - at;
    nextAt = Math.max(at, nextAt) + everyMs;
    if (waitMs > 0) await wait(waitMs);
  };
}

/** As fast as it goes, for work in memory. */
export const unpaced: Pace = async () => {};
