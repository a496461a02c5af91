import type { QueueMessage } from '../../functions/usecases/ingest/receive.ts';
import { createLoop } from '../../sensors-sim/virtual/loop.ts';
import { createQueue } from '../../sensors-sim/virtual/queue.ts';

const shape = { queue: 'telemetry', batchMax: 3, windowMs: 100, visibilityMs: 30_000 } as const;

/** A queue whose consumer fails every body for so many deliveries as it says. */
function world() {
  const loop = createLoop(0);
  const batches: string[] = [];
  const left = new Map<string, number>();
  const ingest = async (messages: readonly QueueMessage[]): Promise<ReadonlySet<string>> => {
    batches.push(`${loop.now()}: ${messages.map(({ body }) => body).join(' ')}`);
    const failed = messages.filter(({ body }) => (left.get(body) ?? 0) > 0);
    for (const { body } of failed) left.set(body, (left.get(body) ?? 0) - 1);
    return new Set(messages.filter((message) => !failed.includes(message)).map(({ messageId }) => messageId));
  };
  return { loop, batches, left, queue: createQueue(loop, shape, ingest) };
}

test('messages of one window travel in batches of the size of the mapping', async () => {
  const { loop, batches, queue } = world();
  for (const body of ['a', 'b', 'c', 'd']) queue.send(body);
  await loop.run(1000);
  expect(batches).toEqual(['100: a b c', '100: d']);
  expect(queue.unfinished).toBe(0);
});

test('what was not done comes again after its visibility, alone, until it is done', async () => {
  const { loop, batches, left, queue } = world();
  left.set('b', 2);
  for (const body of ['a', 'b', 'c']) queue.send(body);
  await loop.run(1000);
  expect(queue.unfinished).toBe(1);
  await loop.run(100_000);
  expect(batches).toEqual(['100: a b c', '30200: b', '60300: b']);
  expect(queue.unfinished).toBe(0);
});
