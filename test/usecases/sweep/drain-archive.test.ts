import { memoryArchiveStream } from '../../../functions/adapters/memory/archive-stream.ts';
import { memoryObserver } from '../../../functions/adapters/memory/observer.ts';
import { memoryQueue } from '../../../functions/adapters/memory/queue.ts';
import type { ArchiveStream } from '../../../functions/usecases/ports/archive.ts';
import {
  drainArchive,
  drainCountMax,
  drainTakesMax,
} from '../../../functions/usecases/sweep/drain-archive.ts';
import { testClock } from '../../support/clock.ts';

async function open(count: number, stream: ArchiveStream) {
  const clock = testClock(0);
  const queue = memoryQueue(clock);
  await queue.send(Array.from({ length: count }, (_, line) => ({ body: `{"id":"${line}"}` })));
  const observer = memoryObserver();
  return { clock, queue, observer, drain: drainArchive({ stream, queue, observer }) };
}

describe('draining the archive’s queue', () => {
  test('moves every line to the stream and empties the queue', async () => {
    const stream = memoryArchiveStream();
    const { queue, observer, drain } = await open(25, stream);
    expect(await drain()).toBe(25);
    expect(new Set(stream.lines).size).toBe(25);
    expect(queue.bodies()).toEqual([]);
    expect(observer.total('ArchiveDrained')).toBe(25);
  });

  test('a line that the stream refuses stays, the others go, and nothing fails', async () => {
    const stream: ArchiveStream = {
      put: async (lines) =>
        lines.map((line) =>
          line === '{"id":"3"}' ? { ok: false, problem: 'ServiceUnavailable' } : { ok: true },
        ),
    };
    const { queue, drain } = await open(10, stream);
    expect(await drain()).toBe(9);
    expect(queue.bodies()).toEqual(['{"id":"3"}']);
  });

  test('an ill stream is asked once a tick', async () => {
    let calls = 0;
    const stream: ArchiveStream = {
      put: async (lines) => {
        calls += 1;
        return lines.map(() => ({ ok: false, problem: 'ServiceUnavailable' }));
      },
    };
    const { queue, drain } = await open(50, stream);
    expect(await drain()).toBe(0);
    expect(calls).toBe(1);
    expect(queue.bodies()).toHaveLength(50);
  });

  test.each([[-1], [0], [1]])('one tick moves at most its limit: %i beside it', async (beside) => {
    const most = drainCountMax * drainTakesMax;
    const { queue, drain } = await open(most + beside, memoryArchiveStream());
    expect(await drain()).toBe(Math.min(most, most + beside));
    expect(queue.bodies()).toHaveLength(Math.max(0, beside));
  });
});
