import { noFaults, quietWorld } from '../support/quiet.ts';
import { createQueue } from './queue.ts';

function openQueue(given: Parameters<typeof noFaults>[0] = {}) {
  const { engine, nextId } = quietWorld();
  const settings = { visibilityMs: 30_000, receivesMax: 2 };
  const queue = createQueue({ engine, faults: noFaults(given), name: 'work', settings, nextId });
  return { engine, queue };
}

test('a message is visible once, then hidden for the visibility timeout, then visible again', async () => {
  const { engine, queue } = openQueue();
  queue.send('a', 0);
  expect(queue.receive(10).map(({ body }) => body)).toEqual(['a']);
  expect(queue.receive(10)).toEqual([]);
  await engine.run(29_999);
  expect(queue.receive(10)).toEqual([]);
  await engine.run(30_000);
  expect(queue.receive(10)).toHaveLength(1);
});

test('a delayed message is not visible before its delay', async () => {
  const { engine, queue } = openQueue();
  queue.send('a', 5_000);
  await engine.run(4_999);
  expect(queue.receive(1)).toEqual([]);
  await engine.run(5_000);
  expect(queue.receive(1)).toHaveLength(1);
});

test('only the receipt of the last receive removes a message', async () => {
  const { engine, queue } = openQueue();
  queue.send('a', 0);
  const [first] = queue.receive(1).map(({ receipt }) => receipt);
  await engine.run(30_000);
  const [second] = queue.receive(1).map(({ receipt }) => receipt);
  queue.remove(first ?? '');
  expect(queue.messages).toHaveLength(1);
  queue.remove(second ?? '');
  expect(queue.messages).toHaveLength(0);
});

test('a message that was received too often goes to the dead letters, and a redrive brings it back', async () => {
  const { engine, queue } = openQueue();
  queue.send('a', 0);
  for (const at of [30_000, 60_000, 90_000]) {
    queue.receive(1);
    await engine.run(at);
  }
  expect([queue.messages.length, queue.dead]).toEqual([0, ['a']]);
  expect(queue.redrive()).toBe(1);
  expect(queue.receive(1).map(({ body }) => body)).toEqual(['a']);
});

test('a copy has the id of its original and a life of its own', () => {
  const { queue } = openQueue({ copiesMs: () => [0] });
  queue.send('a', 0);
  const [one, other] = queue.receive(10);
  expect(one?.messageId).toBe(other?.messageId);
  queue.remove(one?.receipt ?? '');
  expect(queue.messages).toHaveLength(1);
});
