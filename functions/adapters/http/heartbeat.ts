import { type DurationMs, seconds } from '../../domain/time.ts';
import type { Heartbeat } from '../../usecases/ports/messaging.ts';

/** How long a call may take: ingest waits for it. */
export const heartbeatTimeout = seconds(2);

/** Calls the dead-man's switch at `url`; an empty `url` calls nobody and is always well. */
export function httpHeartbeat(url: string, timeout: DurationMs = heartbeatTimeout): Heartbeat {
  return {
    beat: async () => {
      if (url === '') return true;
      try {
        const answer = await fetch(url, {
          method: 'POST',
          redirect: 'error',
          signal: AbortSignal.timeout(timeout),
        });
        await answer.body?.cancel();
        return answer.ok;
      } catch {
        return false;
      }
    },
  };
}
