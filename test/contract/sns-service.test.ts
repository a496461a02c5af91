/** What the adapters take for granted of SNS itself; where the emulator differs: docs/divergences.md. */
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { jest } from '@jest/globals';
import { contractTimeoutMs, openTopic } from '../support/services.ts';
import { openSimulatedTopic } from '../support/simulated-services.ts';
import { endpoint } from '../support/tables.ts';

jest.setTimeout(contractTimeoutMs);

interface Opened {
  readonly client: SNSClient;
  readonly topicArn: string;
  /** Bodies that the subscriber to areas from 2201 on has, once `count` came. */
  readonly heard: (count: number) => Promise<readonly string[]>;
  readonly remove: () => Promise<void>;
}

const simulated = async (): Promise<Opened> => {
  const { heard, ...opened } = openSimulatedTopic([{ name: 'north', areaPrefix: '2201', isLive: true }]);
  return { ...opened, heard: async () => (await heard('north')).map(({ body }) => body) };
};

const real = async (): Promise<Opened> => {
  const { client, topicArn, queue, remove } = await openTopic({ area: [{ prefix: '2201' }] });
  const heard = async (count: number) => (await queue.take(count)).map(({ Body = '' }) => Body);
  return { client, topicArn, heard, remove };
};

const services: readonly { readonly name: string; readonly open: () => Promise<Opened> }[] = [
  { name: 'simulated SNS', open: simulated },
  ...(endpoint === undefined ? [] : [{ name: `SNS at ${endpoint}`, open: real }]),
];

/** Longest message. Bytes. */
const messageBytesMax = 256 * 1024;

describe.each(services)('SNS itself: $name', ({ open }) => {
  let opened: Opened;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(async () => opened.remove());

  const publish = (message: object, area = '220104') =>
    opened.client.send(
      new PublishCommand({
        TopicArn: opened.topicArn,
        MessageStructure: 'json',
        Message: JSON.stringify(message),
        MessageAttributes: {
          area: { DataType: area.startsWith('[') ? 'String.Array' : 'String', StringValue: area },
        },
      }),
    );
  const nameOf = (sending: Promise<unknown>) =>
    sending.then(
      () => 'taken',
      (error: unknown) => (error instanceof Error ? error.name : 'no error'),
    );

  test('a subscriber hears of its areas only, by their beginning, and by one of several', async () => {
    await publish({ default: 'elsewhere' }, '310101');
    await publish({ default: 'here' });
    await publish({ default: 'here too' }, '["310101","220102"]');
    await publish({ default: 'nowhere' }, '["310101","320101"]');
    expect((await opened.heard(2)).toSorted()).toEqual(['here', 'here too']);
  });

  test('a message that is too long is refused', async () => {
    expect(await nameOf(publish({ default: 'x'.repeat(messageBytesMax) }))).toMatch(/InvalidParameter/);
  });
});
