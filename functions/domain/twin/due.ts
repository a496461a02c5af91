/** What this room knows: the stored state of one device. This file: when sweep must look at it next. */
import { type Instant, instant } from '../time.ts';

/**
 * The deadline to store: deadlines move lazily, in a write that is made anyway, once less than half is left.
 *
 * Never later than `next`, so nothing is found late; when it is early, sweep finds nothing and moves it on.
 */
export function storedDue(
  stored: Instant | undefined,
  next: Instant | undefined,
  now: Instant,
): Instant | undefined {
  if (next === undefined || stored === undefined || next <= stored) return next;
  const isMostlyLeft = stored - now > (next - now) / 2;
  return isMostlyLeft ? stored : next;
}

/** While verdicts of absence wait for the watermark, a device is looked at this much later, not at once. */
export const waitForWatermarkMs = 10_000;

/** The next look at a device whose deadline has passed but may not be judged yet. */
export const dueWhileWaiting = (next: Instant | undefined, now: Instant): Instant | undefined =>
  next !== undefined && next <= now ? instant(now + waitForWatermarkMs) : next;
