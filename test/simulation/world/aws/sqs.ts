import type { Faults } from '../faults/verdict.ts';
import { serviceError } from './errors.ts';
import type { SimQueue } from './queue.ts';

interface Entry {
  readonly Id?: string;
  readonly MessageBody?: string;
  readonly DelaySeconds?: number;
  readonly ReceiptHandle?: string;
}

/** What SQS's client is asked, by queue URL. */
interface Input {
  readonly QueueUrl?: string;
  readonly Entries?: readonly Entry[];
  readonly MaxNumberOfMessages?: number;
}

export const queueUrl = (name: string): string => `https://sqs.simulation/000000000000/${name}`;

/** Entries of one batch, and messages of one receive. Source: SQS API reference, SendMessageBatch, ReceiveMessage. */
const entriesMax = 10;
/** Longest delay of a message. Seconds. */
const delayMax = 900;

/** @throws Error by its AWS name for what is refused as a whole */
function checkEntries(entries: readonly Entry[]): void {
  if (entries.length === 0) throw serviceError('EmptyBatchRequest');
  if (entries.length > entriesMax) throw serviceError('TooManyEntriesInBatchRequest');
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length)
    throw serviceError('BatchEntryIdsNotDistinct');
}

/** SQS as its client sees it: sends, receives, deletes, each entry on its own. */
export function createSqs(queues: ReadonlyMap<string, SimQueue>, faults: Faults) {
  return (operation: string, { QueueUrl = '', Entries = [], MaxNumberOfMessages = 1 }: Input): object => {
    const queue = queues.get(QueueUrl.split('/').at(-1) ?? '');
    if (queue === undefined) throw serviceError('QueueDoesNotExist');
    if (operation.endsWith('BatchCommand')) checkEntries(Entries);
    if (MaxNumberOfMessages > entriesMax) throw serviceError('InvalidParameterValue');
    switch (operation) {
      case 'SendMessageBatchCommand':
        return each(Entries, faults, ({ MessageBody = '', DelaySeconds = 0 }) =>
          queue.send(MessageBody, DelaySeconds * 1_000),
        );
      case 'DeleteMessageBatchCommand':
        return each(Entries, faults, ({ ReceiptHandle = '' }) => queue.remove(ReceiptHandle));
      case 'ReceiveMessageCommand':
        return {
          Messages: queue.receive(MaxNumberOfMessages).map(({ messageId, body, receipt }) => ({
            MessageId: messageId,
            Body: body,
            ReceiptHandle: receipt,
          })),
        };
      default:
        throw new Error(`the simulation does not know ${operation} of SQS`);
    }
  };
}

function each(entries: readonly Entry[], faults: Faults, work: (entry: Entry) => unknown): object {
  const isPartial = faults.isPartial('sqs');
  const Successful: { Id: string | undefined }[] = [];
  const Failed: { Id: string | undefined; Code: string; SenderFault: boolean }[] = [];
  entries.forEach((entry, position) => {
    if (isPartial && position % 2 === 0) {
      Failed.push({ Id: entry.Id, Code: 'InternalError', SenderFault: false });
      return;
    }
    if ((entry.DelaySeconds ?? 0) > delayMax) {
      Failed.push({ Id: entry.Id, Code: 'InvalidParameterValue', SenderFault: true });
      return;
    }
    work(entry);
    Successful.push({ Id: entry.Id });
  });
  return { Successful, Failed };
}
