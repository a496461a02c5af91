import { goodNetwork, type NetworkState } from '../../../../sensors-sim/device/network.ts';
import type { Sampler } from '../../../../sensors-sim/device/sampler.ts';
import type { Random } from '../../../../sensors-sim/random.ts';
import type { VirtualBroker } from '../../../../sensors-sim/virtual/broker.ts';
import type { Pace } from '../../city/plan.ts';
import type { CityDevice, Span } from '../../history.ts';
import { withLogger } from '../backlog.ts';
import { bootDevice, type FleetDevice } from '../booted.ts';
import { drawSteps, skews } from '../clock-steps.ts';
import type { Engine } from '../engine.ts';
import type { FaultKind } from '../faults/kinds.ts';
import { type Climate, createWeather } from '../weather.ts';
import { drawSpans } from './wear.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export interface SlowFleetParts {
  readonly engine: Engine;
  readonly broker: VirtualBroker;
  readonly random: Random;
  readonly pace: Pace;
  /** They read from here to the end. */
  readonly startAt: number;
  readonly endAt: number;
  /** What befalls devices happens in here. */
  readonly from: number;
  readonly until: number;
  /** When the whole city is without network beside the times that chance gives. */
  readonly alsoDown: readonly Span[];
  injected(kind: FaultKind, where: string): void;
}

/** Share of the devices whose clock is wrong from the first day to the last. */
const skewedShare = 0.06;
/** Share of those whose clock is set while they live. */
const steppedShare = 0.06;
/** Mean time between two losses of the network of one device, and of the whole city. */
const downEveryMs = 6 * dayMs;
const cityDownEveryMs = 8 * dayMs;
const cityDownMs = [20 * minuteMs, 3 * hourMs] as const;
/** Most losses are short; one in twenty lasts for days, and the device brings them all at once. */
const downMs = [10 * minuteMs, 6 * hourMs] as const;
const longDownShare = 0.05;
const longDownMs = [dayMs, 7 * dayMs] as const;
const rebootEveryMs = 10 * dayMs;
/** A logger brings something old about so often, of readings that lie within so long. */
const bringsEveryMs = 6 * dayMs;
const broughtWithinMs = 3 * hourMs;

/** Shares of messages that a network doubles, reorders, or loses the acknowledgement of; each device has one of each. */
const shares = [0, 0, 0.02, 0.1] as const;

/** What the weather of so many days is like. */
const climateOf = (days: number): Climate => ({
  excursions: 1 + Math.ceil(days / 2),
  excursionMs: [5 * minuteMs, 5 * hourMs],
  troubles: 1 + Math.ceil(days / 5),
  troubleMs: [20 * minuteMs, 2 * hourMs],
  silentFactor: 3,
  lastWordsMs: [40 * minuteMs, 10 * minuteMs],
});

/** The devices of a slow city, on this world's time, network and weather. */
export function createSlowFleet(
  devices: readonly CityDevice[],
  parts: SlowFleetParts,
): readonly FleetDevice[] {
  const { from, until, alsoDown } = parts;
  const drawn = drawSpans(parts.random.split('city'), { from, until }, cityDownEveryMs, () => cityDownMs);
  const cityDown = [...drawn, ...alsoDown];
  return devices.map((device) => startDevice(device, parts.random.split(device.deviceId), cityDown, parts));
}

const covers = (spans: readonly Span[], at: number): boolean =>
  spans.some((one) => at >= one.from && at < one.until);

function startDevice(
  device: CityDevice,
  random: Random,
  cityDown: readonly Span[],
  parts: SlowFleetParts,
): FleetDevice {
  const { engine, broker, pace, from, until, startAt, endAt, injected } = parts;
  const { deviceId } = device;
  const chance = random.split('faults');
  const skewMs = chance.next() < skewedShare ? (skews[Math.floor(chance.next() * skews.length)] ?? 0) : 0;
  if (skewMs !== 0) injected('clock-off', deviceId);
  const down = drawSpans(random.split('down'), { from, until }, downEveryMs, (own) =>
    own.next() < longDownShare ? longDownMs : downMs,
  );
  const shareOf = (): number => shares[Math.floor(chance.next() * shares.length)] ?? 0;
  const usual = { duplicate: shareOf(), reorder: shareOf(), loseAck: shareOf() };
  const network = (): NetworkState => {
    const now = engine.now();
    if (now < from || now >= until) return goodNetwork;
    return { ...usual, isDown: covers(cityDown, now) || covers(down, now) };
  };
  const samplerOf = (): Sampler => {
    const own = random.split('logger');
    const brought = drawSpans(own, { from: from + skewMs, until: until + skewMs }, bringsEveryMs, () => [
      0, 0,
    ]);
    const sampler = createWeather(device, {
      random: random.split('weather'),
      from: from + skewMs,
      until: until + skewMs,
      hasBadQuality: true,
      lastWords: down.map((one) => one.from + skewMs),
      climate: climateOf((until - from) / dayMs),
      spoiled: () => injected('bad-quality', deviceId),
    });
    return withLogger(sampler, {
      sensorIds: device.sensors.map(({ sensorId }) => sensorId),
      random: own,
      times: brought.map((one) => one.from),
      withinMs: broughtWithinMs,
      doesBringAgain: false,
      brings: () => injected('backlog', deviceId),
    });
  };
  const reboots = drawSpans(random.split('reboot'), { from, until }, rebootEveryMs, () => [0, 0]).map(
    (one) => one.from,
  );
  const steps = drawSteps({
    random: random.split('clock-step'),
    share: steppedShare,
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
    isCityDown: () => covers(cityDown, engine.now()),
    samplerOf,
    startAt,
    endAt: () => endAt,
    reboots,
    rebootMs: minuteMs,
    injected,
  });
}
