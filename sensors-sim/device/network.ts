import type { Random } from '../random.ts';
import type { Timers } from './timers.ts';
import type { Connection, Transport, TransportEvents } from './transport.ts';

/** How a network treats a device at one time; shares from 0 to 1. */
export interface NetworkState {
  readonly isDown: boolean;
  /** Messages that arrive twice. */
  readonly duplicate: number;
  /** Messages that are overtaken by the next one. */
  readonly reorder: number;
  /** Messages that arrive while their PUBACK is lost with the connection. */
  readonly loseAck: number;
}

/** What a network can do to one message, or to an attempt to connect. */
export type NetworkFault = 'down' | 'duplicate' | 'reorder' | 'lose-ack';

export const goodNetwork: NetworkState = { isDown: false, duplicate: 0, reorder: 0, loseAck: 0 };

/** How long a connection attempt into a dead network takes to fail. */
const connectTimeoutMs = 2_000;
/** An overtaken message leaves at the latest after so long. */
const heldForMs = 3_000;
/** Token of a repeat: its PUBACK means nothing to the device. */
const repeatToken = -1;

/**
 * `inner` through a network whose state is a function of time; chance comes from `random` alone.
 *
 * @param struck hears of each fault when it happens
 */
export function throughNetwork(
  inner: Transport,
  stateAt: (atMs: number) => NetworkState,
  timers: Timers,
  random: Random,
  struck: (fault: NetworkFault) => void = () => {},
): Transport {
  return {
    open(events) {
      if (stateAt(timers.now()).isDown) {
        struck('down');
        return deadConnection(events, timers);
      }
      const lostAcks = new Set<number>();
      const connection = inner.open({
        ...events,
        acknowledged(token) {
          if (lostAcks.has(token)) connection.close();
          else if (token !== repeatToken) events.acknowledged(token);
        },
      });
      return shakyConnection(connection, () => stateAt(timers.now()), { timers, random, lostAcks, struck });
    },
  };
}

function deadConnection(events: TransportEvents, timers: Timers): Connection {
  let isClosed = false;
  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    events.closed('network is down');
  };
  timers.at(timers.now() + connectTimeoutMs, close);
  return { publish() {}, close };
}

interface Chance {
  readonly timers: Timers;
  readonly random: Random;
  readonly lostAcks: Set<number>;
  readonly struck: (fault: NetworkFault) => void;
}

function shakyConnection(connection: Connection, state: () => NetworkState, chance: Chance): Connection {
  const { timers, random, lostAcks, struck } = chance;
  let held: (() => void) | undefined;
  const release = (): void => {
    const send = held;
    held = undefined;
    send?.();
  };
  return {
    publish(topic, bytes, token) {
      const { isDown, duplicate, reorder, loseAck } = state();
      if (isDown) {
        struck('down');
        return connection.close();
      }
      const send = (): void => connection.publish(topic, bytes, token);
      if (loseAck > 0 && random.next() < loseAck) {
        struck('lose-ack');
        lostAcks.add(token);
      }
      if (reorder > 0 && held === undefined && random.next() < reorder) {
        struck('reorder');
        held = send;
        timers.at(timers.now() + heldForMs, release);
        return;
      }
      send();
      if (duplicate > 0 && random.next() < duplicate) {
        struck('duplicate');
        connection.publish(topic, bytes, repeatToken);
      }
      release();
    },
    close: () => connection.close(),
  };
}
