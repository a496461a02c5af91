import type { Random } from '../random.ts';
import { reconnectDelay } from './back-off.ts';
import type { Outbox } from './outbox.ts';
import type { Timers } from './timers.ts';
import type { Connection, Transport, TransportEvents } from './transport.ts';

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

interface LinkState {
  /** When each message under way left, oldest first. */
  readonly leftAt: Map<number, number>;
  connection: Connection | undefined;
  isConnected: boolean;
  isStopped: boolean;
  /** Connections lost or refused since the last good one. */
  failures: number;
  injected: number;
  connectedAt: number;
  isWatched: boolean;
  cancelWatchdog: () => void;
}

/** A link that connects with back-off for ever and forgets a pack only on its PUBACK. */
export function createLink(parts: LinkParts): Link {
  const state: LinkState = {
    leftAt: new Map(),
    connection: undefined,
    isConnected: false,
    isStopped: false,
    failures: 0,
    injected: injectedFrom,
    connectedAt: 0,
    isWatched: false,
    cancelWatchdog: () => {},
  };
  return {
    start: () => open(parts, state),
    drain: () => drain(parts, state),
    inject(topic, bytes) {
      if (state.isConnected) state.connection?.publish(topic, bytes, ++state.injected);
    },
    stop() {
      state.isStopped = true;
      state.cancelWatchdog();
      state.connection?.close();
    },
    get isConnected() {
      return state.isConnected;
    },
  };
}

function open(parts: LinkParts, state: LinkState): void {
  if (state.isStopped) return;
  state.connection = parts.transport.open(eventsOf(parts, state));
}

function eventsOf(parts: LinkParts, state: LinkState): TransportEvents {
  const { deviceId, outbox, timers, watch } = parts;
  const settle = (token: number): boolean => {
    state.leftAt.delete(token);
    return outbox.settle(token);
  };
  return {
    connected() {
      state.isConnected = true;
      state.failures = 0;
      state.connectedAt = timers.now();
      watch.connected?.(deviceId);
      drain(parts, state);
    },
    acknowledged(token) {
      const left = state.leftAt.get(token);
      if (settle(token) && left !== undefined) watch.acknowledged?.(deviceId, timers.now() - left);
      drain(parts, state);
    },
    refused(token, reason) {
      settle(token);
      watch.refused?.(deviceId, reason);
      drain(parts, state);
    },
    closed(reason) {
      state.isConnected = false;
      state.isWatched = false;
      state.cancelWatchdog();
      state.leftAt.clear();
      outbox.takeBack();
      if (state.isStopped) return;
      watch.closed?.(deviceId, reason);
      state.failures++;
      timers.at(timers.now() + reconnectDelay(state.failures, parts.random), () => open(parts, state));
    },
  };
}

function drain(parts: LinkParts, state: LinkState): void {
  const { deviceId, outbox, timers, topic, watch } = parts;
  while (state.isConnected && outbox.underWay < inFlightMax) {
    const departure = outbox.depart(timers.now());
    if (departure === undefined) return;
    state.leftAt.set(departure.token, timers.now());
    if (!state.isWatched) watchFor(parts, state);
    watch.published?.(deviceId);
    state.connection?.publish(topic, departure.bytes, departure.token);
  }
}

/** Between two looks at what is under way. */
const lookEveryMs = acknowledgeWithinMs / 3;

/** Ends a connection on which a PUBACK is overdue; looks, in steps from when it was made, only while one is awaited. */
function watchFor(parts: LinkParts, state: LinkState): void {
  const { timers } = parts;
  const sinceLook = (timers.now() - state.connectedAt) % lookEveryMs;
  state.isWatched = true;
  state.cancelWatchdog = timers.at(timers.now() - sinceLook + lookEveryMs, () => {
    state.isWatched = false;
    const oldest = state.leftAt.values().next().value;
    if (oldest === undefined) return;
    if (timers.now() - oldest > acknowledgeWithinMs) state.connection?.close();
    else watchFor(parts, state);
  });
}
