/** Devices that come back after an hour without network, by the simulator's own store and forward. */
import { createLink } from '../../sensors-sim/device/link.ts';
import { createOutbox, type Outbox } from '../../sensors-sim/device/outbox.ts';
import { wallTimers } from '../../sensors-sim/device/timers.ts';
import { liveTransport } from '../../sensors-sim/load/load.ts';
import { createRandom } from '../../sensors-sim/random.ts';
import type { BenchCity } from '../city.ts';
import { readingsAt, type WaitingPack, waitingDeviceIds } from './hour.ts';

export interface ComingBack {
  /** Packs that no PUBACK has confirmed yet. */
  readonly left: () => number;
  readonly stop: () => void;
}

/**
 * Connects every device with its packs in its outbox; each sends as fast as its window of ten unacknowledged
 * messages allows, which is all that holds it back.
 */
export function comeBack({ broker }: BenchCity, packs: readonly WaitingPack[], boot: string): ComingBack {
  const outboxes: Outbox[] = [];
  const links = waitingDeviceIds.map((deviceId) => {
    const outbox = createOutbox({ deviceId, boot });
    for (const pack of packs) if (pack.deviceId === deviceId) outbox.store(readingsAt(pack.at));
    outboxes.push(outbox);
    return createLink({
      deviceId,
      topic: broker.identityOf(deviceId).topic,
      outbox,
      transport: liveTransport(broker, deviceId),
      timers: wallTimers,
      random: createRandom('drain').split(deviceId),
      watch: {},
    });
  });
  for (const link of links) link.start();
  return {
    left: () => outboxes.reduce((sum, { waiting, underWay }) => sum + waiting + underWay, 0),
    stop: () => {
      for (const link of links) link.stop();
    },
  };
}
