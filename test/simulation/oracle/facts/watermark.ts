import * as z from 'zod';
import type { CanarySeen, Change, WatermarkStep } from '../../history.ts';
import { canaryEveryMs, canaryLostAfterMs, hostClockErrorMaxMs, watermarkAgeMaxMs } from '../bounds.ts';
import { jsonOf, parsed, textOf } from './items.ts';
import type { Message } from './messages.ts';
import { countUpTo } from './sorted.ts';

const Canary = z.object({ at: z.number() });
const Stored = z.object({
  firstDueAt: z.number(),
  until: z.number().optional(),
  early: z.array(z.number()),
});

/** A time for each instant of a canary from the first one on. */
export interface Timeline {
  readonly first: number;
  readonly times: readonly number[];
}

export const timeOf = ({ first, times }: Timeline, instant: number): number | undefined =>
  times[(instant - first) / canaryEveryMs];

type Way = Pick<CanarySeen, 'taken' | 'done'>;

export interface Canaries {
  /** Instants of canaries, each with the earliest time it can have been, and must have been, committed. */
  readonly byInstant: ReadonlyMap<number, Way>;
  /** The instants in order. */
  readonly instants: readonly number[];
  /** For each instant of a canary, by when it and all before it were done, or given up as one after them came: the watermark must have passed it. */
  readonly passed: Timeline;
  /** The same by when they were taken: before, it can not have passed it. */
  readonly passable: Timeline;
}

/** When the canary was due by its own word; undefined when it is none. */
export const instantOf = (bytes: Uint8Array): number | undefined =>
  Canary.safeParse(parsed(Buffer.from(bytes).toString('utf8'))).data?.at;

export function canariesOf(messages: readonly Message[], bygone: readonly CanarySeen[] = []): Canaries {
  const byInstant = new Map<number, Way>();
  const add = (instant: number, way: Way): void => {
    const known = byInstant.get(instant);
    byInstant.set(
      instant,
      known === undefined
        ? way
        : { taken: Math.min(known.taken, way.taken), done: Math.min(known.done, way.done) },
    );
  };
  for (const seen of bygone) add(seen.instant, seen);
  for (const message of messages) {
    const instant = message.kind === 'canary' ? instantOf(message.bytes) : undefined;
    if (instant !== undefined) add(instant, message);
  }
  const instants = [...byInstant.keys()].sort((a, b) => a - b);
  const first = instants[0] ?? 0;
  const last = instants.at(-1) ?? Number.NEGATIVE_INFINITY;
  return {
    byInstant,
    instants,
    passed: passedOf(byInstant, first, last),
    passable: passableOf(byInstant, first, last),
  };
}

const none: readonly number[] = [];

/** The watermark as it was written, step by step. */
export function watermarkSteps(changes: readonly Change[]): readonly WatermarkStep[] {
  return changes.flatMap(({ at, table, after }) => {
    if (table !== 'twins' || textOf(after, 'id') !== 'WATERMARK') return [];
    const { data } = Stored.safeParse(jsonOf(after, 'doc'));
    if (data === undefined) return [];
    const { firstDueAt, until, early } = data;
    return [{ at, firstDueAt, until, early: early.length === 0 ? none : early }];
  });
}

/** The newest watermark that was written by `at`. */
export function watermarkAt(steps: readonly WatermarkStep[], at: number): number | undefined {
  let place = countUpTo(steps, ({ at: writtenAt }) => writtenAt <= at) - 1;
  while (place >= 0 && steps[place]?.until === undefined) place -= 1;
  return steps[place]?.until;
}

/**
 * The first instant at which the watermark must have passed `instant` by the canaries that were done: none is missing before
 * it, or it has been missing for ten minutes when the next one came. Infinite when it never must.
 */
export function passedBy({ byInstant, passed }: Canaries, instant: number): number {
  const last = Math.floor(instant / canaryEveryMs) * canaryEveryMs + canaryEveryMs;
  const by = timeOf(passed, last);
  return by === undefined || !byInstant.has(last) ? Number.POSITIVE_INFINITY : by;
}

/**
 * The first instant from `at` on by which the watermark had been young enough to judge absence by for `forMs` without a break:
 * before, what is silent need not be called so, though the watermark has long passed it (semantics 13). Infinite when never.
 */
export function judgeableBy({ passed }: Canaries, at: number, forMs: number): number {
  let from = Number.NEGATIVE_INFINITY;
  let until = Number.NEGATIVE_INFINITY;
  const { first, times } = passed;
  // What lies farther back than any canary is waited for says nothing of now.
  const start = Math.max(0, Math.floor((at - first - 2 * canaryLostAfterMs) / canaryEveryMs));
  for (let place = start; place < times.length; place += 1) {
    const instant = first + place * canaryEveryMs;
    const by = times[place] ?? Number.POSITIVE_INFINITY;
    const old = instant + watermarkAgeMaxMs - hostClockErrorMaxMs;
    if (by > old) continue;
    if (by > until) from = by;
    until = old;
    const since = Math.max(from, at);
    if (since + forMs <= until) return since + forMs;
  }
  return Number.POSITIVE_INFINITY;
}

/** For each instant of a canary the earliest that it and all before it can have come or been given up. */
function passableOf(byInstant: Canaries['byInstant'], first: number, last: number): Timeline {
  const times: number[] = [];
  let by = 0;
  for (let at = first; at <= last; at += canaryEveryMs) {
    const came = byInstant.get(at)?.taken ?? Number.POSITIVE_INFINITY;
    times.push(Math.max(by, came));
    by = Math.max(by, Math.min(came, at + canaryLostAfterMs));
  }
  return { first, times };
}

/** For each instant of a canary, by when it and all before it had come for sure, or were given up when a later one came. */
function passedOf(byInstant: Canaries['byInstant'], first: number, last: number): Timeline {
  const times: number[] = [];
  let cameBy = 0;
  let lostBy = Number.NEGATIVE_INFINITY;
  for (let at = first; at <= last; at += canaryEveryMs) {
    const came = byInstant.get(at)?.done ?? Number.POSITIVE_INFINITY;
    const lost = at + canaryLostAfterMs + hostClockErrorMaxMs;
    const isKnown = Number.isFinite(came);
    times.push(isKnown ? Math.max(cameBy, came, nextAfter(byInstant, at, lostBy)) : came);
    if (came <= lost) cameBy = Math.max(cameBy, came);
    else lostBy = lost;
  }
  return { first, times };
}

/** When one of the canaries from `at` on was done that was taken at `since` or later: what is missing then is given up. */
function nextAfter(byInstant: Canaries['byInstant'], at: number, since: number): number {
  let done = Number.POSITIVE_INFINITY;
  const last = since + canaryLostAfterMs;
  for (let one = at; one <= Math.max(at, Math.min(done, last)); one += canaryEveryMs) {
    const canary = byInstant.get(one);
    if (canary !== undefined && canary.taken >= since) done = Math.min(done, canary.done);
    if (one === at && Number.isFinite(done)) return done;
  }
  return done;
}
