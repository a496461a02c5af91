/** Messages of a queue of dead letters: counted, looked at, taken. */
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { toAdapterError } from '../../functions/adapters/aws-errors.ts';
import { type Instant, instant } from '../../functions/domain/time.ts';

/** Messages that one call takes (SQS). */
const takeMax = 10;
/** How long a message that is worked on is hidden from others, in seconds. */
export const hiddenForSeconds = 60;

export interface Letter {
  readonly id: string;
  readonly body: string;
  /** When the queue had it first; a dead letter keeps the time of its first sending. */
  readonly sentAt: Instant;
  readonly receipt: string;
}

const letterOf = ({ MessageId = '', Body = '', Attributes, ReceiptHandle = '' }: Message): Letter => ({
  id: MessageId,
  body: Body,
  sentAt: instant(Number(Attributes?.SentTimestamp ?? 0)),
  receipt: ReceiptHandle,
});

/** How many lie there, those that somebody works on included; SQS counts approximately. @throws AdapterError */
export async function countLetters(sqs: SQSClient, url: string): Promise<number> {
  try {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    return (
      Number(Attributes['ApproximateNumberOfMessages'] ?? 0) +
      Number(Attributes['ApproximateNumberOfMessagesNotVisible'] ?? 0)
    );
  } catch (error) {
    throw toAdapterError('count dead letters', error);
  }
}

/** Some letters, hidden for so long; 0 only looks. @throws AdapterError */
export async function someLetters(sqs: SQSClient, url: string, hiddenSeconds: number): Promise<Letter[]> {
  try {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: takeMax,
        VisibilityTimeout: hiddenSeconds,
        MessageSystemAttributeNames: ['SentTimestamp'],
        WaitTimeSeconds: 0,
      }),
    );
    return Messages.map(letterOf);
  } catch (error) {
    throw toAdapterError('read dead letters', error);
  }
}

/** Takes it away for good. @throws AdapterError */
export async function removeLetter(sqs: SQSClient, url: string, { receipt }: Letter): Promise<void> {
  try {
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receipt }));
  } catch (error) {
    throw toAdapterError('remove a dead letter', error);
  }
}
