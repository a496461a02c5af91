import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { jest } from '@jest/globals';
import { dynamoTickStore, tickMarkerFor } from '../../functions/adapters/dynamo/ticks-store.ts';
import { memoryTickStore } from '../../functions/adapters/memory/ticks-store.ts';
import { instant } from '../../functions/domain/time.ts';
import type { TickStore } from '../../functions/usecases/ports/ticks.ts';
import { databases } from '../support/databases.ts';
import { contractTimeoutMs } from '../support/services.ts';

jest.setTimeout(contractTimeoutMs);

const t0 = instant(1_000_000_000);
const instants = Array.from({ length: 100 }, (_, step) => instant(t0 + step * 5_000));

/** What every `TickStore` promises; each adapter's test calls it with its own store. */
function tickStoreContract(
  name: string,
  open: () => Promise<{ store: TickStore; close: () => Promise<void> }>,
): void {
  describe(`tick store: ${name}`, () => {
    let store: TickStore;
    let close: () => Promise<void>;
    beforeEach(async () => ({ store, close } = await open()));
    afterEach(async () => close());

    test('a tick that was never marked is not done', async () => {
      expect(await store.done(instants)).toEqual(new Set());
    });

    test('nothing asked is nothing answered', async () => {
      expect(await store.done([])).toEqual(new Set());
    });

    test('of a hundred instants those that were marked are done, asked once or twice', async () => {
      const marked = instants.filter((_, step) => step % 3 === 0);
      for (const at of marked) expect(await store.mark(at, t0)).toBe('marked');
      expect(await store.done(instants)).toEqual(new Set(marked));
      expect(await store.done([t0, t0])).toEqual(new Set([t0]));
    });

    test('the second to mark a tick is told', async () => {
      expect(await store.mark(t0, t0)).toBe('marked');
      expect(await store.mark(t0, t0)).toBe('already-marked');
    });

    test('of several that mark at once one is the first', async () => {
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => store.mark(t0, t0)));
      expect(outcomes.filter((outcome) => outcome === 'marked')).toHaveLength(1);
    });
  });
}

tickStoreContract('memory', async () => ({ store: memoryTickStore(), close: async () => undefined }));

for (const { name, open } of databases) {
  tickStoreContract(name, async () => {
    const { client, twins, remove } = await open();
    return { store: dynamoTickStore(client, twins), close: remove };
  });

  test(`${name}: a marker in the table vanishes by itself, a day later at the earliest`, async () => {
    const { client, twins, remove } = await open();
    await dynamoTickStore(client, twins).mark(t0, instant(t0 + 1));
    const { Item } = await client.send(
      new GetItemCommand({ TableName: twins, Key: { id: { S: `TICK#${t0}` } } }),
    );
    await remove();
    expect(Item?.['expiresAt']?.N).toBe(String((t0 + tickMarkerFor) / 1000 + 1));
  });
}
