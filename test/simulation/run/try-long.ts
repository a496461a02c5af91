import { registerCity } from '../city/registered.ts';
import { slowCity } from '../city/slow/city.ts';
import { isAlertItem } from '../oracle/facts/alerts.ts';
import { type LongProgress, runLongWorld } from '../world/long/long-world.ts';
import type { LongResult, LongTask } from './long-share.ts';

/** Runs one long world and judges it. A defect that the world dies of is a violation too. */
export async function tryLong(
  { seed, days, devices, reconnects }: LongTask,
  told: (progress: LongProgress) => void,
): Promise<LongResult> {
  let reached: LongProgress = { simulatedMs: 0, messages: 0 };
  try {
    const registered = await registerCity(slowCity(devices));
    const run = await runLongWorld(registered, {
      seed,
      days,
      reconnects,
      told: (progress) => {
        reached = progress;
        told(progress);
      },
    });
    const { history, along, traceHash, injected, messages } = run;
    return {
      seed,
      violations: along.judge(history),
      simulatedMs: history.phases.end - history.phases.warmUp,
      messages,
      alerts: history.tables.records.filter(isAlertItem).length,
      injected: [...injected],
      traceHash,
    };
  } catch (error) {
    const what =
      error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error);
    const violations = [{ law: 'the-simulation-goes-on', what }];
    return { seed, violations, ...reached, alerts: 0, injected: [], traceHash: '' };
  }
}
