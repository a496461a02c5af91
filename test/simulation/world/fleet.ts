import type { NetworkState } from '../../../sensors-sim/device/network.ts';
import type { Sampler } from '../../../sensors-sim/device/sampler.ts';
import type { Random } from '../../../sensors-sim/random.ts';
import type { VirtualBroker } from '../../../sensors-sim/virtual/broker.ts';
import type { Pace } from '../city/plan.ts';
import type { CityDevice } from '../history.ts';
import { withLogger } from './backlog.ts';
import { bootDevice, type FleetDevice } from './booted.ts';
import { drawSteps, skews } from './clock-steps.ts';
import type { Engine } from './engine.ts';
import type { FaultKind } from './faults/kinds.ts';
import type { FaultPlan } from './faults/plan.ts';
import { createSpells } from './faults/spells.ts';
import { type Storm, type StormShare, stormShare } from './storm.ts';
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
  /** The storm of the world with the devices that it strikes. */
  readonly storm?: (Storm & { readonly devices: readonly CityDevice[] }) | undefined;
  injected(kind: FaultKind, where: string): void;
}

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
  const { engine, broker, from, until, startAt, endAt, weatherUntil, injected } = parts;
  const share = stormShareOf(device, random.split('storm'), parts);
  const pace = paceOf(device, parts.pace);
  const chance = random.split('faults');
  const isOff =
    plan.rates['clock-off'] !== 'none' && chance.next() < (plan.rates['clock-off'] === 'low' ? 0.2 : 0.6);
  const skewMs = isOff ? (skews[Math.floor(chance.next() * skews.length)] ?? 0) : 0;
  if (isOff) injected('clock-off', device.deviceId);
  const spells = createSpells({ ...parts, now: engine.now, sourceOf: (name) => random.split(name) });
  const isFaulty = (): boolean => engine.now() >= from && engine.now() < until;
  const shares = { none: 0, low: 0.05, high: 0.3 };
  const isCutOff = (): boolean =>
    share?.cutOff !== undefined && engine.now() >= share.cutOff.from && engine.now() < share.cutOff.until;
  const network = (): NetworkState => {
    if (!isFaulty()) return { isDown: false, duplicate: 0, reorder: 0, loseAck: 0 };
    return {
      isDown: isCutOff() || isCityDown() || spells.covers('network-down', ''),
      duplicate: shares[plan.rates['network-copy']],
      reorder: shares[plan.rates['network-order']],
      loseAck: shares[plan.rates['lost-puback']],
    };
  };
  const samplerOf = (): Sampler => {
    const hasBadQuality = plan.rates['bad-quality'] !== 'none' && (share?.hasBadQuality ?? true);
    const sampler = createWeather(device, {
      random: random.split('weather'),
      from: startAt + skewMs,
      until: weatherUntil + skewMs,
      hasBadQuality,
      ...(share && {
        excursions: share.excursions.map((one) => ({
          ...one,
          from: one.from + skewMs,
          until: one.until + skewMs,
        })),
      }),
      lastWords: spells.beginningsOf('network-down').map((at) => at + skewMs),
      spoiled: () => injected('bad-quality', device.deviceId),
    });
    if (!hasBacklog) return sampler;
    const ids = device.sensors.map(({ sensorId }) => sensorId);
    const own = random.split('backlog');
    const times = Array.from(
      { length: 1 + Math.floor(own.next() * 3) },
      () => from + skewMs + own.next() * (until - from),
    );
    return withLogger(sampler, {
      sensorIds: ids,
      random: own,
      times,
      withinMs: 60_000,
      doesBringAgain: true,
      brings: () => {},
    });
  };
  const hasBacklog =
    plan.rates.backlog !== 'none' && chance.next() < (plan.rates.backlog === 'low' ? 0.2 : 0.6);
  if (hasBacklog) injected('backlog', device.deviceId);
  const rebootCount =
    plan.rates.reboot === 'none' ? 0 : Math.floor(chance.next() * (plan.rates.reboot === 'low' ? 1.5 : 4));
  const reboots = Array.from({ length: rebootCount }, () =>
    Math.round(from + chance.next() * (until - from)),
  );
  const stepShares = { none: 0, low: 0.2, high: 0.6 };
  const steps = drawSteps({
    random: random.split('clock-step'),
    share: stepShares[plan.rates['clock-step']],
    skewMs,
    reboots,
    within: { from, until },
  });
  return bootDevice(device, {
    engine,
    broker,
    random,
    pace,
    skewMs,
    steps,
    network,
    isCityDown,
    samplerOf,
    startAt,
    endAt,
    reboots,
    rebootMs: 2_000,
    injected,
  });
}

/** Whoever reads more slowly than its city sends more slowly too. */
function paceOf({ sensors }: CityDevice, { readEveryMs: every, packEveryMs }: Pace): Pace {
  const readEveryMs = sensors[0]?.periodMs ?? every;
  return { readEveryMs, packEveryMs: (packEveryMs / every) * readEveryMs };
}

/** What the device has of the storm; nothing in a world without one, and of the devices that are in every world. */
function stormShareOf(
  { deviceId }: CityDevice,
  own: Random,
  { storm, random, from, until }: FleetParts,
): StormShare | undefined {
  const place = storm?.devices.findIndex((one) => one.deviceId === deviceId) ?? -1;
  if (storm === undefined || place < 0) return undefined;
  return stormShare(storm, place, { own, all: random, from, until });
}
