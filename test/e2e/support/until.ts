/** Waiting for what a distributed system does in its own time: by deadline, never by a guess. */
import { setTimeout as delay } from 'node:timers/promises';

/** Longest wait for one thing to become true, in milliseconds; it usually takes a fraction of it. */
export const untilMsMax = 30_000;
const lookEveryMs = 100;

/** The first value that `look` finds; `what` names it when it does not come in time. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  withinMs = untilMsMax,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`${what} did not come within ${withinMs / 1000} s`);
    await delay(lookEveryMs);
  }
}
