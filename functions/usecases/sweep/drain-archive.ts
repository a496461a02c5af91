import type { ArchiveStream } from '../ports/archive.ts';
import type { DrainableQueue } from '../ports/messaging.ts';
import type { Observer } from '../ports/observer.ts';

/** Messages taken at a time: what one call of SQS gives. */
export const drainCountMax = 10;

/** Takes in one tick; the next tick goes on. */
export const drainTakesMax = 20;

export interface DrainDeps {
  readonly stream: ArchiveStream;
  readonly queue: DrainableQueue;
  readonly observer: Observer;
}

/**
 * Moves what waits in the archive's queue to its stream. A line leaves the queue only once the stream has it; as long
 * as the stream refuses, lines stay where they are and nothing fails.
 *
 * @returns how many lines were moved
 * @throws AdapterError when the queue cannot be read
 */
export const drainArchive =
  ({ stream, queue, observer }: DrainDeps) =>
  async (): Promise<number> => {
    let moved = 0;
    for (let takes = 0; takes < drainTakesMax; takes += 1) {
      const messages = await queue.receive(drainCountMax);
      if (messages.length === 0) break;
      const outcomes = await stream.put(messages.map(({ body }) => body));
      const accepted = messages.filter((_, position) => outcomes[position]?.ok === true);
      await queue.remove(accepted.map(({ receipt }) => receipt));
      moved += accepted.length;
      if (accepted.length < messages.length) {
        observer.warn('archive stream still refuses messages', { count: messages.length - accepted.length });
        break;
      }
    }
    if (moved > 0) observer.metric('ArchiveDrained', moved);
    return moved;
  };
