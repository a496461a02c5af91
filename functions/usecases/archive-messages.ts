import type { Archive, ArchiveStream, BrokerMessage } from './ports/archive.ts';
import type { Handover, Queue } from './ports/messaging.ts';
import type { Observer } from './ports/observer.ts';

/** One line of the archive: the message with the broker's fields, verbatim. */
export const archiveLine = ({ id, topic, clientId, principal, receivedAt, data }: BrokerMessage): string =>
  JSON.stringify({ id, topic, clientId, principal, receivedAt, data });

/**
 * The archive: the stream, and behind it the queue for what the stream refuses.
 *
 * An alarm never waits for an archive; only a message that both refuse is not accepted.
 */
export function archiveMessages(stream: ArchiveStream, queue: Queue, observer: Observer): Archive {
  return {
    accept: async (messages) => {
      const lines = messages.map(archiveLine);
      const outcomes: Handover[] = [...(await stream.put(lines))];
      const refused = [...outcomes.keys()].filter((position) => outcomes[position]?.ok !== true);
      if (refused.length === 0) return outcomes;
      observer.metric('ArchiveFallback', refused.length);
      const [first] = refused.map((position) => outcomes[position]);
      observer.warn('archive stream refused messages', {
        count: refused.length,
        problem: first !== undefined && !first.ok ? first.problem : undefined,
      });
      const queued = await queue.send(refused.map((position) => ({ body: lines[position] ?? '' })));
      refused.forEach((position, sent) => {
        outcomes[position] = queued[sent] ?? { ok: false, problem: 'not-answered' };
      });
      return outcomes;
    },
  };
}
