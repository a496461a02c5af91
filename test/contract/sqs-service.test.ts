/** What the adapters take for granted of SQS itself; where the emulator differs: docs/divergences.md. */
import { ReceiveMessageCommand, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { jest } from '@jest/globals';
import { contractTimeoutMs, openQueue } from '../support/services.ts';
import { openSimulatedQueue } from '../support/simulated-services.ts';
import { endpoint } from '../support/tables.ts';

jest.setTimeout(contractTimeoutMs);

interface Opened {
  readonly client: SQSClient;
  readonly url: string;
  readonly remove: () => Promise<void>;
}

const services: readonly { readonly name: string; readonly open: () => Promise<Opened> }[] = [
  { name: 'simulated SQS', open: async () => openSimulatedQueue() },
  ...(endpoint === undefined ? [] : [{ name: `SQS at ${endpoint}`, open: () => openQueue() }]),
];

describe.each(services)('SQS itself: $name', ({ open }) => {
  let opened: Opened;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(async () => opened.remove());

  const send = (entries: readonly { Id: string; MessageBody: string }[]) =>
    opened.client.send(new SendMessageBatchCommand({ QueueUrl: opened.url, Entries: [...entries] }));
  const receive = async (count = 10) => {
    const query = { QueueUrl: opened.url, MaxNumberOfMessages: count, WaitTimeSeconds: 0 };
    return (await opened.client.send(new ReceiveMessageCommand(query))).Messages ?? [];
  };
  const bodies = (count: number) =>
    Array.from({ length: count }, (_, one) => ({ Id: String(one), MessageBody: `body ${one}` }));
  const nameOf = (sending: Promise<unknown>) =>
    sending.then(
      () => 'taken',
      (error: unknown) => (error instanceof Error ? error.name : 'no error'),
    );

  test('each entry is answered by its own id', async () => {
    const { Successful = [], Failed = [] } = await send(bodies(10));
    expect(Successful.map(({ Id }) => Id).toSorted()).toEqual(bodies(10).map(({ Id }) => Id));
    expect(Failed).toEqual([]);
  });

  test('eleven entries are refused, all of them', async () => {
    expect(await nameOf(send(bodies(11)))).toMatch(/TooManyEntriesInBatchRequest/);
    expect(await receive()).toEqual([]);
  });

  test('a batch of nothing is refused', async () => {
    expect(await nameOf(send([]))).toMatch(/EmptyBatchRequest/);
  });

  test('two entries of one id are refused', async () => {
    const [one] = bodies(1);
    expect(await nameOf(send(one === undefined ? [] : [one, one]))).toMatch(/BatchEntryIdsNotDistinct/);
  });

  test('more than ten cannot be asked for at once', async () => {
    expect(await nameOf(receive(11))).not.toBe('taken');
  });

  test('each of those who receive has a message of its own, with a receipt', async () => {
    await send(bodies(4));
    const all = [...(await receive(2)), ...(await receive(2))];
    expect(new Set(all.map(({ MessageId }) => MessageId)).size).toBe(all.length);
    expect(all.every(({ ReceiptHandle = '' }) => ReceiptHandle !== '')).toBe(true);
  });
});
