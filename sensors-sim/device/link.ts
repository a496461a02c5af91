import type { Random } from '../random.ts';
import { reconnectDelay } from './back-off.ts';
import type { Outbox } from './outbox.ts';
import type { Timers } from './timers.ts';
import type { Connection, Transport } from './transport.ts';

/** Most messages of one device that await their PUBACK at a time; AWS IoT allows 100. */
export const inFlightMax = 10;

/** Without a PUBACK for so long the connection counts as dead. */
export const acknowledgeWithinMs = 15_000;

/** What a run wants to know of its devices. */
export interface LinkWatch {
  connected?(deviceId: string): void;
  closed?(deviceId: string, reason: string): void;
  published?(deviceId: string): void;
  /** A message was acknowledged `tookMs` after it left. */
  acknowledged?(deviceId: string, tookMs: number): void;
  refused?(deviceId: string, reason: string): void;
}

export interface LinkParts {
  readonly deviceId: string;
  readonly topic: string;
  readonly outbox: Outbox;
  readonly transport: Transport;
  readonly timers: Timers;
  readonly random: Random;
  readonly watch: LinkWatch;
}

/** Keeps one device connected and its outbox empty. */
export interface Link {
  start(): void;
  /** Sends what waits, as far as the window allows. */
  drain(): void;
  /** Publishes bytes past the outbox, for hostile scenarios; nothing keeps or repeats them. */
  inject(topic: string, bytes: Uint8Array): void;
  stop(): void;
  readonly isConnected: boolean;
}

/** Tokens of injected messages, far from those of an outbox. */
const injectedFrom = 1_000_000_000;

/** A link that connects with back-off for ever and forgets a pack only on its PUBACK. */
export function createLink(parts: LinkParts): Link {
  const { deviceId, outbox, timers, watch } = parts;
  const leftAt = new Map<number, number>();
  let connection: Connection | undefined;
  let isConnected = false;
  let isStopped = false;
  let failures = 0;
  let injected = injectedFrom;
  let cancelWatchdog = (): void => {};

  const drain = (): void => {
    while (isConnected && outbox.underWay < inFlightMax) {
      const departure = outbox.depart(timers.now());
      if (departure === undefined) return;
      leftAt.set(departure.token, timers.now());
      watch.published?.(deviceId);
      connection?.publish(parts.topic, departure.bytes, departure.token);
    }
  };
  const watchDog = (): void => {
    cancelWatchdog = timers.at(timers.now() + acknowledgeWithinMs / 3, () => {
      const oldest = leftAt.values().next().value;
      if (oldest !== undefined && timers.now() - oldest > acknowledgeWithinMs) connection?.close();
      else watchDog();
    });
  };
  const settle = (token: number): boolean => {
    leftAt.delete(token);
    return outbox.settle(token);
  };
  const open = (): void => {
    if (isStopped) return;
    connection = parts.transport.open({
      connected() {
        isConnected = true;
        failures = 0;
        watch.connected?.(deviceId);
        watchDog();
        drain();
      },
      acknowledged(token) {
        const left = leftAt.get(token);
        if (settle(token) && left !== undefined) watch.acknowledged?.(deviceId, timers.now() - left);
        drain();
      },
      refused(token, reason) {
        settle(token);
        watch.refused?.(deviceId, reason);
        drain();
      },
      closed(reason) {
        isConnected = false;
        cancelWatchdog();
        leftAt.clear();
        outbox.takeBack();
        watch.closed?.(deviceId, reason);
        failures++;
        if (!isStopped) timers.at(timers.now() + reconnectDelay(failures, parts.random), open);
      },
    });
  };

  return {
    start: open,
    drain,
    inject(topic, bytes) {
      if (isConnected) connection?.publish(topic, bytes, ++injected);
    },
    stop() {
      isStopped = true;
      cancelWatchdog();
      connection?.close();
    },
    get isConnected() {
      return isConnected;
    },
  };
}
