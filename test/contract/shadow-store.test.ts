import { jest } from '@jest/globals';
import { dynamoShadowStore } from '../../functions/adapters/dynamo/shadow-store.ts';
import { memoryShadowStore } from '../../functions/adapters/memory/shadow-store.ts';
import { DeviceId } from '../../functions/domain/ids.ts';
import { instant } from '../../functions/domain/time.ts';
import type { ShadowStore, StoredDifference } from '../../functions/usecases/ports/shadow.ts';
import { databases } from '../support/databases.ts';
import { contractTimeoutMs } from '../support/services.ts';

jest.setTimeout(contractTimeoutMs);

const t0 = instant(1_700_000_000_000);
const deviceId = DeviceId.parse('dev-1');

const difference = (given: Partial<StoredDifference> = {}): StoredDifference => ({
  ruleId: 'gas.methane',
  sensorId: 'ch4',
  kind: 'added',
  live: undefined,
  candidate: 'orange',
  deviceId,
  since: t0,
  until: undefined,
  ...given,
});

/** What every `ShadowStore` promises; each adapter's test calls it with its own store. */
function shadowStoreContract(
  name: string,
  open: () => Promise<{ store: ShadowStore; close: () => Promise<void> }>,
): void {
  describe(`shadow store: ${name}`, () => {
    let store: ShadowStore;
    let close: () => Promise<void>;
    beforeEach(async () => ({ store, close } = await open()));
    afterEach(async () => close());

    const write = (expectedVersion: number) => ({
      deviceId,
      expectedVersion,
      book: 'candidate',
      bytes: Uint8Array.of(1, 2, 250),
      open: [difference()],
      now: t0,
    });

    test('a device that was never followed has no state', async () => {
      expect(await store.read(deviceId)).toBeUndefined();
    });

    test('a state is read as it was written, with what stands', async () => {
      expect(await store.write(write(0))).toBe('committed');
      const read = await store.read(deviceId);
      expect({ ...read, bytes: [...(read?.bytes ?? [])] }).toEqual({
        version: 1,
        book: 'candidate',
        bytes: [1, 2, 250],
        open: [difference()],
      });
    });

    test('of two that write the same version the second is told', async () => {
      await store.write(write(0));
      expect(await store.write(write(0))).toBe('conflict');
      expect(await store.write(write(1))).toBe('committed');
    });

    test('differences are listed newest first, each once, as it was noted last, and by their book', async () => {
      const later = difference({
        since: instant(t0 + 1),
        kind: 'removed',
        live: 'red',
        candidate: undefined,
      });
      await store.note('candidate', difference(), t0);
      await store.note('candidate', later, t0);
      await store.note('candidate', difference({ until: instant(t0 + 5) }), t0);
      await store.note('another', difference(), t0);
      expect(await store.list('candidate', 10)).toEqual([later, difference({ until: instant(t0 + 5) })]);
      expect(await store.list('candidate', 1)).toEqual([later]);
    });
  });
}

shadowStoreContract('memory', async () => ({ store: memoryShadowStore(), close: async () => undefined }));

for (const { name, open } of databases)
  shadowStoreContract(name, async () => {
    const { client, twins, records, remove } = await open();
    return { store: dynamoShadowStore(client, { twins, records }), close: remove };
  });
