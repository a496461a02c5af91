/** The regulator's queue as the bench reads it: when each notification came to it, by the queue's own time stamp. */
import { DeleteMessageBatchCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { notificationIn } from '../../local/view/notification.ts';

export interface Ear {
  /**
   * Instant in ms, not before `since`, at which the queue had the first notification of `subject` at `value` or above: a rise
   * that comes before the lower value it follows says both.
   */
  readonly at: (subject: string, value: number, since: number) => number | undefined;
  readonly stop: () => Promise<void>;
}

const waitSeconds = 2;

/** Empties the queue until stopped. */
export function listen(sqs: SQSClient, queueUrl: string): Ear {
  const heard = new Map<string, { readonly at: number; readonly value: number }[]>();
  let isOver = false;
  const take = async (): Promise<void> => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    );
    for (const { Body = '', Attributes = {} } of Messages) {
      const at = Number(Attributes.SentTimestamp);
      const data = notificationIn(Body, at)?.data;
      if (typeof data?.value !== 'number') continue;
      const { subject, value } = data;
      heard.set(subject.id, [...(heard.get(subject.id) ?? []), { at, value }]);
    }
    if (Messages.length === 0) return;
    const Entries = Messages.map(({ ReceiptHandle }, position) => ({ Id: String(position), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  };
  const loop = async (): Promise<void> => {
    while (!isOver) await take();
  };
  const listening = loop();
  return {
    at: (subject, value, since) =>
      heard.get(subject)?.find((one) => one.at >= since && one.value >= value)?.at,
    stop: async () => {
      isOver = true;
      await listening;
    },
  };
}
