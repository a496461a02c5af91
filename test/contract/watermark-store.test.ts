import { jest } from '@jest/globals';
import { dynamoWatermarkStore, watermarkRaceMax } from '../../functions/adapters/dynamo/watermark-store.ts';
import { memoryWatermarkStore } from '../../functions/adapters/memory/watermark-store.ts';
import { instant } from '../../functions/domain/time.ts';
import { arrive, beginWatermark, canaryEvery } from '../../functions/domain/watermark.ts';
import type { WatermarkStore } from '../../functions/usecases/ports/watermark.ts';
import { databases } from '../support/databases.ts';
import { contractTimeoutMs } from '../support/services.ts';

jest.setTimeout(contractTimeoutMs);

const t0 = instant(1_000_000_000);
const nth = (count: number) => instant(t0 + count * canaryEvery);

/** What every `WatermarkStore` promises; each adapter's test calls it with its own store. */
function watermarkStoreContract(
  name: string,
  open: () => Promise<{ store: WatermarkStore; close: () => Promise<void> }>,
): void {
  describe(`watermark store: ${name}`, () => {
    let store: WatermarkStore;
    let close: () => Promise<void>;
    beforeEach(async () => ({ store, close } = await open()));
    afterEach(async () => close());

    test('a watermark never written is absent', async () => {
      expect(await store.read()).toBeUndefined();
    });

    test('what was written reads back the same', async () => {
      const written = { firstDueAt: t0, until: nth(3), early: [nth(5), nth(9)] };
      expect(await store.update(() => written)).toEqual(written);
      expect(await store.read()).toEqual(written);
      const begun = beginWatermark(nth(100));
      await store.update(() => begun);
      expect(await store.read()).toEqual(begun);
    });

    test('each change sees what the one before it wrote', async () => {
      await store.update(() => beginWatermark(t0));
      await store.update((before) => ({ ...(before ?? beginWatermark(t0)), until: nth(1) }));
      expect(await store.read()).toEqual({ firstDueAt: t0, until: nth(1), early: [] });
    });

    test('a change that gives back its argument, or nothing, writes nothing', async () => {
      expect(await store.update((before) => before)).toBeUndefined();
      const begun = beginWatermark(t0);
      await store.update(() => begun);
      expect(await store.update((before) => before)).toEqual(begun);
      expect(await store.read()).toEqual(begun);
    });

    test('of writers at once none is lost', async () => {
      const counts = Array.from({ length: Math.min(5, watermarkRaceMax) }, (_, count) => count);
      await store.update(() => beginWatermark(t0));
      await Promise.all(
        counts.map((count) => store.update((before) => arrive(before, nth(count), nth(9)).after)),
      );
      expect((await store.read())?.until).toBe(nth(counts.length - 1));
    });
  });
}

watermarkStoreContract('memory', async () => ({
  store: memoryWatermarkStore(),
  close: async () => undefined,
}));

for (const { name, open } of databases) {
  watermarkStoreContract(name, async () => {
    const { client, twins, remove } = await open();
    return { store: dynamoWatermarkStore(client, twins), close: remove };
  });
}
