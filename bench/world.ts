/** The use cases over memory with a clock that the bench moves: what needs no platform is counted here. */
import { memoryAlertStore } from '../functions/adapters/memory/alert-store.ts';
import { memoryArchiveStream } from '../functions/adapters/memory/archive-stream.ts';
import { memoryObserver } from '../functions/adapters/memory/observer.ts';
import { memoryQuarantine } from '../functions/adapters/memory/quarantine.ts';
import { memoryQueue } from '../functions/adapters/memory/queue.ts';
import { memoryState } from '../functions/adapters/memory/state.ts';
import { memoryTwinStore } from '../functions/adapters/memory/twin-store.ts';
import { bundledRuleBook } from '../functions/adapters/rule-book/bundled.ts';
import type { DeviceRegistration } from '../functions/domain/telemetry/registration.ts';
import { type Instant, instant } from '../functions/domain/time.ts';
import { archiveMessages } from '../functions/usecases/archive-messages.ts';
import { deviceRulesOf } from '../functions/usecases/device-session.ts';
import { ingestBatch } from '../functions/usecases/ingest/batch.ts';
import type { QueueMessage } from '../functions/usecases/ingest/receive.ts';
import type { TwinWrite } from '../functions/usecases/ports/alerts.ts';
import { envelopeOf } from './calls/envelope.ts';

export interface BenchWorld {
  /** Takes one pack of a device, received at `at`, through the whole of ingest. */
  readonly take: (deviceId: string, bytes: Uint8Array, at: number) => Promise<void>;
  /** What was written of twins, oldest first. */
  readonly writes: readonly TwinWrite[];
}

/** Ingest over memory, watched by a watermark that is always fresh. */
export function openWorld(registrations: readonly DeviceRegistration[]): BenchWorld {
  let now: Instant = instant(0);
  const clock = { now: () => now };
  const state = memoryState();
  for (const one of registrations) state.registrations.set(one.deviceId, one);
  const writes: TwinWrite[] = [];
  const twins = memoryTwinStore(state, async () => now);
  const book = bundledRuleBook();
  const observer = memoryObserver();
  const ingest = ingestBatch({
    clock,
    twins: {
      ...twins,
      write: (write) => {
        writes.push(write);
        return twins.write(write);
      },
    },
    alerts: memoryAlertStore(state, () => undefined),
    book,
    rulesOf: deviceRulesOf(book),
    archive: archiveMessages(memoryArchiveStream(), memoryQueue(clock), observer),
    quarantine: memoryQuarantine(),
    backlog: memoryQueue(clock),
    observer,
    recordCanary: async () => undefined,
  });
  return {
    writes,
    take: async (deviceId, bytes, at) => {
      now = instant(at);
      const messageId = `m-${writes.length}-${at}`;
      const body = JSON.stringify(envelopeOf(deviceId, bytes, at));
      const message: QueueMessage = { messageId, body, sentAt: now, queue: 'telemetry' };
      const done = await ingest([message]);
      if (!done.has(messageId)) throw new Error(`ingest did not finish a pack of ${deviceId}`);
    },
  };
}
