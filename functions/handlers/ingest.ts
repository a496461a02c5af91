import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { instant } from '../domain/time.ts';
import type { IngestQueue, QueueMessage } from '../usecases/ingest/receive.ts';

/**
 * Takes a batch of queue messages and answers by subtraction: every id counts as failed until it is proven done,
 * because a forgotten id is a lost message and a repeated one is only work.
 *
 * @throws never
 */
export const ingestHandler =
  (
    ingest: (messages: readonly QueueMessage[]) => Promise<ReadonlySet<string>>,
    queueOf: (arn: string) => IngestQueue,
  ) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const unproven = new Set(event.Records.map((record) => record.messageId));
    for (const id of await ingest(event.Records.map((record) => messageOf(record, queueOf))))
      unproven.delete(id);
    return { batchItemFailures: [...unproven].map((itemIdentifier) => ({ itemIdentifier })) };
  };

const messageOf = (record: SQSRecord, queueOf: (arn: string) => IngestQueue): QueueMessage => ({
  messageId: record.messageId,
  body: record.body,
  sentAt: instant(Number(record.attributes.SentTimestamp)),
  queue: queueOf(record.eventSourceARN),
});
