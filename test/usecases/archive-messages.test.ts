import { memoryArchiveStream } from '../../functions/adapters/memory/archive-stream.ts';
import { memoryObserver } from '../../functions/adapters/memory/observer.ts';
import { memoryQueue } from '../../functions/adapters/memory/queue.ts';
import { instant } from '../../functions/domain/time.ts';
import { archiveLine, archiveMessages } from '../../functions/usecases/archive-messages.ts';
import type { ArchiveStream, BrokerMessage } from '../../functions/usecases/ports/archive.ts';
import type { Queue } from '../../functions/usecases/ports/messaging.ts';
import { testClock } from '../support/clock.ts';

const messages: BrokerMessage[] = ['a', 'b', 'c'].map((id) => ({
  id,
  topic: 'tocsin/v1/dev-1/senml',
  clientId: 'dev-1',
  principal: 'cert',
  receivedAt: instant(1_000),
  data: 'AP8BAg==',
}));

const refusing = (ids: readonly string[]): ArchiveStream => ({
  put: async (lines) =>
    lines.map((line) =>
      ids.some((id) => line.includes(`"id":"${id}"`))
        ? { ok: false, problem: 'ServiceUnavailable' }
        : { ok: true },
    ),
});
const deadQueue: Queue = { send: async (all) => all.map(() => ({ ok: false, problem: 'KmsDisabled' })) };
const queue = () => memoryQueue(testClock(0));

describe('the archive', () => {
  test('keeps one line a message, verbatim with the broker’s fields', async () => {
    const stream = memoryArchiveStream();
    const outcomes = await archiveMessages(stream, queue(), memoryObserver()).accept(messages);
    expect(outcomes).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(stream.lines.map((line) => JSON.parse(line))).toEqual(messages);
    expect(stream.lines.join('')).not.toContain('\n');
  });

  test('what the stream refuses waits in the queue, and the message is accepted', async () => {
    const waiting = queue();
    const observer = memoryObserver();
    const outcomes = await archiveMessages(refusing(['b']), waiting, observer).accept(messages);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(waiting.bodies()).toEqual(messages.slice(1, 2).map(archiveLine));
    expect(observer.total('ArchiveFallback')).toBe(1);
  });

  test('only a message that both refuse fails, alone', async () => {
    const outcomes = await archiveMessages(refusing(['b']), deadQueue, memoryObserver()).accept(messages);
    expect(outcomes).toEqual([{ ok: true }, { ok: false, problem: 'KmsDisabled' }, { ok: true }]);
  });
});
