import { instant } from '../../functions/domain/time.ts';
import type { IngestQueue, QueueMessage } from '../../functions/usecases/ingest/receive.ts';
import type { VirtualLoop } from './loop.ts';

/** How a queue hands messages to ingest. */
export interface QueueShape {
  readonly queue: IngestQueue;
  readonly batchMax: number;
  /** How long the first message of a batch waits for others. */
  readonly windowMs: number;
  /** How long a message that failed is hidden. */
  readonly visibilityMs: number;
}

/** A queue with its mapping to ingest: batches, a window, and another delivery of what was not done. */
export interface VirtualQueue {
  send(body: string): void;
  /** Messages that are not done yet, waiting or hidden. */
  readonly unfinished: number;
}

/** A queue in virtual time. */
export function createQueue(
  loop: VirtualLoop,
  shape: QueueShape,
  ingest: (messages: readonly QueueMessage[]) => Promise<ReadonlySet<string>>,
): VirtualQueue {
  let held: QueueMessage[] = [];
  let isArmed = false;
  let sent = 0;
  let unfinished = 0;
  const arm = (): void => {
    if (isArmed) return;
    isArmed = true;
    loop.at(loop.now() + shape.windowMs, async () => {
      isArmed = false;
      while (held.length > 0) {
        const batch = held.slice(0, shape.batchMax);
        held = held.slice(shape.batchMax);
        const done = await ingest(batch);
        const failed = batch.filter(({ messageId }) => !done.has(messageId));
        unfinished -= batch.length - failed.length;
        if (failed.length > 0) loop.at(loop.now() + shape.visibilityMs, () => take(failed));
      }
    });
  };
  const take = (messages: readonly QueueMessage[]): void => {
    held.push(...messages);
    arm();
  };
  return {
    send(body) {
      sent++;
      unfinished++;
      take([{ messageId: `${shape.queue}-${sent}`, body, sentAt: instant(loop.now()), queue: shape.queue }]);
    },
    get unfinished() {
      return unfinished;
    },
  };
}
