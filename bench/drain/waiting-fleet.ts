/** The devices whose hour it is: the simulator's own store and forward, a pack each five seconds all the time. */
import { createLink } from '../../sensors-sim/device/link.ts';
import { createOutbox } from '../../sensors-sim/device/outbox.ts';
import { wallTimers } from '../../sensors-sim/device/timers.ts';
import { liveTransport } from '../../sensors-sim/load/load.ts';
import { createRandom } from '../../sensors-sim/random.ts';
import type { BenchCity } from '../city.ts';
import { packEveryMs, readingsAt, type WaitingPack, waitingDeviceIds } from './hour.ts';

export interface WaitingFleet {
  /** The devices had no network while they measured these: they leave as fast as ten unacknowledged messages allow. */
  readonly comeBackWith: (packs: readonly WaitingPack[]) => void;
  /** Packs that no PUBACK has confirmed yet. */
  readonly left: () => number;
  /** How many packs each device has made; they are numbered from 1. */
  readonly made: () => ReadonlyMap<string, number>;
  /** No more new packs. */
  readonly rest: () => void;
  readonly stop: () => void;
}

/** Connects every device; none falls silent before anything is measured. */
export function startWaitingFleet({ broker }: BenchCity, boot: string): WaitingFleet {
  const devices = waitingDeviceIds.map((deviceId) => {
    const outbox = createOutbox({ deviceId, boot });
    const link = createLink({
      deviceId,
      topic: broker.identityOf(deviceId).topic,
      outbox,
      transport: liveTransport(broker, deviceId),
      timers: wallTimers,
      random: createRandom('drain').split(deviceId),
      watch: {},
    });
    return { deviceId, outbox, link, madeCount: 0 };
  });
  const store = (device: (typeof devices)[number], at: number): void => {
    device.outbox.store(readingsAt(at));
    device.madeCount += 1;
    device.link.drain();
  };
  let next = 0;
  const measure = (): void => {
    const device = devices[next % devices.length];
    next += 1;
    if (device) store(device, Date.now());
  };
  for (const { link } of devices) link.start();
  const timer = setInterval(measure, packEveryMs / devices.length);
  return {
    comeBackWith: (packs) => {
      const byId = new Map(devices.map((device) => [device.deviceId, device]));
      for (const { deviceId, at } of packs) {
        const device = byId.get(deviceId);
        if (device) store(device, at);
      }
    },
    left: () => devices.reduce((sum, { outbox }) => sum + outbox.waiting + outbox.underWay, 0),
    made: () => new Map(devices.map(({ deviceId, madeCount }) => [deviceId, madeCount])),
    rest: () => clearInterval(timer),
    stop: () => {
      clearInterval(timer);
      for (const { link } of devices) link.stop();
    },
  };
}
