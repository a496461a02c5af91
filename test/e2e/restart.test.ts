/** The platform is stopped and started again with what it kept: everything is as it was, and goes on. */
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { MqttClient } from 'mqtt';
import { changesOfAlert, listAlerts } from '../../sensors-sim/live/api.ts';
import type { DeviceIdentity } from '../../sensors-sim/live/credentials.ts';
import { connect, pack, publish } from './support/device.ts';
import { type OwnPlatform, openOwnPlatform } from './support/own-platform.ts';
import { until } from './support/until.ts';
import { workQueue } from './support/work-queue.ts';
import { openWorld, type World } from './support/world.ts';

const upMsMax = 120_000;
/** Longer than a platform needs to stop: what waits so long is in the queue when it does. */
const waitSeconds = 10;

let own: OwnPlatform;
let world: World;
let connected: MqttClient[] = [];
beforeAll(async () => {
  own = await openOwnPlatform();
  world = await openWorld();
}, upMsMax);
afterAll(async () => {
  await leave();
  await own?.end();
}, 60_000);

async function leave(): Promise<void> {
  await Promise.all(connected.map((client) => client.endAsync(true)));
  connected = [];
}

async function send(device: DeviceIdentity, bytes: string): Promise<void> {
  const client = await connect(world.platform, device);
  connected.push(client);
  await publish(client, device.topic, bytes);
}

/** Every change of every alert on the device's sensors, as the regulator reads them. */
async function changesOf({ deviceId }: DeviceIdentity) {
  const access = { api: world.platform.apiUrl, token: world.regulator.tokens.access, area: '2201' };
  const own = (await listAlerts(access)).filter(({ subject }) => subject.id.startsWith(`${deviceId}/`));
  return (await Promise.all(own.map(({ alertId }) => changesOfAlert(access, alertId)))).flat();
}

const raised = (device: DeviceIdentity) =>
  until(`the alert of ${device.deviceId}`, async () => {
    const changes = await changesOf(device);
    return changes.length > 0 ? changes : undefined;
  });

async function archivedKeys(): Promise<string[]> {
  const s3 = new S3Client({});
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: world.platform.outputs.ArchiveBucketName }),
  );
  s3.destroy();
  return Contents.map(({ Key = '' }) => Key);
}

test(
  'after a restart alerts, twins, archive and waiting messages are there, and readings raise alerts as before',
  async () => {
    const [known, waiting, next] = [
      await world.newDevice(),
      await world.newDevice(),
      await world.newDevice(),
    ];
    const bytes = pack(known.deviceId, { ch4: 1.9 });
    await send(known, bytes);
    const before = await raised(known);
    const keys = await archivedKeys();
    expect(keys.length).toBeGreaterThan(0);
    const queue = workQueue(world.platform.outputs.TelemetryQueueUrl);
    await queue.withSeconds({ DelaySeconds: waitSeconds }, () =>
      send(waiting, pack(waiting.deviceId, { ch4: 1.8 })),
    );
    expect((await queue.depth()).delayed).toBeGreaterThan(0);
    expect(await changesOf(waiting)).toEqual([]);
    queue.close();
    await leave();

    await own.restart();

    // With the token, the certificate and the topic of before; the same bytes are known to the twin.
    await send(known, bytes);
    await send(next, pack(next.deviceId, { ch4: 1.7 }));
    expect(await raised(next)).toMatchObject([{ change: 'raised', version: 1, value: 1.7 }]);
    expect(await raised(waiting)).toMatchObject([{ change: 'raised', version: 1, value: 1.8 }]);
    expect(await changesOf(known)).toEqual(before);
    expect(await archivedKeys()).toEqual(expect.arrayContaining(keys));
  },
  upMsMax,
);
