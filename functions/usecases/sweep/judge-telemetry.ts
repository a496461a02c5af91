import type { Subject } from '../../domain/alerts/alert.ts';
import { noScope } from '../../domain/alerts/belonging.ts';
import { judgeDelay } from '../../domain/watermark.ts';
import type { Observer } from '../ports/observer.ts';
import type { Clock } from '../ports/time.ts';
import type { WatermarkStore } from '../ports/watermark.ts';
import type { StandingEvent } from '../standing-matter.ts';

const platform: Subject = { kind: 'platform', id: 'platform' };

export interface JudgeDeps {
  readonly watermark: WatermarkStore;
  readonly raise: (event: StandingEvent) => Promise<unknown>;
  readonly recover: (event: Omit<StandingEvent, 'scope'>) => Promise<unknown>;
  readonly observer: Observer;
  readonly clock: Clock;
}

/**
 * Raises `system.telemetry-delayed` while the watermark is old and ends it once it is fresh: regulators must know when
 * the city is not watched. Idempotent.
 *
 * @throws AdapterError
 */
export const judgeTelemetry =
  ({ watermark, raise, recover, observer, clock }: JudgeDeps) =>
  async (): Promise<void> => {
    const known = await watermark.read();
    if (known === undefined) return;
    const now = clock.now();
    const ageMs = now - (known.until ?? known.firstDueAt);
    observer.metric('WatermarkAge', Math.max(0, ageMs));
    const event = {
      ruleId: 'system.telemetry-delayed',
      subject: platform,
      at: now,
      because: { watermark: known.until ?? 'none', ageMs },
    } as const;
    const judgement = judgeDelay(known, now);
    if (judgement === 'delayed') await raise({ ...event, scope: noScope('-') });
    if (judgement === 'fresh') await recover(event);
  };
