import { AdapterError } from '../../functions/adapters/adapter-error.ts';
import { memoryObserver } from '../../functions/adapters/memory/observer.ts';
import type { Transition } from '../../functions/domain/alerts/alert.ts';
import { notifyHandler } from '../../functions/handlers/notify.ts';
import { raisedAt } from '../support/transitions.ts';

const transition = raisedAt(1_000);

/** A record of the stream as DynamoDB writes it. */
const recordOf = (doc: string, given: { eventName?: string; sk?: string } = {}) => ({
  eventID: '1',
  eventName: given.eventName ?? 'INSERT',
  eventSource: 'aws:dynamodb',
  dynamodb: {
    Keys: { pk: { S: `ALERT#${transition.alertId}` }, sk: { S: given.sk ?? 'T#00000001' } },
    NewImage: { doc: { S: doc }, undecidedAt: { N: '1000' } },
    StreamViewType: 'NEW_IMAGE',
  },
});

function open(failure?: Error) {
  const heard: Transition[] = [];
  const observer = memoryObserver();
  const handler = notifyHandler(async (transitions) => {
    heard.push(...transitions);
    if (failure !== undefined) throw failure;
  }, observer);
  return { heard, observer, handler };
}

describe('the handler of the stream', () => {
  test('hands over the transition of each record as it was committed', async () => {
    const { heard, handler } = open();
    await handler({ Records: [recordOf(JSON.stringify(transition))] });
    expect(heard).toEqual([transition]);
  });

  test.each([
    ['no JSON', '{"alertId":'],
    ['no transition', '{"alertId":"a"}'],
    ['a newer severity', JSON.stringify({ ...transition, severity: 'purple' })],
    ['nothing', ''],
  ])('a record with %s is reported and holds no other', async (_, doc) => {
    const { heard, observer, handler } = open();
    const good = recordOf(JSON.stringify(transition));
    await handler({ Records: [recordOf(doc), good, recordOf(doc)] });
    expect(heard).toEqual([transition]);
    expect(observer.total('NotificationFailed')).toBe(2);
  });

  test('a record without an image is passed over', async () => {
    const { heard, handler } = open();
    const record = recordOf('');
    await handler({ Records: [{ ...record, dynamodb: { Keys: record.dynamodb.Keys } }, null] });
    expect(heard).toEqual([]);
  });

  test.each([
    ['a decision logged on a transition', { eventName: 'MODIFY' }],
    ['a marker that ran out', { eventName: 'REMOVE' }],
    ['an alert', { sk: 'ALERT' }],
  ])('%s is none of its business', async (_, given) => {
    const { heard, observer, handler } = open();
    await handler({ Records: [recordOf(JSON.stringify(transition), given)] });
    expect(heard).toEqual([]);
    expect(observer.total('NotificationFailed')).toBe(0);
  });

  test('what may pass leaves the handler, so that the batch comes again on every platform', async () => {
    const { handler } = open(new AdapterError('throttled', { cause: undefined, retryable: true }));
    await expect(handler({ Records: [recordOf(JSON.stringify(transition))] })).rejects.toThrow('throttled');
  });
});
