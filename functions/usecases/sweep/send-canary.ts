import type { Instant } from '../../domain/time.ts';
import { beginWatermark, canaryLostAfter } from '../../domain/watermark.ts';
import type { CanaryPublisher } from '../ports/messaging.ts';
import type { Clock } from '../ports/time.ts';
import type { WatermarkStore } from '../ports/watermark.ts';

export interface SendCanaryDeps {
  readonly watermark: WatermarkStore;
  readonly publisher: CanaryPublisher;
  readonly clock: Clock;
}

/**
 * Sends the canary of `at` through the broker; the first one ever begins the watermark. Repeats change nothing, and a
 * canary that is already given up is not sent.
 *
 * @throws AdapterError
 */
export const sendCanary =
  ({ watermark, publisher, clock }: SendCanaryDeps) =>
  async (at: Instant): Promise<void> => {
    if (clock.now() - at >= canaryLostAfter) return;
    if ((await watermark.read()) === undefined) {
      await watermark.update((before) => before ?? beginWatermark(at));
    }
    await publisher.publish(at);
  };
