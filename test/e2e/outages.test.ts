/** What goes wrong on a platform that lives: a function dies in its work, an hour of messages waits. */
import type { MqttClient } from 'mqtt';
import type { DeviceIdentity } from '../../sensors-sim/live/credentials.ts';
import { brokerMessage, connect, pack, publish } from './support/device.ts';
import { pidsOf, signal } from './support/function-processes.ts';
import { type Subscription, subscribe } from './support/subscription.ts';
import { until } from './support/until.ts';
import { type WorkQueue, workQueue } from './support/work-queue.ts';
import { openWorld, type World } from './support/world.ts';

const breach = 1.9;
const sensorIds = Array.from({ length: 10 }, (_, number) => `ch4-${number}`);

let world: World;
let regulator: Subscription;
let telemetry: WorkQueue;
const connected: MqttClient[] = [];
beforeAll(async () => {
  world = await openWorld();
  regulator = await subscribe(world.platform, { enterpriseId: [world.enterpriseId] });
  telemetry = workQueue(world.platform.outputs.TelemetryQueueUrl);
}, 60_000);
afterAll(async () => {
  await Promise.all(connected.map((client) => client.endAsync(true)));
  await regulator?.close();
  telemetry?.close();
});

const newDevices = (count: number) =>
  Promise.all(Array.from({ length: count }, () => world.newDevice(sensorIds)));

/** What sends a pack of a device, each over its own connection. */
async function sendersOf(devices: readonly DeviceIdentity[]) {
  return Promise.all(
    devices.map(async (device) => {
      const client = await connect(world.platform, device);
      connected.push(client);
      return (sensorId: string) =>
        publish(client, device.topic, pack(device.deviceId, { [sensorId]: breach }));
    }),
  );
}

const subjectsOf = (devices: readonly DeviceIdentity[]) =>
  devices.flatMap(({ deviceId }) => sensorIds.map((sensorId) => `${deviceId}/${sensorId}`));

/** Which of the subjects have been raised, in the order in which they were heard. */
function heardOf(subjects: readonly string[]): string[] {
  const wanted = new Set(subjects);
  const raised = regulator.heard.filter(
    ({ data }) => data.change === 'raised' && wanted.has(data.subject.id),
  );
  return raised.map(({ data }) => data.subject.id);
}

/** Distinct alerts on the subjects: a message that came twice must not have made a second one. */
function alertsOn(subjects: readonly string[]): Set<string> {
  const wanted = new Set(subjects);
  return new Set(
    regulator.heard.filter(({ data }) => wanted.has(data.subject.id)).map(({ data }) => data.alertId),
  );
}

const allHeard = (what: string, subjects: readonly string[]) =>
  until(what, () => (new Set(heardOf(subjects)).size === subjects.length ? true : undefined), 90_000);

/** Batches that are under way and do not end, once nothing else moves; 0 when there are none. */
async function heldMessages(): Promise<number> {
  const looks: string[] = [];
  return until('the queue at rest', async () => {
    const { visible, inFlight } = await telemetry.depth();
    looks.push(`${visible}/${inFlight}`);
    const isAtRest = visible === 0 && looks.length >= 5 && new Set(looks.slice(-5)).size === 1;
    return isAtRest ? { inFlight } : undefined;
  }).then(({ inFlight }) => inFlight);
}

/** Freezes ingest as soon as it has a batch; true when a frozen process holds messages. */
async function freezeInABatch(frozen: Set<number>): Promise<boolean> {
  await until('a batch under way', async () => (await telemetry.depth()).inFlight > 0 || undefined);
  for (const pid of pidsOf(world.platform.outputs.IngestFunctionName)) frozen.add(pid);
  signal([...frozen], 'SIGSTOP');
  if ((await heldMessages()) > 0) return true;
  signal([...frozen], 'SIGCONT');
  frozen.clear();
  return false;
}

test('a function that is killed in the middle of a batch loses nothing: its messages come again', async () => {
  const devices = await newDevices(4);
  const senders = await sendersOf(devices);
  const frozen = new Set<number>();
  let isHeld = false;
  // The stack's two minutes of visibility are shortened: what was in the batch comes again after it.
  await telemetry.withSeconds({ VisibilityTimeout: 10 }, async () => {
    for (const sensorId of sensorIds) {
      const sent = Promise.all(senders.map((send) => send(sensorId)));
      isHeld ||= await freezeInABatch(frozen);
      await sent;
    }
  });
  expect(isHeld).toBe(true);
  signal([...frozen], 'SIGKILL');
  const subjects = subjectsOf(devices);
  await allHeard('every alert', subjects);
  expect(alertsOn(subjects).size).toBe(subjects.length);
}, 120_000);

test('messages of an hour ago wait in the backlog, so that fresh ones behind them are heard first', async () => {
  const [old, fresh] = [await newDevices(12), await newDevices(10)];
  const senders = await sendersOf(fresh);
  const hourAgo = Date.now() - 3_600_000;
  // Each device: ten calm packs, then one breach a sensor.
  const bodies = Array.from({ length: 2 * sensorIds.length }, (_, minute) =>
    old.map(({ deviceId }) => {
      const at = hourAgo + minute * 60_000;
      const raisedSensor = sensorIds[minute - sensorIds.length];
      const readings = raisedSensor === undefined ? { 'ch4-0': 0.4 } : { [raisedSensor]: breach };
      return JSON.stringify(brokerMessage(deviceId, pack(deviceId, readings, at), at));
    }),
  ).flat();
  await telemetry.put(bodies);
  const freshSensor = 'ch4-0';
  const freshSubjects = fresh.map(({ deviceId }) => `${deviceId}/${freshSensor}`);
  for (const send of senders) await send(freshSensor);
  await allHeard('every fresh alert', freshSubjects);
  const oldHeardBefore = new Set(heardOf(subjectsOf(old))).size;
  expect(oldHeardBefore).toBeLessThan(subjectsOf(old).length);
  await allHeard('every old alert', subjectsOf(old));
  expect(alertsOn(subjectsOf(old)).size).toBe(subjectsOf(old).length);
}, 150_000);
