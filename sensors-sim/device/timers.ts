/** The device's clock and its alarms: real ones, or those of a virtual world. */
export interface Timers {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Calls `then` once at the given instant (at once when it has passed). @returns cancels it */
  at(instant: number, then: () => void): () => void;
}

/** Longest delay that the platform's timer takes without firing at once. */
const delayMaxMs = 2_147_483_647;

/** The wall clock. */
export const wallTimers: Timers = {
  now: () => Date.now(),
  at(instant, then) {
    const timer = setTimeout(then, Math.min(delayMaxMs, Math.max(0, instant - Date.now())));
    return () => clearTimeout(timer);
  },
};
