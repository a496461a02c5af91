/** The whole chain: a reading at the device, an alert at the regulator, a person who acknowledges it. */
import { randomUUID } from 'node:crypto';
import type { MqttClient } from 'mqtt';
import * as z from 'zod';
import type { DeviceIdentity } from '../../sensors-sim/live/credentials.ts';
import { connect, pack, publish } from './support/device.ts';
import { type Subscription, subscribe } from './support/subscription.ts';
import { until } from './support/until.ts';
import { openWorld, type World } from './support/world.ts';

const AlertPage = z.object({
  items: z.array(
    z.looseObject({
      alertId: z.string(),
      severity: z.string(),
      condition: z.string(),
      handling: z.string(),
      subject: z.looseObject({ id: z.string() }),
    }),
  ),
});
const AlertBody = z.looseObject({
  alertId: z.string(),
  handling: z.string(),
  condition: z.string(),
  version: z.int(),
  transitions: z.array(
    z.looseObject({ version: z.int(), change: z.string(), because: z.unknown().optional() }),
  ),
});

let world: World;
let regulator: Subscription;
let device: DeviceIdentity;
let mqtt: MqttClient;
let alertId: string;

beforeAll(async () => {
  world = await openWorld();
  regulator = await subscribe(world.platform, { enterpriseId: [world.enterpriseId] });
  device = await world.newDevice();
  mqtt = await connect(world.platform, device);
}, 60_000);

afterAll(async () => {
  await mqtt?.endAsync(true);
  await regulator?.close();
});

const send = (value: number) => publish(mqtt, device.topic, pack(device.deviceId, { ch4: value }));
const subject = () => `${device.deviceId}/ch4`;

test('a reading above the limit reaches the regulator as an orange alert with its value', async () => {
  await send(0.4);
  await send(1.2);
  const raised = await regulator.next('the alert', ({ data }) => data.change === 'raised');
  expect(raised.data).toMatchObject({ severity: 'orange', condition: 'firing', value: 1.2 });
  expect(raised.data.subject.id).toBe(subject());
  expect(raised.data.text.zh).toContain(device.deviceId);
  alertId = raised.data.alertId;
}, 60_000);

test('a graver reading raises the severity of the same alert', async () => {
  await send(1.7);
  const up = await regulator.next('the rise', ({ data }) => data.change === 'severity-up');
  expect(up.data).toMatchObject({ alertId, severity: 'red', version: 2 });
}, 60_000);

test('the alert stands first in the list of its regulator and of its enterprise', async () => {
  for (const { api } of [world.regulator, world.owner]) {
    const { status, body } = await api.get('/v1/alerts?closed=false');
    expect(status).toBe(200);
    const page = AlertPage.parse(body);
    const mine = page.items.find((item) => item.alertId === alertId);
    expect(mine).toMatchObject({ severity: 'red', condition: 'firing', handling: 'open' });
    expect(mine?.subject.id).toBe(subject());
  }
}, 60_000);

test('a person acknowledges while readings go on writing the same alert, and neither is lost', async () => {
  const acknowledged = world.regulator.api.post(
    `/v1/alerts/${alertId}/acknowledge`,
    { comment: 'on our way' },
    { 'idempotency-key': randomUUID() },
  );
  await Promise.all([acknowledged, send(1.1), send(1.8)]);
  expect((await acknowledged).status).toBe(200);
  const seen = await until('the acknowledged alert', async () => {
    const alert = AlertBody.parse((await world.regulator.api.get(`/v1/alerts/${alertId}`)).body);
    return alert.handling === 'acknowledged' ? alert : undefined;
  });
  expect(seen.transitions.map(({ change }) => change)).toContain('acknowledged');
  expect(seen.transitions.map(({ version }) => version)).toEqual(seen.transitions.map((_, at) => at + 1));
}, 60_000);

test('for another enterprise the alert does not exist', async () => {
  const foreign = await openWorld();
  expect((await foreign.owner.api.get(`/v1/alerts/${alertId}`)).status).toBe(404);
  const answer = await foreign.owner.api.post(
    `/v1/alerts/${alertId}/acknowledge`,
    {},
    { 'idempotency-key': randomUUID() },
  );
  expect(answer.status).toBe(404);
}, 60_000);

test('every transition of a rule carries its decision record', async () => {
  const alert = AlertBody.parse((await world.regulator.api.get(`/v1/alerts/${alertId}`)).body);
  const [raised] = alert.transitions;
  expect(raised?.because).toEqual(expect.any(Object));
}, 60_000);

test('readings below the limit for long enough end the alert, and the regulator hears it', async () => {
  const recovered = () => regulator.heard.find(({ data }) => data.change === 'recovered');
  await until(
    'the recovery',
    async () => {
      await send(0.3);
      return recovered();
    },
    45_000,
  );
  expect(recovered()?.data).toMatchObject({ alertId, condition: 'recovered' });
}, 60_000);

test('a subscription hears nothing that its filter leaves out', () => {
  expect(new Set(regulator.heard.map(({ data }) => data.scope.enterpriseId))).toEqual(
    new Set([world.enterpriseId]),
  );
});
