import { randomUUID } from 'node:crypto';
import {
  CreateDeliveryStreamCommand,
  DeleteDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  FirehoseClient,
} from '@aws-sdk/client-firehose';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { endpoint } from './tables.ts';

const region = process.env['AWS_REGION'] ?? 'us-east-1';
const suffix = () => randomUUID();

/** How long one test may take: AWS makes a table in seconds and delivers an archive in a minute. */
export const contractTimeoutMs = 180_000;

/** The role that Firehose takes on AWS; local platforms look at none. */
const deliveryRoleArn =
  process.env['CONTRACT_FIREHOSE_ROLE_ARN'] ?? 'arn:aws:iam::000000000000:role/firehose';

export interface TestQueue {
  readonly client: SQSClient;
  readonly url: string;
  readonly arn: string;
  /** Waits until `count` messages came, at most 20 s. */
  readonly take: (count: number) => Promise<Message[]>;
  readonly remove: () => Promise<void>;
}

/** An empty queue under a name of its own. */
export async function openQueue(attributes: Record<string, string> = {}): Promise<TestQueue> {
  const client = new SQSClient({ region, useQueueUrlAsEndpoint: false });
  const { QueueUrl: url = '' } = await client.send(
    new CreateQueueCommand({ QueueName: `contract-${suffix()}`, Attributes: attributes }),
  );
  const described = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
  );
  const take = async (count: number): Promise<Message[]> => {
    const taken: Message[] = [];
    for (let tries = 0; tries < 10 && taken.length < count; tries += 1) {
      const answer = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 2,
          MessageAttributeNames: ['All'],
        }),
      );
      taken.push(...(answer.Messages ?? []));
    }
    return taken;
  };
  const remove = async () => {
    await client.send(new DeleteQueueCommand({ QueueUrl: url }));
    client.destroy();
  };
  return { client, url, arn: described.Attributes?.['QueueArn'] ?? '', take, remove };
}

/** A topic and a queue that receives what is published to it and passes `filter`, as it was published. @default everything */
export async function openTopic(filter?: object) {
  const client = new SNSClient({ region });
  const { TopicArn: topicArn = '' } = await client.send(
    new CreateTopicCommand({ Name: `contract-${suffix()}` }),
  );
  const policy = {
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
      },
    ],
  };
  const queue = await openQueue({ Policy: JSON.stringify(policy) });
  const { SubscriptionArn } = await client.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: queue.arn,
      ReturnSubscriptionArn: true,
    }),
  );
  await client.send(
    new SetSubscriptionAttributesCommand({
      SubscriptionArn,
      AttributeName: 'RawMessageDelivery',
      AttributeValue: 'true',
    }),
  );
  if (filter !== undefined)
    await client.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn,
        AttributeName: 'FilterPolicy',
        AttributeValue: JSON.stringify(filter),
      }),
    );
  const remove = async () => {
    await client.send(new DeleteTopicCommand({ TopicArn: topicArn }));
    await queue.remove();
    client.destroy();
  };
  return { client, topicArn, queue, remove };
}

export interface TestBucket {
  readonly name: string;
  readonly client: S3Client;
  readonly objects: () => Promise<ReadonlyMap<string, Buffer>>;
  readonly remove: () => Promise<void>;
}

/** Does `work` for each of the keys, a few at a time. */
async function each(keys: readonly string[], work: (key: string) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < keys.length; from += 25) await Promise.all(keys.slice(from, from + 25).map(work));
}

/** An empty bucket under a name of its own. */
export async function openBucket(): Promise<TestBucket> {
  const client = new S3Client({ region, forcePathStyle: endpoint !== undefined });
  const name = `contract-${suffix()}`;
  await client.send(new CreateBucketCommand({ Bucket: name }));
  const keys = async () => {
    const page = await client.send(new ListObjectsV2Command({ Bucket: name }));
    return (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
  };
  const objects = async () => {
    const found = new Map<string, Buffer>();
    await each(await keys(), async (Key) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: name, Key }));
      found.set(Key, Buffer.from((await Body?.transformToByteArray()) ?? []));
    });
    return found;
  };
  const remove = async () => {
    await each(await keys(), (Key) => client.send(new DeleteObjectCommand({ Bucket: name, Key })));
    await client.send(new DeleteBucketCommand({ Bucket: name }));
    client.destroy();
  };
  return { name, client, objects, remove };
}

/** A delivery stream that writes into a bucket of its own. */
export async function openStream() {
  const bucket = await openBucket();
  const client = new FirehoseClient({ region });
  const name = `contract-${suffix()}`;
  await client.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: name,
      DeliveryStreamType: 'DirectPut',
      ExtendedS3DestinationConfiguration: {
        RoleARN: deliveryRoleArn,
        BucketARN: `arn:aws:s3:::${bucket.name}`,
        BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 0 },
        CompressionFormat: 'UNCOMPRESSED',
      },
    }),
  );
  for (let tries = 0; tries < 60; tries += 1) {
    const answer = await client.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: name }));
    if (answer.DeliveryStreamDescription?.DeliveryStreamStatus === 'ACTIVE') break;
    await new Promise((done) => setTimeout(done, 1_000));
  }
  const remove = async () => {
    await client.send(new DeleteDeliveryStreamCommand({ DeliveryStreamName: name, AllowForceDelete: true }));
    await bucket.remove();
    client.destroy();
  };
  return { client, name, bucket, remove };
}
