import * as z from 'zod';
import { Transition } from '../domain/alerts/alert.ts';
import type { NotifyBatch } from '../usecases/notify-batch.ts';
import type { Observer } from '../usecases/ports/observer.ts';

/** Sort keys of transitions in Records. */
const transitionPrefix = 'T#';

/** A record of the stream as far as it is looked at; the mapping's filter lets only transitions through. */
const StreamRecord = z.object({
  eventName: z.string(),
  dynamodb: z.object({
    Keys: z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) }),
    NewImage: z.object({ doc: z.object({ S: z.string() }) }).optional(),
  }),
});

const StreamEvent = z.object({ Records: z.array(z.unknown()) });

/**
 * Hands the batch's transitions to `notify`. A record that cannot be read is reported and passed over: it must hold no
 * shard, and the sweep finds it without a decision.
 *
 * Fails as a whole and never by `batchItemFailures`: AWS delivers a failed batch again (in halves where told so), and
 * a platform that advances past a partial answer would lose what it names. What was done is not repeated, because the
 * log answers for it.
 *
 * @throws AdapterError what may pass, after every record was tried
 */
export const notifyHandler =
  (notify: NotifyBatch, observer: Observer) =>
  async (event: unknown): Promise<void> => {
    const transitions = StreamEvent.parse(event).Records.map((record) => transitionOf(record, observer));
    await notify(transitions.filter((one) => one !== undefined));
  };

function transitionOf(record: unknown, observer: Observer): Transition | undefined {
  try {
    const { eventName, dynamodb } = StreamRecord.parse(record);
    const { Keys, NewImage } = dynamodb;
    if (eventName !== 'INSERT' || !Keys.sk.S.startsWith(transitionPrefix)) return undefined;
    return Transition.parse(JSON.parse(NewImage?.doc.S ?? ''));
  } catch (error) {
    observer.metric('NotificationFailed', 1);
    observer.error('a record of the stream cannot be read', error);
    return undefined;
  }
}
