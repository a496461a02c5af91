import { setTimeout as sleep } from 'node:timers/promises';
import type { Observe, ObservedChange } from '../scenario/observed.ts';
import { type ApiAccess, changesOfAlert, listAlerts } from './api.ts';

/** How often the list of alerts is read. */
export const pollEveryMs = 2_000;

/** Sees the platform's decisions through its HTTP API: works with every deployment. */
export const apiObserver = (access: ApiAccess, everyMs = pollEveryMs): Observe => ({
  async start(seen) {
    const known = new Map<string, number>();
    const stop = new AbortController();
    await poll(access, known, seen);
    const polling = pollUntil(stop.signal, everyMs, () => poll(access, known, seen));
    return async () => {
      stop.abort();
      await polling;
      await poll(access, known, seen);
    };
  },
});

/** A poll that fails is made up by the next one; the last one tells. */
async function pollUntil(signal: AbortSignal, everyMs: number, once: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    await once().catch(() => undefined);
  }
}

async function poll(
  access: ApiAccess,
  known: Map<string, number>,
  seen: (change: ObservedChange) => void,
): Promise<void> {
  for (const { alertId, version } of await listAlerts(access)) {
    const before = known.get(alertId) ?? 0;
    if (version <= before) continue;
    for (const change of await changesOfAlert(access, alertId)) {
      if (change.version > before) seen(change);
      known.set(alertId, Math.max(known.get(alertId) ?? 0, change.version));
    }
  }
}
