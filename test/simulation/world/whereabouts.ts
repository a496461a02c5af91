import type { Accepted } from '../history.ts';
import type { Engine } from './engine.ts';
import type { QueueName } from './settings.ts';

/** When the queues handed out each accepted message, and when they let go of it for good. */
export interface Whereabouts {
  /** The document that the topic rule put into a queue, and the message in it. */
  sent(body: string, message: Accepted): void;
  watch(queue: QueueName): (what: 'sent' | 'taken' | 'gone', body: string) => void;
  /** The messages with what is known of their way. */
  told(accepted: readonly Accepted[]): Accepted[];
  /** Forgets the ways of these messages: what comes of them from now on is not followed. */
  forget(accepted: readonly Accepted[]): void;
}

interface Way {
  takenAt?: number;
  doneAt?: number;
  isMoved: boolean;
}

export function createWhereabouts(engine: Engine): Whereabouts {
  const ids = new Map<string, string>();
  const ways = new Map<string, Way>();
  // What came by the error action goes on to the backlog as another text, with the same id.
  const wayOf = (body: string): Way | undefined => ways.get(ids.get(body) ?? idIn(body));
  return {
    sent(body, { id }) {
      ids.set(body, id);
      ways.set(id, { isMoved: false });
    },
    watch: (queue) => (what, body) => {
      // The archive's own queue carries the same text: what it does says nothing of the message's way to the tables.
      if (queue === 'archive' || queue === 'ticks') return;
      const way = wayOf(body);
      if (way === undefined) return;
      if (what === 'taken') way.takenAt ??= engine.now();
      // What was moved to the backlog is not done when the first queue lets go of it.
      else if (what === 'sent') way.isMoved ||= queue === 'backlog';
      else if (queue === 'backlog' || !way.isMoved) way.doneAt ??= engine.now();
    },
    told: (accepted) =>
      accepted.map((message) => {
        const { takenAt, doneAt } = ways.get(message.id) ?? {};
        return {
          ...message,
          ...(takenAt === undefined ? {} : { takenAt }),
          ...(doneAt === undefined ? {} : { doneAt }),
        };
      }),
    forget: (accepted) => {
      const gone = new Set(accepted.map(({ id }) => id));
      for (const id of gone) ways.delete(id);
      for (const [body, id] of ids) if (gone.has(id)) ids.delete(body);
    },
  };
}

function idIn(body: string): string {
  const document: unknown = JSON.parse(body);
  const isNamed = typeof document === 'object' && document !== null && 'id' in document;
  return isNamed && typeof document.id === 'string' ? document.id : '';
}
