import type { SQSBatchResponse } from 'aws-lambda';
import * as z from 'zod';
import { Instant } from '../domain/time.ts';
import { isCanaryInstant } from '../domain/watermark.ts';
import type { Observer } from '../usecases/ports/observer.ts';

const SweepMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('plan') }),
  z.strictObject({ kind: z.literal('tick'), at: Instant.refine(isCanaryInstant) }),
]);
type SweepMessage = z.infer<typeof SweepMessage>;

const QueueEvent = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

export interface Sweep {
  readonly planTicks: () => Promise<unknown>;
  readonly runTicks: (instants: readonly Instant[]) => Promise<unknown>;
  readonly observer: Observer;
}

/**
 * Plans ticks and runs them. Answers by subtraction: a message is done once its work is. One that is not ours can
 * never be done; it is reported and taken out.
 */
export const sweepHandler =
  (sweep: Sweep) =>
  async (event: unknown): Promise<SQSBatchResponse> => {
    const { Records } = QueueEvent.parse(event);
    const unproven = new Set(Records.map(({ messageId }) => messageId));
    const read = Records.map(({ messageId, body }) => ({ messageId, message: messageOf(body, sweep) }));
    const prove = (kind: SweepMessage['kind'] | undefined): void => {
      for (const { messageId, message } of read) if (message?.kind === kind) unproven.delete(messageId);
    };
    prove(undefined);
    const kinds = new Set(read.map(({ message }) => message?.kind));
    const instants = read.flatMap(({ message }) => (message?.kind === 'tick' ? [message.at] : []));
    const attempt = async (kind: SweepMessage['kind'], work: () => Promise<unknown>): Promise<void> => {
      try {
        if (kinds.has(kind)) await work();
        prove(kind);
      } catch (error) {
        sweep.observer.error(`sweep: ${kind} failed and will be tried again`, error);
      }
    };
    await Promise.all([attempt('plan', sweep.planTicks), attempt('tick', () => sweep.runTicks(instants))]);
    return { batchItemFailures: [...unproven].map((itemIdentifier) => ({ itemIdentifier })) };
  };

function messageOf(body: string, { observer }: Sweep): SweepMessage | undefined {
  try {
    return SweepMessage.parse(JSON.parse(body));
  } catch (error) {
    observer.error('a message of the tick queue is not ours', error);
    return undefined;
  }
}
