/** The regulator's queue as the bench reads it: when each notification came to it, by the queue's own time stamp. */
import { DeleteMessageBatchCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { notificationIn } from '../../local/view/notification.ts';

export interface Ear {
  /** Instant in ms, not before `since`, at which the queue had the first notification of `change` of `subject`. */
  readonly at: (change: string, subject: string, since: number) => number | undefined;
  readonly stop: () => Promise<void>;
}

const waitSeconds = 2;

/** Empties the queue until stopped. */
export function listen(sqs: SQSClient, queueUrl: string): Ear {
  const heard = new Map<string, number[]>();
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
      if (data === undefined) continue;
      const key = `${data.change} ${data.subject.id}`;
      heard.set(key, [...(heard.get(key) ?? []), at]);
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
    at: (change, subject, since) => heard.get(`${change} ${subject}`)?.find((at) => at >= since),
    stop: async () => {
      isOver = true;
      await listening;
    },
  };
}
