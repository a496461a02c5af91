import type { Random } from '../random.ts';
import { createLink, type LinkWatch } from './link.ts';
import { createOutbox } from './outbox.ts';
import type { LoggedReading } from './pack.ts';
import type { Sampler } from './sampler.ts';
import type { Timers } from './timers.ts';
import type { Transport } from './transport.ts';

/** How often a device reads its sensors and how often it sends. */
export interface Cadence {
  /** 100 ms … 1 h. */
  readonly readEveryMs: number;
  /** At least `readEveryMs`; readings in between travel in one pack. */
  readonly packEveryMs: number;
}

export interface DeviceParts {
  readonly deviceId: string;
  readonly topic: string;
  readonly cadence: Cadence;
  readonly sampler: Sampler;
  readonly transport: Transport;
  readonly timers: Timers;
  readonly random: Random;
  readonly watch: LinkWatch;
  /** First reading. */
  readonly startAt: number;
  /** Readings stop before this instant and the last pack is closed at it; the outbox goes on emptying. */
  readonly endAt: number;
}

/** A running device: reads, packs, stores, forwards. */
export interface RunningDevice {
  start(): void;
  stop(): void;
  inject(topic: string, bytes: Uint8Array): void;
  /** Packs that the broker has not acknowledged yet. */
  readonly unacknowledged: number;
  /** Whether readings wait for their pack to be full. */
  readonly isFilling: boolean;
  readonly dropped: number;
}

/**
 * A device whose readings lie on an exact grid from `startAt`, whatever the timers' jitter, so that one
 * seed and one start give the same packs.
 */
export function createDevice(parts: DeviceParts): RunningDevice {
  const { deviceId, cadence, timers } = parts;
  const boot = parts.random.split(`boot/${parts.startAt}`).key.toString(16).padStart(8, '0');
  const outbox = createOutbox({ deviceId, boot });
  const link = createLink({ ...parts, outbox });
  const readsPerPack = Math.max(1, Math.round(cadence.packEveryMs / cadence.readEveryMs));
  let logged: LoggedReading[] = [];
  let reads = 0;
  let cancel = (): void => {};

  const flush = (): void => {
    if (logged.length > 0) outbox.store(logged);
    logged = [];
    link.drain();
  };
  const read = (): void => {
    const at = parts.startAt + reads * cadence.readEveryMs;
    if (at >= parts.endAt) {
      flush();
      return;
    }
    logged.push(...parts.sampler(at));
    reads++;
    if (reads % readsPerPack === 0) flush();
    cancel = timers.at(Math.min(parts.startAt + reads * cadence.readEveryMs, parts.endAt), read);
  };

  return {
    start() {
      link.start();
      cancel = timers.at(parts.startAt, read);
    },
    stop() {
      cancel();
      link.stop();
    },
    inject: link.inject,
    get unacknowledged() {
      return outbox.waiting + outbox.underWay;
    },
    get isFilling() {
      return logged.length > 0;
    },
    get dropped() {
      return outbox.dropped;
    },
  };
}
