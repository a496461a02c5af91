/** What AWS refuses and the emulator takes: asked of the simulation only (docs/divergences.md). */
import { PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { PublishCommand } from '@aws-sdk/client-sns';
import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
} from '@aws-sdk/client-sqs';
import {
  openSimulatedQueue,
  openSimulatedStream,
  openSimulatedTopic,
} from '../../../support/simulated-services.ts';

test('SQS takes no message with a delay of more than 15 minutes', async () => {
  const { client, url, remove } = openSimulatedQueue();
  const Entries = [
    { Id: 'late', MessageBody: 'a', DelaySeconds: 901 },
    { Id: 'well', MessageBody: 'b', DelaySeconds: 900 },
  ];
  const { Successful, Failed } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
  expect([Successful?.map(({ Id }) => Id), Failed?.map(({ Id }) => Id)]).toEqual([['well'], ['late']]);
  await remove();
});

test('SQS removes what is removed already', async () => {
  const { client, url, remove } = openSimulatedQueue();
  await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: [{ Id: '0', MessageBody: 'a' }] }));
  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: url }));
  const Entries = Messages.map(({ ReceiptHandle }) => ({ Id: '0', ReceiptHandle }));
  for (let times = 0; times < 2; times += 1) {
    const answer = await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
    expect([answer.Successful?.length, answer.Failed?.length]).toEqual([1, 0]);
  }
  await remove();
});

test.each([
  ['messages by protocol without one for the rest', { Message: '{"sms":"a"}' }],
  ['a subject of two lines', { Message: '{"default":"a"}', Subject: 'one\ntwo' }],
  ['a subject of more than 100 characters', { Message: '{"default":"a"}', Subject: 'x'.repeat(101) }],
])('SNS refuses %s', async (_, input) => {
  const { client, topicArn, remove } = openSimulatedTopic();
  const command = new PublishCommand({ TopicArn: topicArn, MessageStructure: 'json', ...input });
  await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidParameter' });
  await remove();
});

test.each([
  ['a record of more than 1,000 KiB', [1_000 * 1_024 + 1]],
  ['more than 4 MiB together', Array.from({ length: 5 }, () => 900 * 1_024)],
])('Firehose refuses %s as a whole', async (_, sizes) => {
  const { client, name, remove } = openSimulatedStream();
  const Records = sizes.map((size) => ({ Data: Buffer.alloc(size) }));
  const command = new PutRecordBatchCommand({ DeliveryStreamName: name, Records });
  await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidArgumentException' });
  await remove();
});
