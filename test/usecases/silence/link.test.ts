import { AdapterError } from '../../../functions/adapters/adapter-error.ts';
import { registrationOf } from '../../support/registration.ts';
import { sensorsOf, silenceWorld } from '../../support/silence-world.ts';

const down = () => Promise.reject(new AdapterError('down', { cause: undefined, retryable: true }));
const rule = 'coal-mine.methane.coal-face';
const nameOf = (i: number) => `dev-${i + 1}`;

/** `total` devices that have spoken at 0; all but the first `silent` speak again, and a tick finds the others. */
async function outage(
  silent: number,
  total: number,
  given: Parameters<typeof silenceWorld>[1] & {
    readonly sensors?: number;
    readonly sourceOf?: (i: number) => Readonly<Record<string, unknown>>;
  } = {},
) {
  const sensors = sensorsOf(given.sensors ?? 1);
  const names = sensors.map(({ sensorId }) => sensorId);
  const devices = Array.from({ length: total }, (_, i) =>
    registrationOf({ deviceId: nameOf(i), sensors, source: given.sourceOf?.(i) ?? {} }),
  );
  const world = silenceWorld(devices, given);
  for (let i = 0; i < total; i += 1) await world.says(nameOf(i), names, 0);
  for (let i = silent; i < total; i += 1) await world.says(nameOf(i), names, 20);
  await world.tick(35);
  return { ...world, names };
}

describe('design 5: a mass silence', () => {
  test('twelve devices of two sensors within a minute are one notification', async () => {
    const world = await outage(12, 20, { sensors: 2 });
    expect(world.published.map(({ attributes }) => attributes['severity'])).toEqual(['orange']);
    expect(world.heard()).toEqual(['enterprise/ent-1 first']);
    const [link] = world.alertsOf('data.link');
    const devices = world.alertsOf('data.device-silent');
    expect(devices).toHaveLength(12);
    for (const device of devices) expect(device).toMatchObject({ condition: 'firing', cause: link?.alertId });
    expect(world.alertsOf(rule)).toHaveLength(24);
  });

  test('of devices with a single sensor is one notification as well', async () => {
    const world = await outage(12, 12);
    expect(world.heard()).toEqual(['enterprise/ent-1 first']);
    expect(world.alertsOf(rule)).toHaveLength(12);
  });

  test.each([
    [9, 9, 9],
    [10, 10, 1],
    [12, 40, 12],
    [12, 39, 1],
    [12, 41, 12],
  ])('%d of %d devices are %d notifications', async (silent, total, heard) => {
    const world = await outage(silent, total);
    expect(world.heard()).toHaveLength(heard);
  });

  test('of several enterprises in one area is heard by all that hear of the devices', async () => {
    const world = await outage(12, 12, {
      sourceOf: (i) => ({ enterpriseId: `ent-${i % 4}`, area: i % 2 === 0 ? '220104' : '220105' }),
    });
    expect(world.heard()).toEqual(['area/2201 first']);
    const attributes = world.published[0]?.attributes ?? {};
    expect(JSON.parse(attributes['area'] ?? '')).toEqual(expect.arrayContaining(['220104', '220105']));
    expect(JSON.parse(attributes['enterpriseId'] ?? '')).toEqual(
      expect.arrayContaining(['ent-0', 'ent-1', 'ent-2', 'ent-3']),
    );
  });

  test('fails open: when the devices of a scope cannot be counted each device notifies', async () => {
    const world = await outage(12, 12, { countDevices: down, sensors: 2 });
    expect(world.heard()).toEqual(Array.from({ length: 12 }, (_, i) => `${nameOf(i)} first`));
  });

  test('fails open: when its alert cannot be read each child notifies', async () => {
    const world = await outage(12, 12, { alertOf: down, sensors: 2 });
    expect(world.heard()).toHaveLength(1 + 12 + 24);
  });

  test('semantics 13: while our own telemetry is delayed there is none', async () => {
    const world = await outage(0, 12);
    world.at(600);
    await world.sweep();
    expect(world.transitions).toEqual([]);
  });

  test('semantics 21: ends when devices are back, and who still is silent notifies then', async () => {
    const world = await outage(12, 12, { sensors: 2 });
    for (let at = 40; at <= 400; at += 5) {
      for (let i = 1; i < 12; i += 1) await world.says(nameOf(i), world.names, at);
      await world.tick(at);
    }
    expect(world.alertsOf('data.link')).toMatchObject([{ condition: 'recovered' }]);
    const heard = world.heard();
    expect(heard).toContain('enterprise/ent-1 recovered');
    expect(heard.filter((one) => one.endsWith('inhibition-ended'))).toEqual(['dev-1 inhibition-ended']);
  });

  test('does not end while its devices stay silent', async () => {
    const world = await outage(12, 12);
    for (let at = 40; at <= 2_000; at += 10) await world.tick(at);
    expect(world.heard()).toEqual(['enterprise/ent-1 first']);
  });

  test('a device that spoke after it was raised is a matter of its own', async () => {
    const world = await outage(12, 13);
    await world.says('dev-13', world.names, 60);
    for (let at = 95; at <= 100; at += 5) await world.tick(at);
    expect(world.heard()).toEqual(['enterprise/ent-1 first', 'dev-13/ch4-1 first']);
  });
});
