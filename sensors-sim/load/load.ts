import { setTimeout as sleep } from 'node:timers/promises';
import type { PlacedDevice } from '../city.ts';
import { createLink } from '../device/link.ts';
import { mqttTransport } from '../device/mqtt-transport.ts';
import { createOutbox } from '../device/outbox.ts';
import { type LoggedReading, packReadingsMax } from '../device/pack.ts';
import { createSampler } from '../device/sampler.ts';
import { wallTimers } from '../device/timers.ts';
import type { Transport } from '../device/transport.ts';
import type { LiveBroker } from '../live/credentials.ts';
import { createRandom } from '../random.ts';
import { createTally, type Tally } from '../run/tally.ts';
import type { Scenario } from '../scenario/schema.ts';
import { stageOf } from '../scenario/stage.ts';

/** Most readings a second that one process is asked for. */
export const readingsPerSecondMax = 20_000;
/** AWS IoT takes 100 publishes a second of one connection. */
export const packsPerDeviceSecondMax = 100;

export interface LoadParts {
  readonly devices: readonly PlacedDevice[];
  readonly readingsPerSecond: number;
  /** Readings in one pack, 1 … 500. */
  readonly packOf: number;
  readonly durationMs: number;
  transportOf(deviceId: string): Transport;
  topicOf(deviceId: string): string;
  /** Calm physics whose values travel. */
  readonly scenario: Scenario;
  /** Called once a second. */
  progress(tally: Tally, elapsedMs: number): void;
  readonly signal?: AbortSignal;
}

export interface LoadReport {
  readonly readings: number;
  readonly published: number;
  readonly acknowledged: number;
  readonly unacknowledged: number;
  readonly elapsedMs: number;
  readonly p50Ms: number | undefined;
  readonly p99Ms: number | undefined;
}

/** How long the last PUBACKs may take. */
const drainForMs = 10_000;
/** Packs leave in steps of this. */
const stepMs = 20;

/** Publishes packs at a steady rate from all devices in turn; sums up what the broker acknowledged. */
export async function runLoad(parts: LoadParts): Promise<LoadReport> {
  const startedAt = wallTimers.now();
  const tally = createTally();
  const stage = stageOf(parts.scenario, startedAt);
  const packsPerMs = parts.readingsPerSecond / parts.packOf / 1000;
  const senders = parts.devices.map((placed) => createSender(parts, placed, stage, tally, startedAt));
  for (const { link } of senders) link.start();
  let packs = 0;
  let readings = 0;
  let told = 0;
  const isRunning = (): boolean =>
    wallTimers.now() - startedAt < parts.durationMs && parts.signal?.aborted !== true;
  while (isRunning()) {
    const elapsed = wallTimers.now() - startedAt;
    for (; packs < elapsed * packsPerMs; packs++) readings += senders[packs % senders.length]?.send() ?? 0;
    if (elapsed - told >= 1000) {
      told = elapsed;
      parts.progress(tally, elapsed);
    }
    await sleep(stepMs);
  }
  const elapsedMs = wallTimers.now() - startedAt;
  const unacknowledged = (): number =>
    senders.reduce((sum, { outbox }) => sum + outbox.waiting + outbox.underWay, 0);
  while (unacknowledged() > 0 && wallTimers.now() - startedAt < elapsedMs + drainForMs) await sleep(stepMs);
  const left = unacknowledged();
  for (const { link } of senders) link.stop();
  return {
    readings,
    published: tally.counts.published,
    acknowledged: tally.counts.acknowledged,
    unacknowledged: left,
    elapsedMs,
    p50Ms: tally.percentile(0.5),
    p99Ms: tally.percentile(0.99),
  };
}

function createSender(
  parts: LoadParts,
  placed: PlacedDevice,
  stage: ReturnType<typeof stageOf>,
  watch: Tally,
  startedAt: number,
) {
  const { deviceId } = placed.device;
  const random = createRandom('load').split(deviceId);
  const boot = `load-${startedAt.toString(36)}`;
  const outbox = createOutbox({ deviceId, boot });
  const sampler = createSampler(stage, placed.device);
  const link = createLink({
    deviceId,
    topic: parts.topicOf(deviceId),
    outbox,
    transport: parts.transportOf(deviceId),
    timers: wallTimers,
    random,
    watch,
  });
  let spare: LoggedReading[] = [];
  let lastAt = startedAt - 1;
  const send = (): number => {
    lastAt = Math.max(lastAt, wallTimers.now() - parts.packOf - 1);
    while (spare.length < parts.packOf) {
      lastAt++;
      spare.push(...sampler(lastAt));
    }
    outbox.store(spare.slice(0, parts.packOf));
    spare = spare.slice(parts.packOf);
    link.drain();
    return parts.packOf;
  };
  return { send, link, outbox };
}

/** The device's way to a live broker. */
export const liveTransport = (broker: LiveBroker, deviceId: string): Transport => {
  const { key, certificate } = broker.identityOf(deviceId);
  const identity = { key, cert: certificate, ...(broker.ca === undefined ? {} : { ca: broker.ca }) };
  return mqttTransport({ ...broker, ...(broker.protocol === 'mqtts' ? { identity } : {}) }, deviceId);
};

/** Refuses a load that no broker takes; the problem in words, or nothing. */
export function loadProblem(readingsPerSecond: number, devices: number, packOf: number): string | undefined {
  if (readingsPerSecond > readingsPerSecondMax)
    return `--rate must be at most ${readingsPerSecondMax} readings a second`;
  if (packOf > packReadingsMax) return `--pack must be at most ${packReadingsMax} readings`;
  const perDevice = readingsPerSecond / packOf / devices;
  if (perDevice > packsPerDeviceSecondMax) {
    return `${Math.round(perDevice)} packs a second from one device; a connection carries ${packsPerDeviceSecondMax}: use more --devices or a larger --pack`;
  }
  return undefined;
}
