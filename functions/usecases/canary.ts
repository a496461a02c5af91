import * as z from 'zod';
import { Instant } from '../domain/time.ts';
import { type Arrival, arrive } from '../domain/watermark.ts';
import { inTurn } from './in-turn.ts';
import type { Heartbeat } from './ports/messaging.ts';
import type { Observer } from './ports/observer.ts';
import type { Clock } from './ports/time.ts';
import type { WatermarkStore } from './ports/watermark.ts';

const Canary = z.strictObject({ at: Instant });

/** Longest payload of a canary in base64 characters. */
export const canaryDataCharsMax = 64;

/** The instant of a canary's payload; `undefined` when it is none. @throws never */
export function canaryInstant(data: string): Instant | undefined {
  if (data.length > canaryDataCharsMax) return undefined;
  try {
    return Canary.safeParse(JSON.parse(Buffer.from(data, 'base64').toString('utf8'))).data?.at;
  } catch {
    return undefined;
  }
}

export interface CanaryDeps {
  readonly watermark: WatermarkStore;
  readonly heartbeat: Heartbeat;
  readonly observer: Observer;
  readonly clock: Clock;
}

/**
 * Commits the arrival of the canary of `at`: moves the watermark, counts, and calls the dead-man's switch.
 *
 * Idempotent. The switch is called for every canary that was not refused, also a repeated one: what it shows is that
 * messages go the whole way.
 *
 * @throws AdapterError when the watermark cannot be written: the canary has not arrived then.
 */
export function recordCanary(deps: CanaryDeps): (at: Instant) => Promise<Arrival['outcome']> {
  // After an outage many come in one batch: racing for the one watermark, the last would lose every race and come again
  // minutes later.
  const turn = inTurn();
  return (at) => turn('watermark', () => record(deps, at));
}

async function record(
  { watermark, heartbeat, observer, clock }: CanaryDeps,
  at: Instant,
): Promise<Arrival['outcome']> {
  const now = clock.now();
  let arrival: Pick<Arrival, 'outcome' | 'skippedCount'> = { outcome: 'repeated', skippedCount: 0 };
  await watermark.update((before) => {
    const { after, ...rest } = arrive(before, at, now);
    arrival = rest;
    return after;
  });
  const { outcome, skippedCount } = arrival;
  if (outcome === 'refused') {
    observer.warn('canary refused', { at });
    return outcome;
  }
  observer.metric('CanaryArrived', 1);
  observer.metric('CanaryDelay', Math.max(0, now - at));
  if (skippedCount > 0) {
    observer.metric('CanarySkipped', skippedCount);
    observer.warn('canaries never arrived and were given up', { count: skippedCount });
  }
  if (!(await heartbeat.beat())) {
    observer.metric('HeartbeatFailed', 1);
    observer.warn('heartbeat was not heard');
  }
  return outcome;
}
