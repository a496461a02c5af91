import { memoryQueue } from '../../functions/adapters/memory/queue.ts';
import { sqsBatchBytesMax, sqsDrainableQueue } from '../../functions/adapters/sqs/queue.ts';
import type { DrainableQueue } from '../../functions/usecases/ports/messaging.ts';
import { testClock } from '../support/clock.ts';
import { openQueue } from '../support/services.ts';
import { openSimulatedQueue } from '../support/simulated-services.ts';
import { endpoint } from '../support/tables.ts';

interface Opened {
  readonly queue: DrainableQueue;
  readonly close: () => Promise<void>;
}

/** What every queue promises; each adapter's test calls it with its own. */
function queueContract(name: string, open: () => Promise<Opened>): void {
  describe(`queue: ${name}`, () => {
    let queue: DrainableQueue;
    let close: () => Promise<void>;
    beforeEach(async () => ({ queue, close } = await open()));
    afterEach(async () => close());

    /** Takes until `count` messages came or ten takes in a row brought nothing. */
    const takeAll = async (count: number) => {
      const taken = [];
      for (let empty = 0; taken.length < count && empty < 10; ) {
        const some = await queue.receive(10);
        empty = some.length === 0 ? empty + 1 : 0;
        taken.push(...some);
      }
      return taken;
    };

    test('what was sent comes out, whatever is in it', async () => {
      const bodies = ['{"kind":"plan"}', '甲烷 ＝ 1.2 %', ' \t<x> & "y" '];
      const outcomes = await queue.send(bodies.map((body) => ({ body })));
      expect(outcomes).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
      expect((await takeAll(3)).map(({ body }) => body).toSorted()).toEqual(bodies.toSorted());
    });

    test.each([[0], [1], [10], [11], [49]])('%i messages have %i outcomes', async (count) => {
      const bodies = Array.from({ length: count }, (_, one) => `${one}`);
      expect(await queue.send(bodies.map((body) => ({ body })))).toEqual(bodies.map(() => ({ ok: true })));
      expect(new Set((await takeAll(count)).map(({ body }) => body))).toEqual(new Set(bodies));
    });

    test('messages too large for one call together go in several', async () => {
      const body = 'x'.repeat(sqsBatchBytesMax / 2 - 100);
      const outcomes = await queue.send([body, body, body].map((one) => ({ body: one })));
      expect(outcomes.every(({ ok }) => ok)).toBe(true);
      expect(await takeAll(3)).toHaveLength(3);
    });

    test('a message that was taken and not removed is not taken again at once', async () => {
      await queue.send([{ body: 'a' }]);
      expect(await takeAll(1)).toHaveLength(1);
      expect(await queue.receive(10)).toEqual([]);
    });

    test('a message with a delay is not there yet', async () => {
      expect(await queue.send([{ body: 'later', delaySeconds: 900 }])).toEqual([{ ok: true }]);
      expect(await queue.receive(10)).toEqual([]);
    });

    test('removing takes messages out for good, any number at once', async () => {
      await queue.send(Array.from({ length: 12 }, (_, one) => ({ body: `${one}` })));
      const taken = await takeAll(12);
      await expect(queue.remove(taken.map(({ receipt }) => receipt))).resolves.toBeUndefined();
      await expect(queue.remove([])).resolves.toBeUndefined();
    });
  });
}

queueContract('memory', async () => ({ queue: memoryQueue(testClock(0)), close: async () => undefined }));

queueContract('simulated SQS', async () => {
  const { client, url, remove } = openSimulatedQueue();
  return { queue: sqsDrainableQueue(client, url), close: remove };
});

test('memory: a message that was taken is there again after its visibility, unless removed', async () => {
  const clock = testClock(0);
  const queue = memoryQueue(clock);
  await queue.send([{ body: 'a' }, { body: 'b' }]);
  const [first] = await queue.receive(10);
  if (first === undefined) throw new Error('nothing was received');
  await queue.remove([first.receipt]);
  clock.set(30_000);
  expect((await queue.receive(10)).map(({ body }) => body)).toEqual(['b']);
});

if (endpoint !== undefined) {
  queueContract('sqs', async () => {
    const { client, url, remove } = await openQueue();
    return { queue: sqsDrainableQueue(client, url), close: remove };
  });

  test('sqs: a queue that is not there refuses each message and cannot be drained', async () => {
    const { client, url, remove } = await openQueue();
    const gone = sqsDrainableQueue(client, `${url}-gone`);
    const outcomes = await gone.send(Array.from({ length: 12 }, () => ({ body: 'a' })));
    expect(outcomes).toHaveLength(12);
    expect(outcomes.every((outcome) => !outcome.ok && /NonExistent|NotExist/.test(outcome.problem))).toBe(
      true,
    );
    await expect(gone.receive(1)).rejects.toMatchObject({ name: 'AdapterError', retryable: true });
    await expect(gone.remove(['x'])).rejects.toMatchObject({ name: 'AdapterError' });
    await remove();
  });
}
