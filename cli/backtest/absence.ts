/** What proves that nothing came: our own canaries in the archive, or, without any, the messages themselves. */
import { type Instant, instant } from '../../functions/domain/time.ts';
import { arrive, type Watermark } from '../../functions/domain/watermark.ts';

export interface Absence {
  canary(at: Instant, receivedAt: Instant): void;
  /** Some of what was received after `at` is missing from the history. */
  hole(at: number): void;
  /** The watermark at `now` for a device that was heard at `heardAt`; `undefined`: verdicts of absence wait. */
  provenAt(now: Instant, heardAt: number): Instant | undefined;
  /** The same for all devices together: correlations wait for what is missing of any. */
  watermarkAt(now: Instant): Instant | undefined;
}

export function createAbsence(): Absence {
  let watermark: Watermark | undefined;
  let holeAt = -1;
  return {
    canary(at, receivedAt) {
      watermark = arrive(watermark, at, receivedAt).after;
    },
    hole(at) {
      holeAt = Math.max(holeAt, at);
    },
    provenAt(now, heardAt) {
      if (watermark !== undefined) return watermark.until;
      return heardAt <= holeAt ? undefined : instant(now);
    },
    watermarkAt(now) {
      if (watermark !== undefined) return watermark.until;
      return holeAt >= 0 ? instant(Math.min(holeAt, now)) : now;
    },
  };
}
