import { memoryNotifier } from '../../functions/adapters/memory/notifier.ts';
import { snsNotifier } from '../../functions/adapters/sns/notifier.ts';
import { notificationOf } from '../../functions/domain/notify/notification.ts';
import type { Notification, Notifier } from '../../functions/usecases/ports/alerts.ts';
import { matter } from '../support/alerts.ts';
import { openTopic } from '../support/services.ts';
import { openSimulatedTopic } from '../support/simulated-services.ts';
import { endpoint } from '../support/tables.ts';
import { raisedAt } from '../support/transitions.ts';

interface Heard {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Opened {
  readonly notifier: Notifier;
  /** What a subscriber has received once `count` messages came. */
  readonly heard: (count: number) => Promise<readonly Heard[]>;
  readonly close: () => Promise<void>;
}

const red = notificationOf(raisedAt(1_000, {}, 'red'), 'first', 'urn:tocsin:test');
const long = { zh: '长'.repeat(500), en: 'x'.repeat(500) };
const largest = notificationOf(
  raisedAt(1_000, { matter: { ...matter, title: long, advice: long } }),
  'stale',
  'urn:x',
);

/** What every `Notifier` promises; each adapter's test calls it with its own. */
function notifierContract(name: string, open: () => Promise<Opened>): void {
  describe(`notifier: ${name}`, () => {
    let opened: Opened;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(async () => opened.close());

    test('a subscriber receives the envelope and every attribute, unchanged', async () => {
      const { messageId } = await opened.notifier.publish(red);
      expect(messageId).not.toBe('');
      expect(await opened.heard(1)).toEqual([{ body: red.body, attributes: red.attributes }]);
    });

    test('each message has an id of its own, also a repeat', async () => {
      const ids = [await opened.notifier.publish(red), await opened.notifier.publish(red)];
      expect(new Set(ids.map(({ messageId }) => messageId)).size).toBe(2);
      expect(await opened.heard(2)).toHaveLength(2);
    });

    test('the longest title and advice still make a message', async () => {
      await opened.notifier.publish(largest);
      expect((await opened.heard(1)).map(({ body }) => body)).toEqual([largest.body]);
    });
  });
}

notifierContract('memory', async () => {
  const received: Notification[] = [];
  return {
    notifier: memoryNotifier((notification) => received.push(notification)),
    heard: async () => received.map(({ body, attributes }) => ({ body, attributes })),
    close: async () => undefined,
  };
});

notifierContract('simulated SNS', async () => {
  const { client, topicArn, heard, remove } = openSimulatedTopic();
  return { notifier: snsNotifier(client, topicArn), heard: () => heard(), close: remove };
});

if (endpoint !== undefined) {
  notifierContract('sns', async () => {
    const { client, topicArn, queue, remove } = await openTopic();
    const heard = async (count: number) =>
      (await queue.take(count)).map(({ Body = '', MessageAttributes = {} }) => ({
        body: Body,
        attributes: Object.fromEntries(
          Object.entries(MessageAttributes).map(([key, { StringValue = '' }]) => [key, StringValue]),
        ),
      }));
    return { notifier: snsNotifier(client, topicArn), heard, close: remove };
  });

  test('sns: a topic that is not there is a failure that a person heals', async () => {
    const { client, topicArn, remove } = await openTopic();
    await expect(snsNotifier(client, `${topicArn}-gone`).publish(red)).rejects.toMatchObject({
      name: 'AdapterError',
      retryable: true,
    });
    await remove();
  });
}
