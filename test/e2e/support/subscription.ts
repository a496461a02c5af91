/** A regulator's own subscription: a queue at the alerts topic with a filter, as a customer would make it. */
import { randomUUID } from 'node:crypto';
import { SNSClient, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type Inbox, openInbox } from '../../../local/view/inbox.ts';
import type { ReceivedNotification } from '../../../local/view/notification.ts';
import type { TestPlatform } from './platform.ts';
import { until } from './until.ts';

export interface Subscription {
  /** The first notification that fits, already here or still to come. */
  readonly next: (
    what: string,
    fits: (notification: ReceivedNotification) => boolean,
  ) => Promise<ReceivedNotification>;
  readonly heard: readonly ReceivedNotification[];
  readonly close: () => Promise<void>;
}

/** Subscribes to what fits `filter` (attribute name to wanted values). */
export async function subscribe(
  platform: TestPlatform,
  filter: Readonly<Record<string, readonly unknown[]>>,
): Promise<Subscription> {
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const sns = new SNSClient({});
  const TopicArn = platform.outputs.AlertsTopicArn;
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `heard-${randomUUID()}` }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const queueArn = Attributes?.['QueueArn'] ?? '';
  await allowTopic(sqs, QueueUrl, queueArn, TopicArn);
  const { SubscriptionArn } = await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: queueArn,
      ReturnSubscriptionArn: true,
      Attributes: { RawMessageDelivery: 'true', FilterPolicy: JSON.stringify(filter) },
    }),
  );
  const heard: ReceivedNotification[] = [];
  const inbox: Inbox = openInbox(sqs, QueueUrl, (notification) => heard.push(notification));
  return {
    heard,
    next: (what, fits) => until(what, () => heard.find(fits)),
    close: async () => {
      await inbox.stop();
      await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    },
  };
}

async function allowTopic(sqs: SQSClient, queueUrl: string, queueArn: string, topicArn: string) {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queueArn,
    Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { Policy } }));
}
