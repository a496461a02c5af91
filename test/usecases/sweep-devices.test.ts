import { instant, seconds } from '../../functions/domain/time.ts';
import { registrationOf } from '../support/registration.ts';
import { delivered, openWorld, pack, start, type World } from '../support/world.ts';

const device = registrationOf({ deviceId: 'dev-1' });

const normal = (world: World, seq: number, at: number) => {
  world.at(at);
  return world.ingest([delivered('dev-1', pack('dev-1', seq, [[at, 0.4]]), at)]);
};

const watched = (world: World, until: number) =>
  world.watermark.update(() => ({
    firstDueAt: instant(start),
    until: instant(start + until * 1000),
    early: [],
  }));

describe('silence', () => {
  test('semantics 12: a sensor is silent once the watermark has passed its last sign of life by silent.after, not before', async () => {
    const world = openWorld([device]);
    await normal(world, 1, 0);
    world.at(31);
    await watched(world, 30);
    await world.sweep();
    expect(world.story()).toEqual([]);
    world.at(36);
    await watched(world, 35);
    await world.sweep();
    expect(world.story()).toEqual(['raised orange stale']);
  });

  test('semantics 13: while our own telemetry is delayed nobody is called silent', async () => {
    const world = openWorld([device]);
    await normal(world, 1, 0);
    await watched(world, 60);
    world.at(300);
    await world.sweep();
    expect(world.story()).toEqual([]);
    await watched(world, 295);
    world.at(311);
    await world.sweep();
    expect(world.story()).toEqual(['raised orange stale']);
  });

  test('a device that waits for the watermark is looked at again later, not at every tick', async () => {
    const world = openWorld([device]);
    await normal(world, 1, 0);
    world.at(300);
    await world.sweep();
    const dueAt = world.state.twins.get(device.deviceId)?.dueAt ?? 0;
    expect(dueAt).toBe(start + 310_000);
  });

  test('a device that reports again leaves stale, and recovers through good readings only', async () => {
    const world = openWorld([device]);
    await normal(world, 1, 0);
    world.at(36);
    await watched(world, 35);
    await world.sweep();
    await normal(world, 2, 40);
    await normal(world, 3, 45);
    await normal(world, 4, 50);
    expect(world.story()).toEqual(['raised orange stale', 'recovered orange recovered']);
  });
});

describe('the stored deadline', () => {
  test('moves only once less than half of it is left', async () => {
    const world = openWorld([device]);
    await normal(world, 1, 0);
    const dueAt = () => world.state.twins.get(device.deviceId)?.dueAt;
    const first = dueAt();
    await normal(world, 2, 5);
    expect(dueAt()).toBe(first);
    await normal(world, 3, 20);
    expect(dueAt()).toBeGreaterThan(first ?? 0);
  });

  test('that comes early costs one look and moves on', async () => {
    const world = openWorld([device]);
    await normal(world, 1, 0);
    await normal(world, 2, 5);
    world.at(33);
    await watched(world, 30);
    await world.sweep();
    expect(world.story()).toEqual([]);
    expect(world.state.twins.get(device.deviceId)?.dueAt).toBeGreaterThan(start + seconds(33));
  });
});

test('a twin that newer code has written is left alone', async () => {
  const world = openWorld([device]);
  world.state.twins.set(device.deviceId, { version: 1, bytes: Uint8Array.of(99), dueAt: instant(start) });
  world.at(60);
  await world.sweep();
  const message = delivered('dev-1', pack('dev-1', 1, [[60, 1.2]]), 60);
  expect((await world.ingest([message])).size).toBe(0);
  expect(world.state.twins.get(device.deviceId)).toMatchObject({ version: 1 });
});
