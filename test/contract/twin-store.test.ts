import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamoTwinStore } from '../../functions/adapters/dynamo/twin-store.ts';
import { dynamoWatermarkStore } from '../../functions/adapters/dynamo/watermark-store.ts';
import { memoryState } from '../../functions/adapters/memory/state.ts';
import { memoryTwinStore } from '../../functions/adapters/memory/twin-store.ts';
import { memoryWatermarkStore } from '../../functions/adapters/memory/watermark-store.ts';
import { DeviceId } from '../../functions/domain/ids.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { type Instant, instant } from '../../functions/domain/time.ts';
import { readDeviceMax, type TwinStore } from '../../functions/usecases/ports/twins.ts';
import type { WatermarkStore } from '../../functions/usecases/ports/watermark.ts';
import { databases } from '../support/databases.ts';
import { registrationOf } from '../support/registration.ts';

interface Opened {
  readonly store: TwinStore;
  readonly watermark: WatermarkStore;
  readonly register: (registration: DeviceRegistration) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What every `TwinStore` promises; each adapter's test calls it with its own store. */
function twinStoreContract(name: string, open: () => Promise<Opened>): void {
  describe(`twin store: ${name}`, () => {
    let opened: Opened;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(async () => opened.close());

    const one = DeviceId.parse('dev-1');
    const two = DeviceId.parse('dev-2');
    const write = (deviceId: DeviceId, expectedVersion: number, dueAt?: Instant, byte = 7) =>
      opened.store.write({ deviceId, expectedVersion, bytes: Uint8Array.of(byte), dueAt });

    test('a device never seen has neither twin nor registration', async () => {
      const { devices, watermark } = await opened.store.read([one]);
      expect(devices.get(one)).toEqual({ twin: undefined, registration: undefined });
      expect(watermark).toBeUndefined();
    });

    test('twins, registrations and the watermark come in one read', async () => {
      const registration = registrationOf({ deviceId: 'dev-1' });
      await opened.register(registration);
      await write(one, 0, instant(5_000));
      await write(two, 0);
      await opened.watermark.update(() => ({ firstDueAt: instant(0), until: instant(10_000), early: [] }));
      const { devices, watermark } = await opened.store.read([one, two, one]);
      expect(devices.get(one)).toEqual({
        twin: { version: 1, bytes: Uint8Array.of(7), dueAt: 5_000 },
        registration,
      });
      expect(devices.get(two)).toMatchObject({ twin: { version: 1 }, registration: undefined });
      expect(watermark).toBe(10_000);
    });

    test.each([
      [readDeviceMax - 1, true],
      [readDeviceMax, true],
      [readDeviceMax + 1, false],
    ])('of %d devices one read takes them: %p', async (count, isTaken) => {
      const ids = Array.from({ length: count }, (_, i) => DeviceId.parse(`dev-${i}`));
      const reading = opened.store.read(ids);
      if (isTaken) expect((await reading).devices.size).toBe(count);
      else await expect(reading).rejects.toThrow(`one read takes ${readDeviceMax} devices, not ${count}`);
    });

    test('of two writers on one version the second is told', async () => {
      expect(await write(one, 0)).toBe('committed');
      expect(await write(one, 0)).toBe('conflict');
      expect(await write(one, 1, undefined, 8)).toBe('committed');
      expect(await write(one, 1, undefined, 9)).toBe('conflict');
      expect((await opened.store.read([one])).devices.get(one)?.twin).toMatchObject({ version: 2 });
      expect((await opened.store.read([one])).devices.get(one)?.twin?.bytes).toEqual(Uint8Array.of(8));
    });

    test('the index names what is due at that instant or before, and forgets what has no deadline', async () => {
      await write(one, 0, instant(5_000));
      await write(two, 0, instant(5_001));
      expect(await opened.store.due(instant(4_999))).toEqual([]);
      expect(await opened.store.due(instant(5_000))).toEqual([{ kind: 'device', deviceId: one }]);
      expect(await opened.store.due(instant(5_001))).toHaveLength(2);
      await write(one, 1, undefined);
      expect(await opened.store.due(instant(9_000))).toEqual([{ kind: 'device', deviceId: two }]);
    });
  });
}

twinStoreContract('memory', async () => {
  const state = memoryState();
  const watermark = memoryWatermarkStore();
  return {
    store: memoryTwinStore(state, async () => (await watermark.read())?.until),
    watermark,
    register: async (registration) => {
      state.registrations.set(registration.deviceId, registration);
    },
    close: async () => undefined,
  };
});

for (const { name, open } of databases)
  twinStoreContract(name, async () => {
    const { client, twins, records, remove } = await open();
    return {
      store: dynamoTwinStore(client, { twins, records }),
      watermark: dynamoWatermarkStore(client, twins),
      register: async (registration) => {
        const Item = {
          pk: { S: `DEV#${registration.deviceId}` },
          sk: { S: 'DEV' },
          version: { N: String(registration.version) },
          doc: { S: JSON.stringify(registration) },
        };
        await client.send(new PutItemCommand({ TableName: records, Item }));
      },
      close: remove,
    };
  });
