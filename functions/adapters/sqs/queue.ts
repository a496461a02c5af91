import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { DrainableQueue, Handover, OutgoingMessage, Queue } from '../../usecases/ports/messaging.ts';
import { AdapterError } from '../adapter-error.ts';
import { codeOf, toAdapterError } from '../aws-errors.ts';
import { batchesOf } from '../batches.ts';

/** Messages that one call sends, takes or removes. */
export const sqsBatchCountMax = 10;

/** Bytes of bodies that one call sends. SQS takes 1 MiB; older regions and emulators 256 KiB. */
export const sqsBatchBytesMax = 256 * 1024;

/** A queue to write to. */
export function sqsQueue(client: SQSClient, queueUrl: string): Queue {
  return { send: (messages) => sendAll(client, queueUrl, messages) };
}

/** A queue to write to and to drain. */
export function sqsDrainableQueue(client: SQSClient, queueUrl: string): DrainableQueue {
  return {
    send: (messages) => sendAll(client, queueUrl, messages),
    receive: (countMax) => receive(client, queueUrl, countMax),
    remove: (receipts) => remove(client, queueUrl, receipts),
  };
}

async function sendAll(
  client: SQSClient,
  queueUrl: string,
  messages: readonly OutgoingMessage[],
): Promise<Handover[]> {
  const bytesOf = (message: OutgoingMessage): number => Buffer.byteLength(message.body);
  const batches = batchesOf(messages, bytesOf, { countMax: sqsBatchCountMax, bytesMax: sqsBatchBytesMax });
  return (await Promise.all(batches.map((batch) => sendBatch(client, queueUrl, batch)))).flat();
}

async function sendBatch(
  client: SQSClient,
  queueUrl: string,
  messages: readonly OutgoingMessage[],
): Promise<Handover[]> {
  const Entries = messages.map(({ body, delaySeconds }, position) => ({
    Id: String(position),
    MessageBody: body,
    ...(delaySeconds === undefined ? {} : { DelaySeconds: delaySeconds }),
  }));
  try {
    const answer = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    const sent = new Set((answer.Successful ?? []).map((entry) => entry.Id));
    const problems = new Map((answer.Failed ?? []).map((entry) => [entry.Id, entry.Code]));
    return Entries.map(({ Id }) =>
      sent.has(Id) ? { ok: true } : { ok: false, problem: problems.get(Id) ?? 'not-answered' },
    );
  } catch (error) {
    return Entries.map(() => ({ ok: false, problem: codeOf(error) }));
  }
}

async function receive(client: SQSClient, queueUrl: string, countMax: number) {
  const MaxNumberOfMessages = Math.min(countMax, sqsBatchCountMax);
  try {
    const answer = await client.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages, WaitTimeSeconds: 0 }),
    );
    return (answer.Messages ?? []).map(({ Body, ReceiptHandle }) => ({
      body: Body ?? '',
      receipt: ReceiptHandle ?? '',
    }));
  } catch (error) {
    throw toAdapterError('receive messages', error);
  }
}

async function remove(client: SQSClient, queueUrl: string, receipts: readonly string[]): Promise<void> {
  const batches = batchesOf(receipts, () => 0, { countMax: sqsBatchCountMax, bytesMax: 1 });
  for (const batch of batches) {
    const Entries = batch.map((ReceiptHandle, position) => ({ Id: String(position), ReceiptHandle }));
    try {
      const answer = await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      const failed = answer.Failed?.[0]?.Code;
      if (failed !== undefined) {
        throw new AdapterError(`remove messages: ${failed}`, { cause: undefined, retryable: true });
      }
    } catch (error) {
      throw toAdapterError('remove messages', error);
    }
  }
}
