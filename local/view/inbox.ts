/** The regulator's queue, read as its notifications come. */
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { notificationIn, type ReceivedNotification } from './notification.ts';

/** Seconds for which one call waits for a message. 20 is the most. */
const waitSeconds = 10;
const retryMs = 1_000;

export interface Inbox {
  readonly stop: () => Promise<void>;
}

async function take(client: SQSClient, queueUrl: string, signal: AbortSignal): Promise<readonly Message[]> {
  const wish = { QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: waitSeconds };
  const { Messages: messages = [] } = await client.send(new ReceiveMessageCommand(wish), {
    abortSignal: signal,
  });
  if (messages.length === 0) return messages;
  const entries = messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
  await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
  return messages;
}

/** Hands each notification to `heard`, repeats dropped as every receiver should, until stopped. */
export function openInbox(
  client: SQSClient,
  queueUrl: string,
  heard: (notification: ReceivedNotification) => void,
): Inbox {
  const ending = new AbortController();
  const known = new Set<string>();
  const read = async () => {
    while (!ending.signal.aborted) {
      try {
        for (const { Body } of await take(client, queueUrl, ending.signal)) {
          const notification = notificationIn(Body ?? '', Date.now());
          if (!notification || known.has(notification.id)) continue;
          known.add(notification.id);
          heard(notification);
        }
      } catch {
        // The platform is busy or going away; the queue keeps what was not read.
        if (!ending.signal.aborted) await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  };
  const reading = read();
  return {
    stop: async () => {
      ending.abort();
      await reading;
    },
  };
}
