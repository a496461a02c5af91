/** Messages that each cause one notification, at a steady rate, and how long each took to the regulator's queue. */
import { setTimeout as delay } from 'node:timers/promises';
import mqtt, { type MqttClient } from 'mqtt';
import { encodePack } from '../../sensors-sim/device/pack.ts';
import type { LiveBroker } from '../../sensors-sim/live/credentials.ts';
import type { Ear } from './heard.ts';
import { probeEnterprise } from './probe-city.ts';

/** Values that raise an alert, and that raise its severity: two notifications of each sensor. */
const stepValues = [1.2, 1.7] as const;

const calmValue = 0.4;

interface Probe {
  readonly deviceId: string;
  readonly topic: string;
  readonly client: MqttClient;
  readonly sensorIds: readonly string[];
  readonly values: number[];
  seq: number;
}

/** A message that left at `at` and was heard after `tookMs`; undefined: not within the wait. */
export interface Timed {
  readonly at: number;
  readonly tookMs: number | undefined;
}

export interface Probes {
  /** Sends `count` messages at `perSecond`; the times of those that were heard within the wait, in ms. */
  readonly run: (count: number, perSecond: number) => Promise<readonly (number | undefined)[]>;
  /** Sends at `perSecond` for as long as `goesOn` says after each message, then waits for the last ones. */
  readonly runWhile: (
    goesOn: (sentCount: number) => boolean,
    perSecond: number,
    hearWithinMs: number,
  ) => Promise<readonly Timed[]>;
  readonly close: () => Promise<void>;
}

/** Longest wait for the last notifications, in milliseconds. */
const hearWithinMs = 20_000;

/** Connects every probe with its own certificate. */
export async function openProbes(broker: LiveBroker, ear: Ear): Promise<Probes> {
  const probes = await Promise.all(
    probeEnterprise.sites.flatMap(({ devices }) =>
      devices.map(async ({ deviceId, sensors }): Promise<Probe> => {
        const { key, certificate, topic } = broker.identityOf(deviceId);
        const client = await mqtt.connectAsync({
          protocol: broker.protocol,
          host: broker.host,
          port: broker.port,
          servername: 'localhost',
          ...(broker.ca === undefined ? {} : { ca: broker.ca }),
          key,
          cert: certificate,
          clientId: deviceId,
          protocolVersion: 5,
          reconnectPeriod: 0,
        });
        const sensorIds = sensors.map(({ sensorId }) => sensorId);
        return { deviceId, topic, client, sensorIds, values: sensorIds.map(() => calmValue), seq: 0 };
      }),
    ),
  );
  const boot = `bench-${Date.now().toString(36)}`;
  const send = (probe: Probe): number => {
    const at = Date.now();
    probe.seq += 1;
    const bytes = encodePack(
      { deviceId: probe.deviceId, boot, seq: probe.seq, sent: at },
      probe.sensorIds.map((sensorId, position) => ({
        sensorId,
        unit: '%{vol}',
        at,
        value: probe.values[position],
      })),
    );
    probe.client.publish(probe.topic, Buffer.from(bytes), { qos: 1 });
    return at;
  };
  // First words: twins and functions are there before anything is timed.
  for (const probe of probes) send(probe);
  const rises = risesOf(probes);
  const runWhile: Probes['runWhile'] = async (goesOn, perSecond, withinMs) => {
    const startedAt = performance.now();
    const sent: { readonly value: number; readonly subject: string; readonly at: number }[] = [];
    do {
      const rise = rises.next();
      if (rise.done) throw new Error(`there are no more sensors to raise: ask for fewer messages`);
      const { probe, position, value } = rise.value;
      probe.values[position] = value;
      const subject = `${probe.deviceId}/${probe.sensorIds[position]}`;
      sent.push({ value, subject, at: send(probe) });
      await delay(Math.max(0, startedAt + (sent.length * 1000) / perSecond - performance.now()));
    } while (goesOn(sent.length));
    const isOpen = () => sent.some(({ value, subject, at }) => ear.at(subject, value, at) === undefined);
    const deadline = performance.now() + withinMs;
    while (isOpen() && performance.now() < deadline) await delay(100);
    return sent.map(({ value, subject, at }) => {
      const heardAt = ear.at(subject, value, at);
      return { at, tookMs: heardAt === undefined ? undefined : heardAt - at };
    });
  };
  const run: Probes['run'] = async (count, perSecond) =>
    (await runWhile((sentCount) => sentCount < count, perSecond, hearWithinMs)).map(({ tookMs }) => tookMs);
  const close = async () => {
    await Promise.all(probes.map(({ client }) => client.endAsync(true)));
  };
  return { run, runWhile, close };
}

/** Every rise there is, neighbours in time on different devices. */
function* risesOf(probes: readonly Probe[]) {
  const sensorCount = probes[0]?.sensorIds.length ?? 0;
  for (let position = 0; position < sensorCount; position += 1)
    for (const value of stepValues) for (const probe of probes) yield { probe, position, value };
}
