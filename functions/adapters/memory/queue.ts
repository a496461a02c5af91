import { type DurationMs, type Instant, instant, seconds } from '../../domain/time.ts';
import type { DrainableQueue } from '../../usecases/ports/messaging.ts';
import type { Clock } from '../../usecases/ports/time.ts';

interface Held {
  readonly body: string;
  visibleAt: Instant;
}

export interface MemoryQueue extends DrainableQueue {
  /** Bodies of everything in it, visible or not, oldest first. */
  bodies(): readonly string[];
}

/** A queue in memory with delays and visibility by `clock`. */
export function memoryQueue(clock: Clock, visibility: DurationMs = seconds(30)): MemoryQueue {
  const held = new Map<string, Held>();
  let sent = 0;
  return {
    bodies: () => [...held.values()].map(({ body }) => body),
    send: async (messages) =>
      messages.map(({ body, delaySeconds = 0 }) => {
        sent += 1;
        held.set(String(sent), { body, visibleAt: instant(clock.now() + delaySeconds * 1000) });
        return { ok: true };
      }),
    receive: async (countMax) => {
      const now = clock.now();
      const visible = [...held].filter(([, { visibleAt }]) => visibleAt <= now).slice(0, countMax);
      return visible.map(([receipt, message]) => {
        message.visibleAt = instant(now + visibility);
        return { body: message.body, receipt };
      });
    },
    remove: async (receipts) => {
      for (const receipt of receipts) held.delete(receipt);
    },
  };
}
