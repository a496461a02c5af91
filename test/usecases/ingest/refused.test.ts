import { instant } from '../../../functions/domain/time.ts';
import { registrationOf } from '../../support/registration.ts';
import { delivered, openWorld, pack, start } from '../../support/world.ts';

const device = registrationOf({ deviceId: 'dev-1' });
const other = registrationOf({ deviceId: 'dev-2' });

const from = (
  deviceId: string,
  seq: number,
  values: readonly (readonly [number, number])[],
  received = values.at(-1)?.[0] ?? 0,
) => delivered(deviceId, pack(deviceId, seq, values), received);

describe('what fails, fails alone', () => {
  const poison = () => delivered('dev-1', undefined, 0, { bytes: Buffer.from('{"not":') });

  test.each([0, 5, 9])(
    'bad input 38: a poison pill at position %i of ten is kept and the other nine are stored once',
    async (position) => {
      const devices = Array.from({ length: 9 }, (_, index) =>
        registrationOf({ deviceId: `dev-${index + 10}` }),
      );
      const world = openWorld([...devices, device]);
      const good = devices.map(({ deviceId }) => from(deviceId, 1, [[0, 1.2]]));
      const batch = good.toSpliced(position, 0, poison());
      expect((await world.ingest(batch)).size).toBe(10);
      expect(world.transitions).toHaveLength(9);
      expect(world.quarantine.objects.size).toBe(1);
      expect(world.observer.total('RecordsAccepted')).toBe(10);
      expect(world.observer.total('RecordsStored') + world.observer.total('RecordsQuarantined')).toBe(10);
    },
  );

  test('a device whose state cannot be written fails with its messages and no other does', async () => {
    const world = openWorld([device, other]);
    const { write } = world.deps.twins;
    Object.assign(world.deps.twins, {
      write: async (one: Parameters<typeof write>[0]) => {
        if (one.deviceId === device.deviceId) throw new Error('throttled');
        return write(one);
      },
    });
    const good = from('dev-2', 1, [[0, 0.4]]);
    expect(await world.ingest([from('dev-1', 1, [[0, 0.4]]), good])).toEqual(new Set([good.messageId]));
  });

  test('a message that neither the archive nor its queue takes is not done, and changes nothing', async () => {
    const world = openWorld([device]);
    const refuse = async (some: readonly unknown[]) =>
      some.map(() => ({ ok: false as const, problem: 'down' }));
    Object.assign(world.archiveStream, { put: refuse });
    Object.assign(world.archiveQueue, { send: refuse });
    expect((await world.ingest([from('dev-1', 1, [[0, 1.2]])])).size).toBe(0);
    expect(world.transitions).toEqual([]);
  });

  test('an alarm does not wait for the archive while its queue takes the message', async () => {
    const world = openWorld([device]);
    Object.assign(world.archiveStream, {
      put: async (some: readonly unknown[]) => some.map(() => ({ ok: false as const, problem: 'down' })),
    });
    expect((await world.ingest([from('dev-1', 1, [[0, 1.2]])])).size).toBe(1);
    expect(world.story()).toEqual(['raised orange firing']);
    expect(world.archiveQueue.bodies()).toHaveLength(1);
  });

  test('refused input whose copy cannot be kept is not done', async () => {
    const world = openWorld([device]);
    Object.assign(world.quarantine, {
      keep: async (some: readonly unknown[]) => some.map(() => ({ ok: false as const, problem: 'down' })),
    });
    expect((await world.ingest([poison()])).size).toBe(0);
  });
});

describe('bad input 42: dead letters that come back after 14 days', () => {
  const days = 14 * 86_400;

  test('count with their own receive time, raise late, and clear nothing', async () => {
    const world = openWorld([device]);
    const dead = [from('dev-1', 1, [[0, 1.2]]), from('dev-1', 2, [[10, 0.4]])];
    world.at(days);
    await world.ingest([from('dev-1', 3, [[days, 1.6]], days)]);
    expect((await world.ingest(dead)).size).toBe(2);
    const again = world.backlog.bodies().map((body, position) => ({
      messageId: `again-${position}`,
      body,
      sentAt: instant(start + days * 1000),
      queue: 'backlog' as const,
    }));
    for (const _ of ['first', 'second']) expect((await world.ingest(again)).size).toBe(2);
    expect(world.story()).toEqual(['raised red firing']);
    expect(world.observer.total('RecordsStored')).toBe(3);
    expect(world.observer.total('RecordsDuplicate')).toBe(2);
  });

  test('go to quarantine with their bytes when their envelope is none that this code reads', async () => {
    const world = openWorld([device]);
    world.at(days);
    const body = JSON.stringify({ format: 0, payload: 'older than this code' });
    const dead = { messageId: 'dead', body, sentAt: instant(start), queue: 'telemetry' as const };
    expect(await world.ingest([dead])).toEqual(new Set(['dead']));
    const [kept = ''] = world.quarantine.objects.values();
    expect(Buffer.from(JSON.parse(kept).data, 'base64').toString()).toBe(body);
  });
});

describe('identity', () => {
  test('bad input 21: a message in the name of another device is kept and raises a security alert', async () => {
    const world = openWorld([device, other]);
    const forged = delivered('dev-1', pack('dev-1', 1, [[0, 0.4]]), 0, { clientId: 'dev-2' });
    expect((await world.ingest([forged])).size).toBe(1);
    expect(world.transitions[0]).toMatchObject({
      change: 'raised',
      severity: 'orange',
      matter: { ruleId: 'security.identity-mismatch', kind: 'security' },
    });
    expect(world.state.twins.size).toBe(0);
    expect(world.quarantine.objects.size).toBe(1);
  });

  test('a flood of forged messages is one alert, and ten minutes of quiet end it', async () => {
    const world = openWorld([device, other]);
    for (let seconds = 0; seconds < 50; seconds += 1) {
      world.at(seconds);
      await world.ingest([
        delivered('dev-1', pack('dev-1', seconds, [[seconds, 0.4]]), seconds, { clientId: 'dev-2' }),
      ]);
    }
    expect(world.story()).toEqual(['raised orange firing']);
    world.at(49 + 601);
    await world.sweep();
    expect(world.story()).toEqual(['raised orange firing', 'recovered orange recovered']);
  });

  test('a device that nobody registered is refused, kept and reported', async () => {
    const world = openWorld([]);
    expect((await world.ingest([from('dev-9', 1, [[0, 1.2]])])).size).toBe(1);
    expect([...world.quarantine.objects.keys()][0]).toMatch(/^device-unregistered\//);
    expect(world.transitions[0]?.scope.area).toBe('-');
  });

  test('bad input 41: a body that no rule of ours wrote is kept as it came', async () => {
    const world = openWorld([device]);
    const foreign = { messageId: 'x', body: 'hello', sentAt: instant(start), queue: 'telemetry' as const };
    expect((await world.ingest([foreign])).size).toBe(1);
    const [kept = ''] = world.quarantine.objects.values();
    expect(Buffer.from(JSON.parse(kept).data, 'base64').toString()).toBe('hello');
  });
});
