import { AdapterError } from '../../../functions/adapters/adapter-error.ts';
import { RuleId } from '../../../functions/domain/ids.ts';
import type { Rule } from '../../../functions/domain/rules/book.ts';
import { seconds } from '../../../functions/domain/time.ts';
import { methaneBook, methaneRule } from '../../support/methane-rule.ts';
import { registrationOf } from '../../support/registration.ts';
import { sensorsOf, silenceWorld } from '../../support/silence-world.ts';
import { start } from '../../support/world.ts';

const sensors = sensorsOf(5);
const names = sensors.map(({ sensorId }) => sensorId);
const device = registrationOf({ deviceId: 'dev-1', sensors });
const down = () => Promise.reject(new AdapterError('down', { cause: undefined, retryable: true }));
const rule = 'coal-mine.methane.coal-face';

/** All five sensors have spoken at 0 and never again; a tick has found it. */
async function silent(given: Parameters<typeof silenceWorld>[1] = {}) {
  const world = silenceWorld([device], given);
  await world.says('dev-1', names, 0);
  await world.tick(35);
  return world;
}

describe('semantics 12: the silence of a device', () => {
  test('one root cause, one alert: five sensors of one device are one notification', async () => {
    const world = await silent();
    expect(world.heard()).toEqual(['dev-1 first']);
    expect(world.alertsOf('data.device-silent')).toMatchObject([
      { subject: { kind: 'device', id: 'dev-1' }, condition: 'firing' },
    ]);
  });

  test('nothing is lost: each sensor has its own alert, stale, and points to the cause', async () => {
    const world = await silent();
    const [parent] = world.alertsOf('data.device-silent');
    const children = world.alertsOf(rule);
    expect(children.map(({ subject }) => subject.id)).toEqual(names.map((name) => `dev-1/${name}`));
    for (const child of children) expect(child).toMatchObject({ condition: 'stale', cause: parent?.alertId });
    for (const { alertId } of children) {
      const decision = await world.log.decision({ alertId, version: 1 });
      expect(decision).toMatchObject({ outcome: 'suppressed', reason: 'root-cause' });
    }
  });

  test('one sensor alone is one notification, of the sensor', async () => {
    const world = silenceWorld([device]);
    await world.says('dev-1', names, 0);
    await world.says('dev-1', names.slice(1), 20);
    await world.tick(35);
    expect(world.heard()).toEqual(['dev-1/ch4-1 first']);
  });

  test('a device with a single sensor needs no alert of its own', async () => {
    const world = silenceWorld([registrationOf({ deviceId: 'dev-1' })]);
    await world.says('dev-1', ['ch4'], 0);
    await world.tick(35);
    expect(world.heard()).toEqual(['dev-1/ch4 first']);
    expect(world.alertsOf('data.device-silent')).toEqual([]);
  });

  test('a rule that tells no silence makes no second sensor of it', async () => {
    const { silent: _, ...withoutSilence } = methaneRule;
    const data: Rule = {
      ...withoutSilence,
      id: RuleId.parse('data.test'),
      unit: '',
      select: { quantities: [] },
    };
    const two = registrationOf({
      deviceId: 'dev-1',
      sensors: [{ sensorId: 'ch4' }, { sensorId: 'temp', quantity: 'temperature', unit: 'Cel' }],
    });
    const world = silenceWorld([two], { book: { ...methaneBook, rules: [methaneRule, data] } });
    await world.says('dev-1', ['ch4'], 0);
    await world.tick(35);
    expect(world.heard()).toEqual(['dev-1/ch4 first']);
  });

  test('the newest sign of life of any sensor counts, to the millisecond', async () => {
    for (const [tickAt, isDevice] of [
      [34.999, false],
      [35, false],
      [35.001, true],
    ] as const) {
      const world = silenceWorld([device]);
      await world.says('dev-1', names.slice(0, 1), 0);
      await world.says('dev-1', names.slice(1), 5);
      await world.tick(tickAt);
      expect(world.alertsOf('data.device-silent').length > 0).toBe(isDevice);
    }
  });

  test('a sensor that was found silent before its device is linked to it', async () => {
    const world = silenceWorld([device]);
    await world.says('dev-1', names, 0);
    await world.says('dev-1', names.slice(1), 5);
    await world.tick(32);
    await world.tick(40);
    await world.tick(50);
    const [parent] = world.alertsOf('data.device-silent');
    expect(world.heard()).toEqual(['dev-1/ch4-1 first', 'dev-1 first']);
    for (const child of world.alertsOf(rule)) expect(child.cause).toBe(parent?.alertId);
  });

  test('semantics 13: while our own telemetry is delayed no device is called silent', async () => {
    const world = silenceWorld([device]);
    await world.says('dev-1', names, 0);
    await world.tick(10);
    world.at(300);
    await world.sweep();
    expect(world.transitions).toEqual([]);
  });
});

describe('semantics 21: the alert of a device', () => {
  const withSilence = (severity: 'yellow' | 'orange' | 'red'): Rule => ({
    ...methaneRule,
    silent: { afterMs: seconds(30), severity },
  });
  const bookOf = (rules: readonly Rule[]) => ({ ...methaneBook, rules: [...rules] });

  test('has the highest severity and the audience of its children', async () => {
    const yellow = { ...withSilence('yellow'), id: methaneRule.id };
    const world = await silent({ book: bookOf([yellow]) });
    const [parent] = world.alertsOf('data.device-silent');
    const [child] = world.alertsOf(rule);
    expect(parent).toMatchObject({ severity: 'yellow', matter: { kind: 'risk' } });
    const { area, enterpriseId, trade, siteId } = parent?.scope ?? {};
    expect(child?.scope).toMatchObject({ area, enterpriseId, trade, siteId });
  });

  test('does not mute red', async () => {
    const world = await silent({ book: bookOf([withSilence('red')]) });
    expect(world.heard()).toHaveLength(1 + names.length);
  });

  test('fails open: when it cannot be read every child notifies', async () => {
    const world = await silent({ alertOf: down });
    expect(world.heard()).toHaveLength(1 + names.length);
  });

  test('fails open: when it cannot be raised every sensor is raised and notifies', async () => {
    const world = silenceWorld([device]);
    await world.says('dev-1', names, 0);
    world.alerts.matter = down;
    await world.tick(35);
    expect(world.heard()).toEqual(names.map((name) => `dev-1/${name} first`));
  });

  test('does not mute a breach that comes when the device is back', async () => {
    const world = await silent();
    await world.says('dev-1', ['ch4-1'], 40, 1.2);
    expect(world.heard()).toEqual(['dev-1 first', 'dev-1/ch4-1 firing-again']);
  });

  test('stands until signs of life have been back for a minute; who still is silent notifies then', async () => {
    const world = await silent();
    for (let at = 40; at <= 100; at += 5) {
      await world.says('dev-1', names.slice(1), at);
      await world.tick(at);
      expect(world.alertsOf('data.device-silent')).toMatchObject([{ condition: 'firing' }]);
    }
    for (let at = 105; at <= 120; at += 5) {
      await world.says('dev-1', names.slice(1), at);
      await world.tick(at);
    }
    expect(world.alertsOf('data.device-silent')).toMatchObject([{ condition: 'recovered' }]);
    const others = names.slice(1).map((name) => `dev-1/${name} recovered`);
    expect(world.heard()).toEqual([
      'dev-1 first',
      ...others,
      'dev-1 recovered',
      'dev-1/ch4-1 inhibition-ended',
    ]);
    expect(world.alertsOf(rule).filter(({ condition }) => condition === 'stale')).toHaveLength(1);
  });

  test('does not end while the device stays silent, and is looked at ever less often', async () => {
    const world = await silent();
    for (let at = 45; at <= 4_000; at += 5) await world.tick(at);
    expect(world.alertsOf('data.device-silent')).toMatchObject([{ condition: 'firing' }]);
    expect(world.state.matters.get('data.device-silent#dev-1')?.version).toBeLessThan(100);
    expect(world.heard()).toEqual(['dev-1 first']);
  });

  test('is looked at again at a whole millisecond however long it has been silent: the guard of another could not be read', async () => {
    const world = await silent();
    const dues: (number | undefined)[] = [];
    for (let at = 45; at <= 900; at += 5) {
      await world.tick(at + 0.007);
      dues.push(world.state.matters.get('data.device-silent#dev-1')?.dueAt);
    }
    expect(dues.filter((due) => !Number.isSafeInteger(due))).toEqual([]);
  });

  test('does not end at the first sign of life after hours', async () => {
    const world = await silent();
    for (let at = 45; at <= 8_000; at += 5) await world.tick(at);
    for (let at = 8_005; at <= 8_500; at += 5) {
      await world.says('dev-1', names, at);
      await world.tick(at);
    }
    const [ended] = world.alertsOf('data.device-silent');
    expect(ended?.condition).toBe('recovered');
    expect(ended?.changedAt).toBeGreaterThanOrEqual(start + 8_065_000);
  });

  test('that was ended fires again with the next silence', async () => {
    const world = await silent();
    for (let at = 40; at <= 120; at += 5) {
      await world.says('dev-1', names, at);
      await world.tick(at);
    }
    await world.tick(156);
    expect(world.alertsOf('data.device-silent')).toMatchObject([{ condition: 'firing', occurrences: 2 }]);
    expect(world.heard().at(-1)).toBe('dev-1 occurrence');
  });
});
