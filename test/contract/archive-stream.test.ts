import { firehoseArchiveStream } from '../../functions/adapters/firehose/archive-stream.ts';
import { memoryArchiveStream } from '../../functions/adapters/memory/archive-stream.ts';
import type { ArchiveStream } from '../../functions/usecases/ports/archive.ts';
import { openStream } from '../support/services.ts';
import { openSimulatedStream } from '../support/simulated-services.ts';
import { endpoint } from '../support/tables.ts';

interface Opened {
  readonly stream: ArchiveStream;
  /** Every line that has reached the archive, once there are `count`. */
  readonly kept: (count: number) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

const lineOf = (id: number, bytes = 0) => JSON.stringify({ id, data: 'A'.repeat(bytes) });

/** What every archive stream promises; each adapter's test calls it with its own. */
function archiveStreamContract(name: string, open: () => Promise<Opened>): void {
  describe(`archive stream: ${name}`, () => {
    let opened: Opened;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(async () => opened.close());

    test('every line is kept as a line of its own', async () => {
      const lines = ['{"id":1,"data":"甲烷"}', '{"id":2}'];
      expect(await opened.stream.put(lines)).toEqual([{ ok: true }, { ok: true }]);
      expect((await opened.kept(2)).toSorted()).toEqual(lines);
    });

    test('nothing put is nothing kept', async () => {
      expect(await opened.stream.put([])).toEqual([]);
    });

    test('more lines than one call takes go in several', async () => {
      const lines = Array.from({ length: 501 }, (_, id) => lineOf(id));
      expect((await opened.stream.put(lines)).every(({ ok }) => ok)).toBe(true);
      expect(new Set(await opened.kept(501))).toEqual(new Set(lines));
    });

    test('a batch of ten of the largest messages is taken', async () => {
      const lines = Array.from({ length: 10 }, (_, id) => lineOf(id, 175_000));
      expect((await opened.stream.put(lines)).every(({ ok }) => ok)).toBe(true);
    });
  });
}

archiveStreamContract('memory', async () => {
  const stream = memoryArchiveStream();
  return { stream, kept: async () => stream.lines, close: async () => undefined };
});

archiveStreamContract('simulated Firehose', async () => {
  const { client, name, lines, remove } = openSimulatedStream();
  return { stream: firehoseArchiveStream(client, name), kept: async () => lines, close: remove };
});

if (endpoint !== undefined) {
  archiveStreamContract('firehose', async () => {
    const { client, name, bucket, remove } = await openStream();
    const lines = async () =>
      [...(await bucket.objects()).values()].flatMap((content) =>
        content
          .toString('utf8')
          .split('\n')
          .filter((line) => line !== ''),
      );
    const kept = async (count: number) => {
      let found = await lines();
      for (let tries = 0; tries < 90 && found.length < count; tries += 1) {
        await new Promise((done) => setTimeout(done, 1_000));
        found = await lines();
      }
      return found;
    };
    return { stream: firehoseArchiveStream(client, name), kept, close: remove };
  });

  test('firehose: a stream that is not there refuses each line', async () => {
    const { client, name, remove } = await openStream();
    const outcomes = await firehoseArchiveStream(client, `${name}-gone`).put([lineOf(1), lineOf(2)]);
    expect(outcomes).toEqual([
      { ok: false, problem: 'ResourceNotFoundException' },
      { ok: false, problem: 'ResourceNotFoundException' },
    ]);
    await remove();
  });
}
