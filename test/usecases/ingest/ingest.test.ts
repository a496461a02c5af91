import { acknowledge } from '../../../functions/domain/alerts/handling.ts';
import { instant } from '../../../functions/domain/time.ts';
import { ingestBatch, passMax } from '../../../functions/usecases/ingest/batch.ts';
import type { TwinStore } from '../../../functions/usecases/ports/twins.ts';
import { registrationOf } from '../../support/registration.ts';
import { delivered, openWorld, pack, start } from '../../support/world.ts';

const device = registrationOf({ deviceId: 'dev-1' });
/** Calls of `ingest` at a time in a small deployment. */
const telemetryConcurrencyOfATown = 5;

const from = (
  deviceId: string,
  seq: number,
  values: readonly (readonly [number, number])[],
  received = values.at(-1)?.[0] ?? 0,
) => delivered(deviceId, pack(deviceId, seq, values), received);

describe('a message that changes nothing', () => {
  test('is one write of its device and no transaction', async () => {
    const world = openWorld([device]);
    const message = from('dev-1', 1, [[0, 0.4]]);
    expect(await world.ingest([message])).toEqual(new Set([message.messageId]));
    expect(world.state.twins.get(device.deviceId)?.version).toBe(1);
    expect(world.transitions).toEqual([]);
  });

  test('shares its write with the other messages of its device in the batch', async () => {
    const world = openWorld([device]);
    const batch = [from('dev-1', 1, [[0, 0.4]]), from('dev-1', 2, [[5, 0.4]]), from('dev-1', 3, [[10, 0.4]])];
    world.at(10);
    expect((await world.ingest(batch)).size).toBe(3);
    expect(world.state.twins.get(device.deviceId)?.version).toBe(1);
  });
});

describe('a breach', () => {
  test('raises an alert with its rule, its place and its decision record', async () => {
    const world = openWorld([device]);
    await world.ingest([from('dev-1', 1, [[0, 1.2]])]);
    expect(world.story()).toEqual(['raised orange firing']);
    expect(world.transitions[0]).toMatchObject({
      version: 1,
      matter: {
        ruleId: 'coal-mine.methane.coal-face',
        advice: { en: 'ch4 reads 1.2 %vol (limit 1): withdraw people' },
      },
      subject: { kind: 'sensor', id: 'dev-1/ch4' },
      scope: { area: '220104', enterpriseId: 'ent-1', sourceId: 'face-1', trade: 'coal-mine' },
      phenomenonAt: start,
      value: 1.2,
    });
    expect(world.transitions[0]?.because).toContain('"limits"');
  });

  test('follows the world up, down and out as transitions of one alert', async () => {
    const world = openWorld([device]);
    const series: [number, number][] = [
      [0, 1.2],
      [5, 1.6],
      [10, 0.8],
      [15, 0.8],
      [20, 0.8],
    ];
    for (const [index, [seconds, value]] of series.entries()) {
      world.at(seconds);
      await world.ingest([from('dev-1', index + 1, [[seconds, value]])]);
    }
    expect(world.story()).toEqual([
      'raised orange firing',
      'severity-up red firing',
      'recovered red recovered',
    ]);
    expect(new Set(world.transitions.map(({ alertId }) => alertId)).size).toBe(1);
    expect(world.transitions.map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  test('after a recovery that nobody has handled is an occurrence of the same alert', async () => {
    const world = openWorld([device]);
    const series: [number, number][] = [
      [0, 1.2],
      [5, 0.5],
      [15, 0.5],
      [20, 1.3],
    ];
    for (const [index, [seconds, value]] of series.entries()) {
      world.at(seconds);
      await world.ingest([from('dev-1', index + 1, [[seconds, value]])]);
    }
    expect(world.story()).toEqual([
      'raised orange firing',
      'recovered orange recovered',
      'occurrence orange firing',
    ]);
  });

  test('that meets an acknowledgement on its way is renumbered and loses nothing', async () => {
    const world = openWorld([device]);
    await world.ingest([from('dev-1', 1, [[0, 1.2]])]);
    const [first] = [...world.state.alerts.values()];
    if (first === undefined) throw new Error('no alert');
    const acked = acknowledge(first, { by: 'iss|lin', at: instant(start + 1_000) });
    if (!acked.ok) throw new Error(acked.problem);
    await world.alerts.commit({
      alerts: [{ before: first, after: acked.alert, transitions: [acked.transition] }],
    });
    world.at(5);
    await world.ingest([from('dev-1', 2, [[5, 1.7]])]);
    expect(world.transitions.map(({ version, change }) => `${version} ${change}`)).toEqual([
      '1 raised',
      '2 acknowledged',
      '3 severity-up',
    ]);
  });
});

describe('duplicates and races', () => {
  test('bad input 22: the same message a thousand times has one effect', async () => {
    const world = openWorld([device]);
    const message = from('dev-1', 1, [[0, 1.2]]);
    for (let round = 0; round < 100; round += 1) {
      const copies = Array.from({ length: 10 }, (_, copy) => ({
        ...message,
        messageId: `copy-${round}-${copy}`,
      }));
      expect((await world.ingest(copies)).size).toBe(10);
    }
    expect(world.story()).toEqual(['raised orange firing']);
    expect(world.observer.total('RecordsDuplicate')).toBe(999);
  });

  test('bad input 40: two workers on one message have one effect', async () => {
    const world = openWorld([device]);
    const message = from('dev-1', 1, [[0, 1.2]]);
    const answers = await Promise.all([world.ingest([message]), world.ingest([message])]);
    expect(answers.map(({ size }) => size)).toEqual([1, 1]);
    expect(world.story()).toEqual(['raised orange firing']);
  });

  test('a device that comes back with all it kept, in as many batches as are taken at once, waits for no redelivery', async () => {
    const world = openWorld([device]);
    world.at(600);
    const kept = Array.from({ length: telemetryConcurrencyOfATown * 10 }, (_, index) =>
      from('dev-1', index + 1, [[index * 10, index % 2 === 0 ? 1.2 : 0.4]], 600),
    );
    const batches = Array.from({ length: telemetryConcurrencyOfATown }, (_, worker) =>
      kept.filter((_, index) => index % telemetryConcurrencyOfATown === worker),
    );
    const answers = await Promise.all(batches.map((batch) => world.ingest(batch)));
    expect(answers.map(({ size }) => size)).toEqual(batches.map(({ length }) => length));
  });

  test.each([
    [passMax - 1, 1],
    [passMax, 0],
  ])(
    'after %i lost races in a row %i messages are done; the others come again',
    async (lostCount, doneCount) => {
      const world = openWorld([device]);
      const { twins } = world.deps;
      let lost = 0;
      const busy: TwinStore = {
        ...twins,
        write: (write) => {
          lost += 1;
          return lost <= lostCount ? Promise.resolve('conflict') : twins.write(write);
        },
      };
      const done = await ingestBatch({ ...world.deps, twins: busy })([from('dev-1', 1, [[0, 0.4]])]);
      expect(done.size).toBe(doneCount);
    },
  );

  test('a first read that misses the last write is found out by the version, and nothing is doubled', async () => {
    const world = openWorld([device]);
    const { twins } = world.deps;
    const reads: string[] = [];
    const lagging: TwinStore = {
      ...twins,
      read: async (deviceIds, how = 'newest') => {
        reads.push(how);
        const fleet = await twins.read(deviceIds);
        if (how === 'newest') return fleet;
        const devices = [...fleet.devices].map(([id, items]) => [id, { ...items, twin: undefined }] as const);
        return { ...fleet, devices: new Map(devices) };
      },
    };
    const ingest = ingestBatch({ ...world.deps, twins: lagging });
    for (const message of [from('dev-1', 1, [[0, 1.2]]), from('dev-1', 2, [[10, 1.6]])])
      expect(await ingest([message])).toEqual(new Set([message.messageId]));
    expect(reads).toEqual(['recent', 'recent', 'newest']);
    expect(world.story()).toEqual(['raised orange firing', 'severity-up red firing']);
  });

  test('bad input 39: a worker that dies after its commit leaves one effect when the message comes again', async () => {
    const world = openWorld([device]);
    const message = from('dev-1', 1, [[0, 1.2]]);
    await world.ingest([message]);
    expect(await world.ingest([{ ...message, messageId: 'again' }])).toEqual(new Set(['again']));
    expect(world.story()).toEqual(['raised orange firing']);
  });

  test('bad input 23: one sequence number with other bytes is kept, reported and still raises', async () => {
    const world = openWorld([device]);
    await world.ingest([from('dev-1', 1, [[0, 0.4]])]);
    world.at(5);
    await world.ingest([from('dev-1', 1, [[5, 1.2]])]);
    expect(world.transitions.map(({ matter }) => matter.ruleId)).toEqual([
      'data.conflict',
      'coal-mine.methane.coal-face',
    ]);
    expect([...world.quarantine.objects.keys()][0]).toMatch(/^conflict\//);
  });
});

describe('order', () => {
  test('messages of one device in one batch are taken in the order in which they were sent', async () => {
    const world = openWorld([device]);
    world.at(20);
    const sent = [from('dev-1', 1, [[0, 1.2]]), from('dev-1', 2, [[5, 0.5]]), from('dev-1', 3, [[16, 0.5]])];
    await world.ingest([2, 0, 1].flatMap((index) => sent[index] ?? []));
    expect(world.story()).toEqual(['raised orange firing', 'recovered orange recovered']);
  });

  test('a message older than a minute is put aside for the backlog queue, which takes it at any age', async () => {
    const world = openWorld([device]);
    const message = from('dev-1', 1, [[0, 1.2]]);
    world.at(60);
    await world.ingest([from('dev-1', 2, [[59, 0.4]], 60)]);
    world.at(61);
    expect(await world.ingest([message])).toEqual(new Set([message.messageId]));
    expect(world.transitions).toEqual([]);
    const [body = ''] = world.backlog.bodies();
    await world.ingest([{ messageId: 'late', body, sentAt: instant(start + 61_000), queue: 'backlog' }]);
    expect(world.transitions[0]).toMatchObject({ change: 'raised', severity: 'orange', marks: ['late'] });
  });
});
