/** One of the simulator's own devices in a world: its clock, its network, and how it starts again. */
import { createDevice, type RunningDevice } from '../../../sensors-sim/device/device.ts';
import { type NetworkFault, type NetworkState, throughNetwork } from '../../../sensors-sim/device/network.ts';
import type { Sampler } from '../../../sensors-sim/device/sampler.ts';
import type { Timers } from '../../../sensors-sim/device/timers.ts';
import type { Random } from '../../../sensors-sim/random.ts';
import type { VirtualBroker } from '../../../sensors-sim/virtual/broker.ts';
import type { Pace } from '../city/plan.ts';
import type { CityDevice } from '../history.ts';
import { type ClockStep, shifted, skewAt } from './clock-steps.ts';
import type { Engine } from './engine.ts';
import type { FaultKind } from './faults/kinds.ts';

export interface FleetDevice {
  readonly device: CityDevice;
  /** Whether its clock is ever wrong. */
  readonly isSkewed: boolean;
  readonly running: () => RunningDevice;
}

/** What a network does, as a kind of fault. */
const networkKinds = {
  down: 'network-down',
  duplicate: 'network-copy',
  reorder: 'network-order',
  'lose-ack': 'lost-puback',
} as const satisfies Record<NetworkFault, FaultKind>;

export interface BootedParts {
  readonly engine: Engine;
  readonly broker: VirtualBroker;
  /** The device's own chance. */
  readonly random: Random;
  readonly pace: Pace;
  /** How far its clock is off at first, in milliseconds, and when it is set. */
  readonly skewMs: number;
  readonly steps: readonly ClockStep[];
  readonly network: () => NetworkState;
  /** Whether its network is down because that of the whole city is. */
  readonly isCityDown: () => boolean;
  /** What it sees, anew for each boot. */
  readonly samplerOf: () => Sampler;
  /** It reads from here, in the world's milliseconds, to an end that need not be known before. */
  readonly startAt: number;
  readonly endAt: () => number;
  /** When it goes down, and how long it takes to come up again. */
  readonly reboots: readonly number[];
  readonly rebootMs: number;
  injected(kind: FaultKind, where: string): void;
}

/** Starts a device, and starts it again after each of its reboots. */
export function bootDevice(device: CityDevice, parts: BootedParts): FleetDevice {
  const { engine, broker, random, pace, skewMs, steps, endAt, injected } = parts;
  const { deviceId } = device;
  const skewNow = (): number => skewAt(skewMs, steps, engine.loop.now());
  const timers: Timers = {
    now: () => engine.loop.now() + skewNow(),
    at: (instant, then) => engine.loop.at(instant - skewNow(), then),
  };
  for (const { at } of steps) engine.loop.at(at, () => injected('clock-step', deviceId));
  const transport = throughNetwork(
    broker.transportOf(deviceId, deviceId),
    parts.network,
    timers,
    random.split('network'),
    (fault) => injected(fault === 'down' && parts.isCityDown() ? 'city-down' : networkKinds[fault], deviceId),
  );
  const start = (at: number): RunningDevice => {
    const made = createDevice({
      deviceId,
      topic: broker.topicOf(deviceId),
      cadence: pace,
      sampler: shifted(parts.samplerOf(), () => skewNow() - skewMs),
      transport,
      timers,
      random: random.split(`boot/${at}`),
      watch: {},
      startAt: at + skewNow(),
      get endAt() {
        return endAt() + skewNow();
      },
    });
    made.start();
    return made;
  };
  // Devices begin apart, so that a city does not send as one.
  let current = start(parts.startAt + Math.floor(random.next() * pace.packEveryMs));
  for (const at of parts.reboots)
    engine.loop.at(at, () => {
      injected('reboot', deviceId);
      current.stop();
      current = start(at + parts.rebootMs);
    });
  return { device, isSkewed: skewMs !== 0 || steps.length > 0, running: () => current };
}
