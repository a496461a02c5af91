/** Devices that the broker must refuse, on the locked platform. */
import 'reflect-metadata';
import { randomUUID, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { makeKeyAndRequest } from '../../sensors-sim/live/key-pair.ts';
import { connect, pack, publish } from './support/device.ts';
import { until } from './support/until.ts';
import { openWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
}, 60_000);

test('a device connects with its own certificate and publishes to its own topic, with MQTT 5 and 3.1.1', async () => {
  const device = await world.newDevice();
  for (const protocolVersion of [5, 4] as const) {
    const client = await connect(world.platform, device, { protocolVersion });
    await publish(client, device.topic, pack(device.deviceId, { ch4: 0.2 }));
    await client.endAsync(true);
  }
}, 60_000);

test('a client id that is not the thing of the certificate is refused', async () => {
  const [own, other] = [await world.newDevice(), await world.newDevice()];
  await expect(connect(world.platform, own, { clientId: other.deviceId })).rejects.toThrow(/not authorized/i);
}, 60_000);

test.each([4, 5] as const)(
  "a publish to another device's topic is refused (MQTT level %i)",
  async (protocolVersion) => {
    const [own, other] = [await world.newDevice(), await world.newDevice()];
    const client = await connect(world.platform, own, { protocolVersion });
    await expect(publish(client, other.topic, pack(other.deviceId, { ch4: 9 }))).rejects.toThrow(
      /not authorized|closed/i,
    );
    await client.endAsync(true);
  },
  60_000,
);

test.each([
  ['the canary', (topic: string) => topic.replace(/tocsin\/v1\/.*/, 'tocsin/v1/-/canary')],
  ['an ordinary topic', () => 'tocsin/v1/anything'],
])(
  'a publish to the topic of %s is refused',
  async (_, topicOf) => {
    const own = await world.newDevice();
    const client = await connect(world.platform, own);
    await expect(publish(client, topicOf(own.topic), 'x')).rejects.toThrow(/not authorized|closed/i);
    await client.endAsync(true);
  },
  60_000,
);

test('a device may subscribe to nothing', async () => {
  const own = await world.newDevice();
  const client = await connect(world.platform, own);
  const closed = new Promise<string>((resolve) => client.once('close', () => resolve('closed')));
  const answer = client.subscribeAsync('#', { qos: 1 }).then(
    (grants) => grants.map(({ qos }) => qos),
    (error: unknown) => String(error),
  );
  const outcome = await Promise.race([closed, answer]);
  expect(JSON.stringify(outcome)).toMatch(/closed|unspecified|not authorized|128|135/i);
  await client.endAsync(true);
}, 60_000);

test('a revoked certificate is refused', async () => {
  const device = await world.newDevice();
  const before = await connect(world.platform, device);
  await before.endAsync(true);
  const answer = await world.owner.api.post(
    `/v1/devices/${device.deviceId}/revoke`,
    { reason: 'stolen' },
    { 'idempotency-key': randomUUID() },
  );
  expect(answer.status).toBe(200);
  await until('the refusal', async () => {
    try {
      await (await connect(world.platform, device)).endAsync(true);
      return undefined;
    } catch {
      return true;
    }
  });
}, 60_000);

test('a certificate of an unknown authority is refused, whatever name it carries', async () => {
  const device = await world.newDevice();
  const keyKind = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  x509.cryptoProvider.set(webcrypto);
  const keys = await webcrypto.subtle.generateKey(keyKind, true, ['sign', 'verify']);
  const forged = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${device.deviceId}`,
    keys,
    signingAlgorithm: keyKind,
  });
  const der = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  const identity = {
    deviceId: device.deviceId,
    key: x509.PemConverter.encode(der, 'PRIVATE KEY'),
    certificate: forged.toString('pem'),
  };
  await expect(connect(world.platform, identity)).rejects.toThrow();
}, 60_000);

test("a device's certificate is useless with another key", async () => {
  const device = await world.newDevice();
  const { key } = await makeKeyAndRequest(device.deviceId);
  await expect(connect(world.platform, { ...device, key })).rejects.toThrow();
}, 60_000);
