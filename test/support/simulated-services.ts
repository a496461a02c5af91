/** The services of the simulated world, each as its SDK client sees it, without any fault. */
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { PutObject } from '../../functions/adapters/s3/signed-put.ts';
import type { Published, Received, Receiver } from '../simulation/history.ts';
import { createFirehose } from '../simulation/world/aws/firehose.ts';
import { createQueue } from '../simulation/world/aws/queue.ts';
import { createSqs, queueUrl } from '../simulation/world/aws/sqs.ts';
import { createTopic } from '../simulation/world/aws/topic.ts';
import { noFaults, quietWorld } from '../simulation/world/support/quiet.ts';

const region = 'us-east-1';

/** The client with what the simulation answers instead of the network. */
const answering = <Client extends object>(
  client: Client,
  answer: (operation: string, input: object) => object,
): Client =>
  Object.assign(client, {
    send: async (command: { readonly input: object }) => answer(command.constructor.name, command.input),
  });

/** An empty queue. */
export function openSimulatedQueue() {
  const { engine, nextId } = quietWorld();
  const name = 'contract';
  const settings = { visibilityMs: 30_000, receivesMax: 5 };
  const queue = createQueue({ engine, faults: noFaults(), name, settings, nextId });
  const sqs = createSqs(new Map([[name, queue]]), noFaults());
  const client = answering(new SQSClient({ region }), sqs);
  return { client, url: queueUrl(name), remove: async () => client.destroy() };
}

/** A topic and what each of its receivers has got. */
export function openSimulatedTopic(receivers: readonly Receiver[] = [{ name: 'all', isLive: true }]) {
  const { engine, nextId } = quietWorld();
  const published: Published[] = [];
  const received: Received[] = [];
  const parts = { engine, faults: noFaults(), receivers, published, received, nextId, heard: () => {} };
  const topic = createTopic(parts);
  const client = answering(new SNSClient({ region }), (_, input) => topic('notify', input));
  /** What a receiver has by now: the virtual time goes on until all is delivered. */
  const heard = async (receiver = 'all') => {
    await engine.run(engine.now() + 1_000);
    return received
      .filter((one) => one.receiver === receiver)
      .map(({ messageId, body }) => ({
        body,
        attributes: published.find((one) => one.messageId === messageId)?.attributes ?? {},
      }));
  };
  return {
    client,
    topicArn: 'arn:aws:sns:us-east-1:000000000000:alerts',
    heard,
    remove: async () => client.destroy(),
  };
}

/** A delivery stream and the lines that it has taken. */
export function openSimulatedStream() {
  const lines: string[] = [];
  const firehose = createFirehose(lines, noFaults());
  const client = answering(new FirehoseClient({ region }), (_, input) => firehose(input));
  return { client, name: 'archive', lines, remove: async () => client.destroy() };
}

/** A bucket: the simulation keeps what is put under its key. */
export function openSimulatedBucket() {
  const objects = new Map<string, string>();
  const putObject: PutObject = async (key, body) => {
    objects.set(key, body);
  };
  return { putObject, objects };
}
