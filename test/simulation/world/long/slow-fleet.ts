import { createDevice, type RunningDevice } from '../../../../sensors-sim/device/device.ts';
import { goodNetwork, type NetworkState, throughNetwork } from '../../../../sensors-sim/device/network.ts';
import type { Sampler } from '../../../../sensors-sim/device/sampler.ts';
import type { Timers } from '../../../../sensors-sim/device/timers.ts';
import type { Random } from '../../../../sensors-sim/random.ts';
import type { VirtualBroker } from '../../../../sensors-sim/virtual/broker.ts';
import type { Pace } from '../../city/plan.ts';
import type { CityDevice, Span } from '../../history.ts';
import type { Engine } from '../engine.ts';
import type { FaultKind } from '../faults/kinds.ts';
import { type FleetDevice, networkKinds, skews } from '../fleet.ts';
import { type Climate, createWeather } from '../weather.ts';
import { drawSpans, withLogger } from './wear.ts';

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
  injected(kind: FaultKind, where: string): void;
}

/** Share of the devices whose clock is wrong from the first day to the last. */
const skewedShare = 0.06;
/** Mean time between two losses of the network of one device, and of the whole city. */
const downEveryMs = 6 * dayMs;
const cityDownEveryMs = 8 * dayMs;
const cityDownMs = [20 * minuteMs, 3 * hourMs] as const;
/** Most losses are short; one in twenty lasts for days, and the device brings them all at once. */
const downMs = [10 * minuteMs, 6 * hourMs] as const;
const longDownShare = 0.05;
const longDownMs = [dayMs, 7 * dayMs] as const;
const rebootEveryMs = 10 * dayMs;

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
  const { from, until } = parts;
  const cityDown = drawSpans(parts.random.split('city'), { from, until }, cityDownEveryMs, () => cityDownMs);
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
  const timers: Timers = {
    now: () => engine.loop.now() + skewMs,
    at: (instant, then) => engine.loop.at(instant - skewMs, then),
  };
  const transport = throughNetwork(
    broker.transportOf(deviceId, deviceId),
    network,
    timers,
    random.split('network'),
    (fault) =>
      injected(
        fault === 'down' && covers(cityDown, engine.now()) ? 'city-down' : networkKinds[fault],
        deviceId,
      ),
  );
  const samplerOf = (): Sampler =>
    withLogger(
      createWeather(device, {
        random: random.split('weather'),
        from: from + skewMs,
        until: until + skewMs,
        hasBadQuality: true,
        lastWords: down.map((one) => one.from + skewMs),
        climate: climateOf((until - from) / dayMs),
        spoiled: () => injected('bad-quality', deviceId),
      }),
      device.sensors.map(({ sensorId }) => sensorId),
      random.split('logger'),
      { from: from + skewMs, until: until + skewMs },
      () => injected('backlog', deviceId),
    );
  const start = (at: number): RunningDevice => {
    const made = createDevice({
      deviceId,
      topic: broker.topicOf(deviceId),
      cadence: pace,
      sampler: samplerOf(),
      transport,
      timers,
      random: random.split(`boot/${at}`),
      watch: {},
      startAt: at + skewMs,
      endAt: endAt + skewMs,
    });
    made.start();
    return made;
  };
  // Devices begin apart, so that a city does not send as one.
  let current = start(startAt + Math.floor(random.next() * pace.packEveryMs));
  for (const { from: at } of drawSpans(random.split('reboot'), { from, until }, rebootEveryMs, () => [0, 0]))
    engine.loop.at(at, () => {
      injected('reboot', deviceId);
      current.stop();
      current = start(at + minuteMs);
    });
  return { device, skewMs, running: () => current };
}
