import type { Transition } from '../domain/alerts/alert.ts';
import { inChunks } from './in-chunks.ts';
import type { NotifyTransition } from './notify-transition.ts';
import { isPassing } from './passing.ts';
import type { Observer } from './ports/observer.ts';

/** Alerts whose transitions are handled at a time. */
export const notifyAtOnce = 10;

export type NotifyBatch = (transitions: readonly Transition[]) => Promise<void>;

/**
 * Handles every transition of a batch, those of one alert in order; no failure keeps another transition waiting.
 *
 * What can never be published is reported and left to the sweep, so that it holds no shard. For what may succeed
 * later the whole batch fails after everything was tried: on a second delivery the log answers for what was done.
 *
 * @throws AdapterError the first failure that may pass
 */
export const notifyBatch =
  (notify: NotifyTransition, observer: Observer): NotifyBatch =>
  async (transitions) => {
    const ofAlert = Map.groupBy(transitions, ({ alertId }) => alertId);
    const passing: unknown[] = [];
    await inChunks([...ofAlert.values()], notifyAtOnce, async (versions) => {
      for (const transition of versions.toSorted((a, b) => a.version - b.version)) {
        try {
          await notify(transition);
        } catch (error) {
          const { alertId, version } = transition;
          observer.metric('NotificationFailed', 1);
          observer.error('notification failed', error, { alertId, version });
          if (isPassing(error)) passing.push(error);
        }
      }
    });
    if (passing.length > 0) throw passing[0];
  };
