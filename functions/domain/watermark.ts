/** What this room knows: up to when our own way, from the broker to the commit, is known to work. */
import { type Instant, instant, minutes, seconds } from './time.ts';

/** A canary is due at every instant that is a multiple of this. */
export const canaryEvery = seconds(5);
/** A canary missing for this long is given up and reported. */
export const canaryLostAfter = minutes(10);
/** A watermark older than this means that our own telemetry is delayed (semantics 13). */
export const freshFor = seconds(30);
/** A canary's instant may lie this far after our clock; hosts' clocks differ. */
export const canaryAheadMax = minutes(1);
/** Most canaries that can wait for a missing one: what fits between "given up" and "too far ahead". */
export const earlyCountMax = (canaryLostAfter + canaryAheadMax) / canaryEvery;

export interface Watermark {
  /** When the first canary was due: 30 s later absence may be judged. */
  readonly firstDueAt: Instant;
  /** The newest canary before which none is missing; `undefined` while the first one is. */
  readonly until: Instant | undefined;
  /** Canaries that came while an earlier one is missing, ascending. */
  readonly early: readonly Instant[];
}

export interface Arrival {
  readonly outcome: 'advanced' | 'early' | 'repeated' | 'refused';
  /** The same object as before when nothing changed. */
  readonly after: Watermark | undefined;
  /** Canaries given up by this arrival. */
  readonly skippedCount: number;
}

/** The watermark before any canary came, the first being due at `at`. */
export const beginWatermark = (at: Instant): Watermark => ({ firstDueAt: at, until: undefined, early: [] });

/** True for the instants at which canaries are due. */
export const isCanaryInstant = (at: Instant): boolean => at % canaryEvery === 0;

const nextOf = (watermark: Watermark): Instant =>
  watermark.until === undefined ? watermark.firstDueAt : instant(watermark.until + canaryEvery);

/**
 * The watermark once the canary of `at` has been committed at `now`.
 *
 * Order and repetition of arrivals change nothing about the end state, as long as none is given up. A canary that
 * has been missing for `canaryLostAfter` is skipped, so that one lost message never stops the clock of silence.
 *
 * @example arrive(undefined, t0, t0).after?.until // t0
 */
export function arrive(before: Watermark | undefined, at: Instant, now: Instant): Arrival {
  if (!isCanaryInstant(at) || at > now + canaryAheadMax) {
    return { outcome: 'refused', after: before, skippedCount: 0 };
  }
  const known = before ?? beginWatermark(at);
  const next = nextOf(known);
  if (at < next || known.early.includes(at)) return { outcome: 'repeated', after: before, skippedCount: 0 };
  const waiting = [...known.early, at].sort((a, b) => a - b).slice(0, earlyCountMax);
  const moved = walk(next, waiting, now);
  const until = moved.next === next ? known.until : instant(moved.next - canaryEvery);
  return {
    outcome: until !== undefined && at <= until ? 'advanced' : 'early',
    after: { firstDueAt: known.firstDueAt, until, early: moved.early },
    skippedCount: moved.skippedCount,
  };
}

/** Goes over what has come and what is given up; stops at the first canary that is still awaited. */
function walk(from: Instant, waiting: readonly Instant[], now: Instant) {
  const firstAwaited = instant(
    (Math.floor((now - canaryLostAfter) / canaryEvery) + 1) * canaryEvery, // older ones are given up
  );
  let next = from;
  let skippedCount = 0;
  let passed = 0;
  for (;;) {
    const nearest = waiting[passed];
    if (nearest === next) {
      passed += 1;
      next = instant(next + canaryEvery);
      continue;
    }
    const target = instant(Math.min(nearest ?? firstAwaited, firstAwaited));
    if (target <= next) return { next, early: waiting.slice(passed), skippedCount };
    skippedCount += (target - next) / canaryEvery;
    next = target;
  }
}

/**
 * Whether our own telemetry is delayed: `delayed` when the watermark is over 30 s old, and `too-soon` until 30 s
 * after the first canary was due, because before that nothing could have come.
 */
export function judgeDelay(watermark: Watermark, now: Instant): 'too-soon' | 'fresh' | 'delayed' {
  if (now - watermark.firstDueAt < freshFor) return 'too-soon';
  return now - (watermark.until ?? watermark.firstDueAt) > freshFor ? 'delayed' : 'fresh';
}
