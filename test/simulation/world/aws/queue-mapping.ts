import type { SQSRecord } from 'aws-lambda';
import type { Engine } from '../engine.ts';
import type { Lambda, Outcome } from '../lambda.ts';
import type { MappingSettings } from '../settings.ts';
import type { SimQueue, Stored } from './queue.ts';

/** How soon a throttled mapping tries again. */
const throttledForMs = 5_000;

/**
 * Brings a queue's messages to a function and deletes what is done; when it `isSplit`, one message at a time.
 *
 * What a partial answer means is AWS's own rule: an empty, null or unknown identifier, or an answer of another shape, fails the
 * whole batch; an empty list or no answer at all is a success. Source: Lambda developer guide, "Reporting batch item failures".
 */
export function mapQueue(
  engine: Engine,
  lambda: Lambda,
  queue: SimQueue,
  settings: MappingSettings,
  isSplit: () => boolean = () => false,
): void {
  let active = 0;
  let isPlanned = false;

  const plan = (delayMs: number): void => {
    if (isPlanned || active >= settings.concurrencyMax) return;
    isPlanned = true;
    engine.after(delayMs, () => {
      isPlanned = false;
      pump();
    });
  };
  const pump = (): void => {
    while (active < settings.concurrencyMax) {
      const countMax = settings.batchMax > 1 && isSplit() ? 1 : settings.batchMax;
      const batch = queue.receive(countMax);
      if (batch.length === 0) return;
      active += 1;
      const event = { Records: batch.map((message) => recordOf(queue.name, message)) };
      const receipts = batch.map(({ messageId, receipt }) => ({ messageId, receipt }));
      lambda.invoke(settings.to, event, (outcome) => {
        active -= 1;
        for (const receipt of doneOf(receipts, outcome)) queue.remove(receipt);
        if (queue.isWaiting) plan(outcome.kind === 'throttled' ? throttledForMs : 0);
      });
    }
  };
  queue.onVisible(() => plan(settings.windowMs));
}

interface Received {
  readonly messageId: string;
  readonly receipt: string;
}

function doneOf(batch: readonly Received[], outcome: Outcome): readonly string[] {
  if (outcome.kind !== 'done') return [];
  const failed = failuresIn(outcome.result);
  if (failed === 'all') return [];
  const ids = new Set(batch.map(({ messageId }) => messageId));
  if (failed.some((id) => !ids.has(id))) return [];
  return batch.filter(({ messageId }) => !failed.includes(messageId)).map(({ receipt }) => receipt);
}

function failuresIn(result: unknown): readonly string[] | 'all' {
  if (result === null || result === undefined) return [];
  if (typeof result !== 'object' || !('batchItemFailures' in result)) return 'all';
  const { batchItemFailures } = result;
  if (batchItemFailures === null) return [];
  if (!Array.isArray(batchItemFailures)) return 'all';
  const ids = batchItemFailures.map((one: unknown) =>
    typeof one === 'object' && one !== null && 'itemIdentifier' in one ? one.itemIdentifier : undefined,
  );
  return ids.every((id): id is string => typeof id === 'string' && id !== '') ? ids : 'all';
}

const recordOf = (queue: string, message: Stored): SQSRecord => ({
  messageId: message.messageId,
  receiptHandle: message.receipt,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receives),
    SentTimestamp: String(message.sentAt),
    SenderId: 'simulation',
    ApproximateFirstReceiveTimestamp: String(message.sentAt),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:eu-central-1:000000000000:${queue}`,
  awsRegion: 'eu-central-1',
});
