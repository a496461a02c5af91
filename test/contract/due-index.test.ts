import { dueShardOf } from '../../functions/adapters/dynamo/keys.ts';
import { duePerShardMax, dynamoTwinStore } from '../../functions/adapters/dynamo/twin-store.ts';
import { DeviceId } from '../../functions/domain/ids.ts';
import { instant } from '../../functions/domain/time.ts';
import { databases } from '../support/databases.ts';

/** So many devices whose deadlines lie in one shard. */
function neighbours(count: number): readonly DeviceId[] {
  const shardOf = (id: DeviceId): string => dueShardOf(`DEV#${id}`);
  const shard = shardOf(DeviceId.parse('dev-0'));
  const found: DeviceId[] = [];
  for (let i = 0; found.length < count; i++) {
    const id = DeviceId.parse(`dev-${i}`);
    if (shardOf(id) === shard) found.push(id);
  }
  return found;
}

describe.each(databases)('the index of deadlines: $name', ({ open }) => {
  test.each([
    [duePerShardMax - 1, duePerShardMax - 1],
    [duePerShardMax, duePerShardMax],
    [duePerShardMax + 1, duePerShardMax],
  ])(
    'of %d that are due in one shard a tick takes the first %d, and the next tick the rest',
    async (count, taken) => {
      const { client, twins, records, remove } = await open();
      try {
        const store = dynamoTwinStore(client, { twins, records });
        const ids = neighbours(count);
        await Promise.all(
          ids.map((deviceId, i) =>
            store.write({ deviceId, expectedVersion: 0, bytes: Uint8Array.of(7), dueAt: instant(1_000 + i) }),
          ),
        );
        const due = await store.due(instant(9_000));
        expect(due).toEqual(ids.slice(0, taken).map((deviceId) => ({ kind: 'device', deviceId })));
        await Promise.all(
          ids
            .slice(0, taken)
            .map((deviceId) =>
              store.write({ deviceId, expectedVersion: 1, bytes: Uint8Array.of(8), dueAt: undefined }),
            ),
        );
        expect(await store.due(instant(9_000))).toHaveLength(count - taken);
      } finally {
        await remove();
      }
    },
  );
});
