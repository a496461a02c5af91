import { AdapterError } from '../../../functions/adapters/adapter-error.ts';
import type { Rule } from '../../../functions/domain/rules/book.ts';
import { methaneBook, methaneRule } from '../../support/methane-rule.ts';
import { registrationOf } from '../../support/registration.ts';
import { sensorsOf, silenceWorld } from '../../support/silence-world.ts';

const down = () => Promise.reject(new AdapterError('down', { cause: undefined, retryable: true }));
const two = sensorsOf(2);
const names = two.map(({ sensorId }) => sensorId);

/** Silent after three periods: 15 s, of `patient` sensors 3 min. */
const byPeriod: Rule = { ...methaneRule, silent: { severity: 'orange' } };
const book = { ...methaneBook, rules: [byPeriod] };
const patient = two.map((sensor) => ({ ...sensor, period: 60_000 }));

interface Behind {
  readonly sensors?: readonly Readonly<Record<string, unknown>>[];
  readonly status?: 'active' | 'revoked';
  readonly source?: Readonly<Record<string, unknown>>;
}

/** A device behind `gatewayId`, or behind none. */
const device = (deviceId: string, gatewayId: string | undefined, { sensors = two, ...more }: Behind = {}) =>
  registrationOf({ deviceId, sensors, ...more, ...(gatewayId === undefined ? {} : { gatewayId }) });

type World = ReturnType<typeof silenceWorld>;

/** Everybody speaks at 0, those of `alive` again at 20, and a tick at 35 finds the others. */
async function outage(
  devices: readonly ReturnType<typeof device>[],
  alive: readonly string[] = [],
  given: Parameters<typeof silenceWorld>[1] = {},
): Promise<World> {
  const world = silenceWorld(devices, given);
  const speak = async (ids: readonly string[], at: number) => {
    for (const one of devices)
      if (ids.includes(one.deviceId) && one.status === 'active')
        await world.says(
          one.deviceId,
          one.sensors.map(({ sensorId }) => sensorId),
          at,
        );
  };
  await speak(
    devices.map(({ deviceId }) => deviceId),
    0,
  );
  await speak(alive, 20);
  await world.tick(35);
  return world;
}

const three = ['dev-1', 'dev-2', 'dev-3'].map((id) => device(id, 'gw-1'));

describe('semantics 12: the silence of a gateway', () => {
  test('three devices behind one gateway are one notification, which names them', async () => {
    const world = await outage([...three, device('dev-4', 'gw-2')], ['dev-4']);
    expect(world.heard()).toEqual(['gateway/ent-1/gw-1 first']);
    const [gateway] = world.alertsOf('data.gateway-silent');
    expect(gateway).toMatchObject({
      subject: { kind: 'gateway', id: 'gateway/ent-1/gw-1' },
      condition: 'firing',
      severity: 'orange',
      matter: { kind: 'risk', advice: { en: expect.stringContaining('Behind it: dev-1, dev-2, dev-3') } },
    });
    const devices = world.alertsOf('data.device-silent');
    expect(devices.map(({ subject }) => subject.id)).toEqual(['dev-1', 'dev-2', 'dev-3']);
    for (const one of devices) expect(one).toMatchObject({ condition: 'firing', cause: gateway?.alertId });
  });

  test('so are devices with a single sensor', async () => {
    const world = await outage(['dev-1', 'dev-2'].map((id) => device(id, 'gw-1', { sensors: [{}] })));
    expect(world.heard()).toEqual(['gateway/ent-1/gw-1 first']);
  });

  test.each([
    ['a device behind it that has shown life since', three, ['dev-3'], ['dev-1 first', 'dev-2 first']],
    ['a device that is alone behind it', [device('dev-1', 'gw-1')], [], ['dev-1 first']],
    [
      'devices behind different gateways, or none',
      [device('dev-1', 'gw-1'), device('dev-2', 'gw-2'), device('dev-3', undefined)],
      [],
      ['dev-1 first', 'dev-2 first', 'dev-3 first'],
    ],
    [
      'a gateway of the same name of another enterprise',
      [device('dev-1', 'gw-1'), device('dev-2', 'gw-1', { source: { enterpriseId: 'ent-2' } })],
      [],
      ['dev-1 first', 'dev-2 first'],
    ],
    [
      'a device behind it that was revoked',
      [device('dev-1', 'gw-1'), device('dev-2', 'gw-1', { status: 'revoked' })],
      [],
      ['dev-1 first'],
    ],
  ])('%s leaves the silence to the devices', async (_, devices, alive, heard) => {
    expect((await outage(devices, alive)).heard()).toEqual(heard);
  });

  test('one of four that is silent while the others are merely slow is a matter of its own', async () => {
    const slow = ['dev-2', 'dev-3', 'dev-4'].map((id) => device(id, 'gw-1', { sensors: patient }));
    const world = await outage([device('dev-1', 'gw-1'), ...slow], [], { book });
    expect(world.heard()).toEqual(['dev-1 first']);
  });

  test('a slow device joins when its silence falls due, and is no news', async () => {
    const world = await outage([...three, device('dev-4', 'gw-1', { sensors: patient })], [], { book });
    expect(world.heard()).toEqual(['gateway/ent-1/gw-1 first']);
    await world.tick(190);
    const [gateway] = world.alertsOf('data.gateway-silent');
    expect(world.alertsOf('data.device-silent').at(-1)).toMatchObject({
      subject: { id: 'dev-4' },
      cause: gateway?.alertId,
    });
    expect(world.heard()).toEqual(['gateway/ent-1/gw-1 first']);
  });

  test('a device that was told before it is linked to it', async () => {
    const world = silenceWorld(three);
    await world.says('dev-1', names, 0);
    await world.says('dev-2', names, 4);
    await world.says('dev-3', names, 4);
    await world.tick(32);
    await world.tick(40);
    await world.tick(52);
    expect(world.heard()).toEqual(['dev-1 first', 'gateway/ent-1/gw-1 first']);
    const [gateway] = world.alertsOf('data.gateway-silent');
    for (const one of world.alertsOf('data.device-silent')) expect(one.cause).toBe(gateway?.alertId);
  });

  test('semantics 13: while our own telemetry is delayed there is none', async () => {
    const world = silenceWorld(three);
    world.at(600);
    await world.sweep();
    expect(world.transitions).toEqual([]);
  });
});

describe('semantics 21: the alert of a gateway', () => {
  test('ends when half of its devices are back for a minute, and who still is silent notifies then', async () => {
    const world = await outage(three);
    for (let at = 40; at <= 200; at += 5) {
      await world.says('dev-2', names, at);
      await world.says('dev-3', names, at);
      await world.tick(at);
    }
    expect(world.alertsOf('data.gateway-silent')).toMatchObject([{ condition: 'recovered' }]);
    expect(world.heard().filter((one) => !one.includes('/ch4-'))).toEqual([
      'gateway/ent-1/gw-1 first',
      'dev-2 recovered',
      'dev-3 recovered',
      'gateway/ent-1/gw-1 recovered',
      'dev-1 inhibition-ended',
    ]);
  });

  test('does not end while its devices stay silent', async () => {
    const world = await outage(three);
    for (let at = 40; at <= 2_000; at += 10) await world.tick(at);
    expect(world.heard()).toEqual(['gateway/ent-1/gw-1 first']);
  });

  test('a device that gets through once while it stands joins when nothing is heard of any of them again', async () => {
    const world = await outage([...three, device('dev-4', 'gw-1', { sensors: patient })], [], { book });
    await world.says('dev-4', names, 60);
    await world.tick(245);
    const [gateway] = world.alertsOf('data.gateway-silent');
    expect(world.alertsOf('data.device-silent').at(-1)).toMatchObject({
      subject: { id: 'dev-4' },
      cause: gateway?.alertId,
    });
    expect(world.heard()).toEqual(['gateway/ent-1/gw-1 first']);
  });

  test('mutes nothing red', async () => {
    const red: Rule = { ...methaneRule, silent: { ...methaneRule.silent, severity: 'red' } };
    const world = await outage(three, [], { book: { ...methaneBook, rules: [red] } });
    expect(world.heard()).toHaveLength(1 + 3 + 6);
  });

  test('of a mass silence is its child: one notification, and its own when that has ended', async () => {
    const behind = ['dev-1', 'dev-2', 'dev-3'].map((id) => device(id, 'gw-1'));
    const others = Array.from({ length: 10 }, (_, i) => device(`other-${i}`, undefined));
    const world = await outage([...behind, ...others]);
    expect(world.heard()).toEqual(['enterprise/ent-1 first']);
    const [link] = world.alertsOf('data.link');
    expect(world.alertsOf('data.gateway-silent')).toMatchObject([{ cause: link?.alertId }]);
    for (let at = 40; at <= 400; at += 5) {
      for (const { deviceId } of others) await world.says(deviceId, names, at);
      await world.tick(at);
    }
    const ended = world.heard().filter((one) => one.endsWith('inhibition-ended'));
    expect(ended).toEqual(['gateway/ent-1/gw-1 inhibition-ended']);
  });

  test('fails open: when its devices cannot be listed each notifies', async () => {
    const world = await outage(three, [], { devicesBehind: down });
    expect(world.heard()).toEqual(['dev-1 first', 'dev-2 first', 'dev-3 first']);
    expect(world.observer.said.some(({ level }) => level === 'error')).toBe(true);
  });

  test('fails open: when it cannot be read each device and sensor notifies', async () => {
    const world = await outage(three, [], { alertOf: down });
    expect(world.heard()).toHaveLength(1 + 3 + 6);
  });
});

describe('what a silent gateway costs', () => {
  test('nothing is asked for devices without one, and one list is read for each gateway', async () => {
    const asked: string[] = [];
    const devicesBehind = async ({ gatewayId }: { readonly gatewayId: string }) => {
      asked.push(gatewayId);
      return three.map(({ deviceId }) => deviceId);
    };
    await outage([device('dev-4', undefined), device('dev-5', undefined)], [], { devicesBehind });
    expect(asked).toEqual([]);
    await outage(three, [], { devicesBehind });
    expect(asked).toEqual(['gw-1']);
  });

  test('devices that the tick has read are not read again, and those that join cost no list', async () => {
    const slow = device('dev-4', 'gw-1', { sensors: patient });
    const lists: string[] = [];
    const world = silenceWorld([...three, slow], {
      book,
      devicesBehind: async () => {
        lists.push('gw-1');
        return [...three, slow].map(({ deviceId }) => deviceId);
      },
    });
    for (const { deviceId } of [...three, slow]) await world.says(deviceId, names, 0);
    const read: (readonly string[])[] = [];
    const { read: really } = world.deps.twins;
    world.deps.twins.read = async (ids, how) => {
      read.push(ids);
      return really(ids, how);
    };
    await world.tick(35);
    expect(read).toEqual([['dev-1', 'dev-2', 'dev-3'], ['dev-4']]);
    await world.tick(190);
    expect(lists).toEqual(['gw-1']);
    expect(read.slice(2).filter((ids) => ids.includes('dev-4'))).toHaveLength(1);
  });
});
