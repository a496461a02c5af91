/** Malformed telemetry on the platform: kept byte for byte, and nothing else lost. */
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { connect, pack, publish } from './support/device.ts';
import { subscribe } from './support/subscription.ts';
import { until } from './support/until.ts';
import { openWorld, type World } from './support/world.ts';

const Kept = z.object({
  reason: z.string(),
  topic: z.string(),
  clientId: z.string(),
  data: z.string(),
});
type Kept = z.infer<typeof Kept>;

let world: World;
let s3: S3Client;
beforeAll(async () => {
  world = await openWorld();
  s3 = new S3Client({});
}, 60_000);

/** What the quarantine keeps of one device. */
async function keptOf(deviceId: string): Promise<Kept[]> {
  const Bucket = world.platform.outputs.QuarantineBucketName;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const all = await Promise.all(
    Contents.map(async ({ Key }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return Kept.parse(JSON.parse((await Body?.transformToString()) ?? ''));
    }),
  );
  return all.filter(({ clientId }) => clientId === deviceId);
}

test.each([
  ['bytes that are no UTF-8', Buffer.from([0x5b, 0xff, 0xfe, 0xc3, 0x28, 0x00])],
  ['truncated JSON', Buffer.from('[{"bn":"x/","n":"ch4","v":')],
  ['an empty body', Buffer.alloc(0)],
])(
  '%s lie in quarantine with their bytes',
  async (_, bytes) => {
    const device = await world.newDevice();
    const client = await connect(world.platform, device);
    await publish(client, device.topic, bytes);
    await client.endAsync(true);
    const [kept] = await until('the kept message', async () => {
      const found = await keptOf(device.deviceId);
      return found.length > 0 ? found : undefined;
    });
    expect(Buffer.from(kept?.data ?? '', 'base64').equals(bytes)).toBe(true);
    expect(kept?.topic).toBe(`tocsin/v1/${device.deviceId}/senml`);
  },
  60_000,
);

test('a bad record fails alone: its neighbour in the same message raises its alert', async () => {
  const device = await world.newDevice(['ch4', 'ch4-b']);
  const regulator = await subscribe(world.platform, { enterpriseId: [world.enterpriseId] });
  const client = await connect(world.platform, device);
  const message = JSON.parse(pack(device.deviceId, { ch4: 1.9 }));
  await publish(client, device.topic, JSON.stringify([...message, { n: 'ch4-b', v: 'high' }]));
  const subject = `${device.deviceId}/ch4`;
  const raised = await regulator.next('the alert', ({ data }) => data.subject.id === subject);
  expect(raised.data.severity).toBe('red');
  await until('the kept message', async () => (await keptOf(device.deviceId)).length > 0 || undefined);
  await client.endAsync(true);
  await regulator.close();
}, 60_000);

test('a payload that names another device is kept and raises a security alert', async () => {
  const [device, other] = [await world.newDevice(), await world.newDevice()];
  const regulator = await subscribe(world.platform, { enterpriseId: [world.enterpriseId] });
  const client = await connect(world.platform, device);
  await publish(client, device.topic, pack(other.deviceId, { ch4: 1.9 }));
  const alert = await regulator.next('the alert', ({ data }) => data.matter.kind === 'security');
  expect(alert.data.subject.id).toBe(device.deviceId);
  expect(alert.data.severity).toBe('orange');
  await client.endAsync(true);
  await regulator.close();
}, 60_000);
