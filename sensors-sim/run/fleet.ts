import { type PlacedDevice, placedDevices } from '../city.ts';
import { createDevice, type RunningDevice } from '../device/device.ts';
import type { LinkWatch } from '../device/link.ts';
import { throughNetwork } from '../device/network.ts';
import { createSampler } from '../device/sampler.ts';
import type { Timers } from '../device/timers.ts';
import type { Transport } from '../device/transport.ts';
import { createRandom, hash32 } from '../random.ts';
import { cadenceOf } from '../scenario/cadence.ts';
import type { Scenario } from '../scenario/schema.ts';
import { type ScenarioStage, stageOf } from '../scenario/stage.ts';
import { startAttacks } from './hostile.ts';
import { createTally, type Tally } from './tally.ts';

export interface FleetParts {
  readonly scenario: Scenario;
  readonly startAt: number;
  readonly endAt: number;
  readonly timers: Timers;
  /** A way to the broker with the certificate of `deviceId`, under `clientId`. */
  transportOf(deviceId: string, clientId: string): Transport;
  topicOf(deviceId: string): string;
  /** Hears of every step beside the tally. */
  readonly watch?: LinkWatch;
  /** @default the whole city */
  readonly devices?: readonly PlacedDevice[];
}

/** The devices of a run with what befalls them. */
export interface Fleet {
  start(): void;
  stop(): void;
  readonly tally: Tally;
  readonly stage: ScenarioStage;
  /** Packs that wait for their PUBACK, over all devices. */
  unacknowledged(): number;
  /** Whether all that was measured has been packed, sent and acknowledged. */
  isEmpty(): boolean;
  dropped(): number;
  /** Connections and publishes of hostile devices that the broker refused. */
  refused(): number;
}

/** Devices begin within this span of each other, so that a city does not speak in one breath. */
const spreadMs = 2_000;

/** The city's devices under a scenario; nothing runs before `start`. */
export function createFleet(parts: FleetParts): Fleet {
  const { scenario, timers } = parts;
  const stage = stageOf(scenario, parts.startAt);
  const tally = createTally();
  const placed = parts.devices ?? placedDevices();
  const random = createRandom(scenario.seed);
  const running = new Map<string, RunningDevice>();
  const hostile = startAttacks({ ...parts, stage, placed, deviceOf: (deviceId) => running.get(deviceId) });
  const watch = broadcast([tally, hostile.watch, ...(parts.watch === undefined ? [] : [parts.watch])]);
  for (const { device } of placed) {
    const { deviceId } = device;
    const own = random.split(deviceId);
    const cadence = cadenceOf(scenario, device);
    const offset =
      (hash32(`${scenario.seed}/phase/${deviceId}`) % Math.min(spreadMs, cadence.packEveryMs)) % spreadMs;
    const network = throughNetwork(
      parts.transportOf(deviceId, deviceId),
      (atMs) => stage.networkOf(deviceId, atMs),
      timers,
      own.split('network'),
    );
    running.set(
      deviceId,
      createDevice({
        deviceId,
        topic: parts.topicOf(deviceId),
        cadence,
        sampler: createSampler(stage, device),
        transport: network,
        timers,
        random: own,
        watch,
        startAt: parts.startAt + offset,
        endAt: parts.endAt,
      }),
    );
  }
  const sum = (of: (device: RunningDevice) => number): number =>
    [...running.values()].reduce((total, device) => total + of(device), 0);
  return {
    start() {
      for (const device of running.values()) device.start();
      hostile.start();
    },
    stop() {
      hostile.stop();
      for (const device of running.values()) device.stop();
    },
    tally,
    stage,
    unacknowledged: () => sum((device) => device.unacknowledged),
    isEmpty: () => [...running.values()].every((device) => device.unacknowledged === 0 && !device.isFilling),
    dropped: () => sum((device) => device.dropped),
    refused: hostile.refused,
  };
}

const broadcast = (watches: readonly LinkWatch[]): Required<LinkWatch> => ({
  connected: (deviceId) => {
    for (const watch of watches) watch.connected?.(deviceId);
  },
  closed: (deviceId, reason) => {
    for (const watch of watches) watch.closed?.(deviceId, reason);
  },
  published: (deviceId) => {
    for (const watch of watches) watch.published?.(deviceId);
  },
  acknowledged: (deviceId, tookMs) => {
    for (const watch of watches) watch.acknowledged?.(deviceId, tookMs);
  },
  refused: (deviceId, reason) => {
    for (const watch of watches) watch.refused?.(deviceId, reason);
  },
});
