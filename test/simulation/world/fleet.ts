import { createDevice, type RunningDevice } from '../../../sensors-sim/device/device.ts';
import { type NetworkFault, type NetworkState, throughNetwork } from '../../../sensors-sim/device/network.ts';
import type { Sampler } from '../../../sensors-sim/device/sampler.ts';
import type { Timers } from '../../../sensors-sim/device/timers.ts';
import type { Random } from '../../../sensors-sim/random.ts';
import type { VirtualBroker } from '../../../sensors-sim/virtual/broker.ts';
import type { Pace } from '../city/plan.ts';
import type { CityDevice } from '../history.ts';
import { withBacklog } from './backlog.ts';
import type { Engine } from './engine.ts';
import type { FaultKind } from './faults/kinds.ts';
import type { FaultPlan } from './faults/plan.ts';
import { createSpells } from './faults/spells.ts';
import { createWeather } from './weather.ts';

export interface FleetParts {
  readonly engine: Engine;
  readonly broker: VirtualBroker;
  readonly random: Random;
  readonly pace: Pace;
  readonly plan: FaultPlan;
  /** Faults of devices happen in here. */
  readonly from: number;
  readonly until: number;
  /** They read from here to the end, which is not known before. */
  readonly startAt: number;
  readonly endAt: () => number;
  /** By then the weather has had all its excursions. */
  readonly weatherUntil: number;
  injected(kind: FaultKind, where: string): void;
}

export interface FleetDevice {
  readonly device: CityDevice;
  /** How far its clock is off, in milliseconds. */
  readonly skewMs: number;
  readonly running: () => RunningDevice;
}

/** Clocks that are wrong: by seconds, by minutes, by decades. */
export const skews = [
  -40_000,
  -4_000,
  4_000,
  290_000,
  -290_000,
  600_000,
  -600_000,
  2_208_988_800_000 - 1_772_323_200_000,
] as const;

/** What a network does, as a kind of fault. */
export const networkKinds = {
  down: 'network-down',
  duplicate: 'network-copy',
  reorder: 'network-order',
  'lose-ack': 'lost-puback',
} as const satisfies Record<NetworkFault, FaultKind>;

/** The simulator's own devices, on this world's time, network and weather. */
export function createFleet(devices: readonly CityDevice[], parts: FleetParts): readonly FleetDevice[] {
  const { random, plan, engine } = parts;
  const cityDown = createSpells({
    ...parts,
    now: engine.now,
    sourceOf: (name) => random.split(`city/${name}`),
  });
  return devices.map((device) =>
    startDevice(device, random.split(device.deviceId), () => cityDown.covers('city-down', ''), parts, plan),
  );
}

function startDevice(
  device: CityDevice,
  random: Random,
  isCityDown: () => boolean,
  parts: FleetParts,
  plan: FaultPlan,
): FleetDevice {
  const { engine, broker, pace, from, until, startAt, endAt, weatherUntil, injected } = parts;
  const chance = random.split('faults');
  const isOff =
    plan.rates['clock-off'] !== 'none' && chance.next() < (plan.rates['clock-off'] === 'low' ? 0.2 : 0.6);
  const skewMs = isOff ? (skews[Math.floor(chance.next() * skews.length)] ?? 0) : 0;
  if (isOff) injected('clock-off', device.deviceId);
  const spells = createSpells({ ...parts, now: engine.now, sourceOf: (name) => random.split(name) });
  const isFaulty = (): boolean => engine.now() >= from && engine.now() < until;
  const share = { none: 0, low: 0.05, high: 0.3 };
  const network = (): NetworkState => {
    if (!isFaulty()) return { isDown: false, duplicate: 0, reorder: 0, loseAck: 0 };
    return {
      isDown: isCityDown() || spells.covers('network-down', ''),
      duplicate: share[plan.rates['network-copy']],
      reorder: share[plan.rates['network-order']],
      loseAck: share[plan.rates['lost-puback']],
    };
  };
  const timers: Timers = {
    now: () => engine.loop.now() + skewMs,
    at: (instant, then) => engine.loop.at(instant - skewMs, then),
  };
  const transport = throughNetwork(
    broker.transportOf(device.deviceId, device.deviceId),
    network,
    timers,
    random.split('network'),
    (fault) =>
      injected(fault === 'down' && isCityDown() ? 'city-down' : networkKinds[fault], device.deviceId),
  );
  const samplerOf = (): Sampler => {
    const hasBadQuality = plan.rates['bad-quality'] !== 'none';
    const sampler = createWeather(device, {
      random: random.split('weather'),
      from: startAt + skewMs,
      until: weatherUntil + skewMs,
      hasBadQuality,
      lastWords: spells.beginningsOf('network-down').map((at) => at + skewMs),
      spoiled: () => injected('bad-quality', device.deviceId),
    });
    if (!hasBacklog) return sampler;
    const ids = device.sensors.map(({ sensorId }) => sensorId);
    return withBacklog(sampler, ids, random.split('backlog'), from + skewMs, until + skewMs);
  };
  const hasBacklog =
    plan.rates.backlog !== 'none' && chance.next() < (plan.rates.backlog === 'low' ? 0.2 : 0.6);
  if (hasBacklog) injected('backlog', device.deviceId);
  const start = (at: number): RunningDevice => {
    const made = createDevice({
      deviceId: device.deviceId,
      topic: broker.topicOf(device.deviceId),
      cadence: pace,
      sampler: samplerOf(),
      transport,
      timers,
      random: random.split(`boot/${at}`),
      watch: {},
      startAt: at + skewMs,
      get endAt() {
        return endAt() + skewMs;
      },
    });
    made.start();
    return made;
  };
  // Devices begin apart, so that a city does not send as one.
  let current = start(startAt + Math.floor(random.next() * pace.packEveryMs));
  const reboots =
    plan.rates.reboot === 'none' ? 0 : Math.floor(chance.next() * (plan.rates.reboot === 'low' ? 1.5 : 4));
  for (let count = 0; count < reboots; count += 1) {
    const at = Math.round(from + chance.next() * (until - from));
    engine.loop.at(at, () => {
      injected('reboot', device.deviceId);
      current.stop();
      current = start(at + 2_000);
    });
  }
  return { device, skewMs, running: () => current };
}
