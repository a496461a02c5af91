import * as z from 'zod';
import type { Change } from '../../history.ts';
import { canaryEveryMs, canaryLostAfterMs, hostClockErrorMaxMs, watermarkAgeMaxMs } from '../bounds.ts';
import { jsonOf, parsed, textOf } from './items.ts';
import type { Message } from './messages.ts';

const Canary = z.object({ at: z.number() });
const Stored = z.object({
  firstDueAt: z.number(),
  until: z.number().optional(),
  early: z.array(z.number()),
});

export interface Canaries {
  /** Instants of canaries, each with the earliest time it can have been, and must have been, committed. */
  readonly byInstant: ReadonlyMap<number, { readonly taken: number; readonly done: number }>;
  /** For each instant of a canary, by when it and all before it were done or given up: the watermark must have passed it. */
  readonly passed: ReadonlyMap<number, number>;
  /** The same by when they were taken: before, it can not have passed it. */
  readonly passable: ReadonlyMap<number, number>;
}

export interface WatermarkStep {
  /** By the world's clock, of the write. */
  readonly at: number;
  readonly firstDueAt: number;
  readonly until: number | undefined;
  /** Canaries that had come while one before them was missing. */
  readonly early: readonly number[];
}

export function canariesOf(messages: readonly Message[]): Canaries {
  const byInstant = new Map<number, { taken: number; done: number }>();
  for (const message of messages) {
    if (message.kind !== 'canary') continue;
    const { data } = Canary.safeParse(parsed(Buffer.from(message.bytes).toString('utf8')));
    if (data === undefined) continue;
    const known = byInstant.get(data.at) ?? { taken: message.taken, done: message.done };
    byInstant.set(data.at, {
      taken: Math.min(known.taken, message.taken),
      done: Math.min(known.done, message.done),
    });
  }
  return {
    byInstant,
    passed: passedOf(byInstant, ({ done }) => done),
    passable: passedOf(byInstant, ({ taken }) => taken),
  };
}

/** The watermark as it was written, step by step. */
export function watermarkSteps(changes: readonly Change[]): readonly WatermarkStep[] {
  return changes.flatMap(({ at, table, after }) => {
    if (table !== 'twins' || textOf(after, 'id') !== 'WATERMARK') return [];
    const { data } = Stored.safeParse(jsonOf(after, 'doc'));
    return data === undefined ? [] : [{ ...data, at, until: data.until }];
  });
}

/** The newest watermark that was written by `at`. */
export function watermarkAt(steps: readonly WatermarkStep[], at: number): number | undefined {
  let newest: number | undefined;
  for (const step of steps) {
    if (step.at > at) break;
    newest = step.until ?? newest;
  }
  return newest;
}

/**
 * The first instant at which the watermark must have passed `instant` by the canaries that were done: none is missing before
 * it, or it has been missing for ten minutes. Infinite when it never must.
 */
export function passedBy({ byInstant, passed }: Canaries, instant: number): number {
  const last = Math.floor(instant / canaryEveryMs) * canaryEveryMs + canaryEveryMs;
  const by = passed.get(last);
  return by === undefined || !byInstant.has(last) ? Number.POSITIVE_INFINITY : by;
}

/**
 * The first instant from `at` on by which the watermark had been young enough to judge absence by for `forMs` without a break:
 * before, what is silent need not be called so, though the watermark has long passed it (semantics 13). Infinite when never.
 */
export function judgeableBy({ passed }: Canaries, at: number, forMs: number): number {
  let from = Number.NEGATIVE_INFINITY;
  let until = Number.NEGATIVE_INFINITY;
  for (const [instant, by] of passed) {
    const old = instant + watermarkAgeMaxMs - hostClockErrorMaxMs;
    if (by > old) continue;
    if (by > until) from = by;
    until = old;
    const since = Math.max(from, at);
    if (since + forMs <= until) return since + forMs;
  }
  return Number.POSITIVE_INFINITY;
}

/** For each instant of a canary, by when it and all before it had come, as `cameAt` says, or were given up. */
function passedOf(
  byInstant: Canaries['byInstant'],
  cameAt: (canary: { readonly taken: number; readonly done: number }) => number,
): ReadonlyMap<number, number> {
  const passed = new Map<number, number>();
  const first = Math.min(...byInstant.keys());
  const last = Math.max(...byInstant.keys());
  let by = 0;
  for (let at = first; at <= last; at += canaryEveryMs) {
    const canary = byInstant.get(at);
    const came = canary === undefined ? Number.POSITIVE_INFINITY : cameAt(canary);
    passed.set(at, Math.max(by, came));
    by = Math.max(by, Math.min(came, at + canaryLostAfterMs));
  }
  return passed;
}
