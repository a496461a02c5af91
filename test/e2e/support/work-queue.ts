/** A queue of the platform as a test looks into it, and turns its knobs for a while. */
import {
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

/** How many messages can be taken, are being worked on, wait for their time. */
export interface Depth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

type Knob = 'VisibilityTimeout' | 'DelaySeconds';

export interface WorkQueue {
  readonly depth: () => Promise<Depth>;
  /** Runs `then` with other seconds than the stack's. */
  readonly withSeconds: <T>(knobs: Partial<Record<Knob, number>>, then: () => Promise<T>) => Promise<T>;
  readonly put: (bodies: readonly string[]) => Promise<void>;
  readonly close: () => void;
}

/** Most messages of one call of SQS. */
const batchMax = 10;

export function workQueue(QueueUrl: string): WorkQueue {
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const attributes = async (): Promise<Partial<Record<string, string>>> =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes ?? {};
  const set = (seconds: Partial<Record<string, string>>) =>
    sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: seconds as Record<string, string> }));
  return {
    depth: async () => {
      const found = await attributes();
      const count = (name: string) => Number(found[`ApproximateNumberOfMessages${name}`] ?? 0);
      return { visible: count(''), inFlight: count('NotVisible'), delayed: count('Delayed') };
    },
    withSeconds: async (knobs, then) => {
      const before = await attributes();
      const names = Object.keys(knobs);
      await set(Object.fromEntries(Object.entries(knobs).map(([name, value]) => [name, String(value)])));
      try {
        return await then();
      } finally {
        await set(Object.fromEntries(names.map((name) => [name, before[name] ?? '0'])));
      }
    },
    put: async (bodies) => {
      for (let from = 0; from < bodies.length; from += batchMax) {
        const Entries = bodies
          .slice(from, from + batchMax)
          .map((MessageBody, position) => ({ Id: String(position), MessageBody }));
        const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
        if (Failed.length > 0) throw new Error(`the queue refused: ${Failed[0]?.Message}`);
      }
    },
    close: () => sqs.destroy(),
  };
}
