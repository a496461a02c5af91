/** What this room knows: what devices say. This file: is a message new, late, known, or out of order (semantics 11). */
import { hasStepped, highestOf, type Life, type MessageClock, oldestOf, recall } from './life.ts';
import { type Memory, type ResetRun, withDigest, withMessage, withRefused } from './memory.ts';
import type { MessageKey } from './message-key.ts';

export type AdmissionKind = 'fresh' | 'late' | 'duplicate' | 'conflict' | 'sequence-reset';

export interface Admission {
  readonly kind: AdmissionKind;
  /** Sequence numbers that this one skipped: messages that may still come. */
  readonly gap: number;
  readonly next: Memory;
}

/** Consistent packs after a sequence reset that start a new life. */
export const resetPackCount = 3;

/** Where counters of devices wrap. */
const wrapPoints = [2 ** 16, 2 ** 31, 2 ** 32, 2 ** 53];

/** How near to the wrap both sides must lie. */
export const wrapReach = 16;

type Sequence = Extract<MessageKey, { kind: 'sequence' }>;

/**
 * How a message stands to what the twin remembers, and the memory after it.
 *
 * The law: whatever was never seen is admitted or at least refused aloud (`conflict`, `sequence-reset`), never taken
 * for a duplicate. A seq in a remembered range is one only if the device's clock lies within what that range had;
 * a device without any clock is believed.
 *
 * @returns `next === memory` for a duplicate.
 */
export function admit(memory: Memory, key: MessageKey, clock: MessageClock | undefined): Admission {
  if (key.kind === 'digest')
    return memory.digests.includes(key.digest)
      ? { kind: 'duplicate', gap: 0, next: memory }
      : { kind: 'fresh', gap: 0, next: withDigest(memory, key.digest) };
  const next = newestFor(memory, key, clock);
  if (next !== undefined) {
    const gap = key.seq - highestOf(next) - 1;
    return { kind: 'fresh', gap, next: admitted(memory, memory.lives.length - 1, key, clock) };
  }
  if (isKnown(memory, key)) return { kind: 'duplicate', gap: 0, next: memory };
  const at = lifeFor(memory.lives, key.boot, clock);
  const life = memory.lives[at];
  if (life === undefined || isWrap(life, key.seq, clock))
    return { kind: 'fresh', gap: 0, next: admitted(memory, -1, key, clock) };
  const kind = kindWithin(life, key.seq, clock);
  if (kind === 'duplicate') return { kind, gap: 0, next: memory };
  if (kind === 'conflict' || kind === 'sequence-reset') return outOfOrder(memory, kind, key, clock);
  const gap = Math.max(0, key.seq - highestOf(life) - 1);
  return { kind, gap, next: admitted(memory, at, key, clock) };
}

/**
 * The usual case: the newest life, where `key` goes on counting in it and nothing else can know it; else `undefined`.
 *
 * What the general way finds for it is `fresh`, after looking at every life twice.
 */
function newestFor(
  { lives, refused }: Memory,
  { boot, seq }: Sequence,
  clock: MessageClock | undefined,
): Life | undefined {
  const newest = lives[lives.length - 1];
  if (newest === undefined || newest.boot !== boot || refused.length > 0) return undefined;
  if (seq < wrapReach || seq <= highestOf(newest)) return undefined;
  if (clock !== undefined && newest.clock !== undefined && clock.atMs < newest.clock.firstMs)
    return undefined;
  for (let at = lives.length - 2; at >= 0; at--) if (lives[at]?.boot === boot) return undefined;
  return newest;
}

/** Same boot, same seq, same bytes; refused ones too, so that the queue's repeats change nothing. */
const isKnown = ({ lives, refused }: Memory, { boot, seq, hash }: Sequence): boolean =>
  lives.some((life) => life.boot === boot && recall(life, seq) === hash) ||
  refused.some((entry) => entry.seq === seq && entry.hash === hash);

/** Index of the newest life of `boot` that had begun by the message's clock; the oldest one if none had; or -1. */
function lifeFor(lives: readonly Life[], boot: string, clock: MessageClock | undefined): number {
  let oldest = -1;
  for (let at = lives.length - 1; at >= 0; at--) {
    const life = lives[at];
    if (life?.boot !== boot) continue;
    oldest = at;
    if (clock === undefined || life.clock === undefined || clock.atMs >= life.clock.firstMs) return at;
  }
  return oldest;
}

function kindWithin(life: Life, seq: number, clock: MessageClock | undefined): AdmissionKind {
  const known = recall(life, seq);
  if (typeof known === 'number') return 'conflict';
  if (known === 'seen') return isWithin(life, clock) ? 'duplicate' : 'sequence-reset';
  if (seq > highestOf(life)) return 'fresh';
  if (isNewerThanAll(life, clock) || hasStepped(life.clock, clock)) return 'sequence-reset';
  return seq < oldestOf(life) ? 'late' : 'fresh';
}

const isWithin = ({ clock: span }: Life, clock: MessageClock | undefined): boolean =>
  clock === undefined ||
  span === undefined ||
  (clock.atMs >= span.firstMs && clock.atMs <= span.lastMs && clock.newestMs <= span.newestMs);

/** A backlog is sent later but was measured earlier; only a device that counts anew is ahead in both. */
const isNewerThanAll = ({ clock: span }: Life, clock: MessageClock | undefined): boolean =>
  clock !== undefined && span !== undefined && clock.atMs > span.lastMs && clock.newestMs > span.newestMs;

function isWrap(life: Life, seq: number, clock: MessageClock | undefined): boolean {
  if (seq >= wrapReach) return false;
  const highest = highestOf(life);
  const isNear = wrapPoints.some((point) => highest < point && highest >= point - wrapReach);
  return isNear && (clock === undefined || life.clock === undefined || isNewerThanAll(life, clock));
}

/** Message admitted into `lives[at]`, or into a new life; a run of resets ends with it. */
const admitted = (memory: Memory, at: number, key: Sequence, clock: MessageClock | undefined): Memory =>
  withMessage(
    memory.run === undefined ? memory : { ...memory, run: undefined },
    at,
    key.boot,
    { seq: key.seq, hash: key.hash },
    clock,
  );

function outOfOrder(
  memory: Memory,
  kind: 'conflict' | 'sequence-reset',
  key: Sequence,
  clock: MessageClock | undefined,
): Admission {
  const run = nextRun(memory.run, key, clock);
  if (run.count >= resetPackCount) return { kind: 'fresh', gap: 0, next: admitted(memory, -1, key, clock) };
  return { kind, gap: 0, next: withRefused(memory, { seq: key.seq, hash: key.hash }, run) };
}

function nextRun(run: ResetRun | undefined, key: Sequence, clock: MessageClock | undefined): ResetRun {
  const atMs = clock?.atMs ?? 0;
  const fits = run !== undefined && run.boot === key.boot && key.seq > run.seq && atMs >= run.atMs;
  return { boot: key.boot, count: fits ? run.count + 1 : 1, seq: key.seq, atMs };
}
