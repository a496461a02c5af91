/** What this room knows: what devices say. This file: what is remembered of one run of sequence numbers. */
import { days } from '../time.ts';
import { placeOf, type SeqRanges, withoutLowest, withSeq } from './seq-ranges.ts';

/** Bytes of a message's hash that are remembered. */
export const hashBytes = 4;

/** Most ranges of older seqs; beyond it the lowest is forgotten, so that nothing unseen ever counts as seen. */
export const rangeCountMax = 32;

/** Where a message stands by the device's own clock; absent when it has none. */
export interface MessageClock {
  /** When it left. */
  readonly atMs: number;
  /** Its newest record. */
  readonly newestMs: number;
}

/** What the device's clock showed in the messages of a life. */
export interface ClockSpan {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly newestMs: number;
}

/** One run of sequence numbers: a boot of the device, or a part of it after a reset or a wrap. */
export interface Life {
  readonly boot: string;
  /** Highest seqs. */
  readonly recent: SeqRanges;
  /** Their hashes, `hashBytes` each, in the same order: kept as they are stored. */
  readonly hashes: Uint8Array;
  /** Seqs whose hashes are forgotten. */
  readonly older: SeqRanges;
  readonly clock: ClockSpan | undefined;
}

export const newLife = (boot: string): Life => ({
  boot,
  recent: [],
  hashes: new Uint8Array(0),
  older: [],
  clock: undefined,
});

/** How many messages are remembered with their hashes. */
export const recentCount = ({ hashes }: Life): number => hashes.length / hashBytes;

export const highestOf = (life: Life): number =>
  Math.max(highestRecentOf(life), life.older[life.older.length - 1]?.to ?? -1);

export const highestRecentOf = ({ recent }: Life): number => recent[recent.length - 1]?.to ?? -1;

export const oldestOf = ({ recent, older }: Life): number =>
  Math.min(recent[0]?.from ?? Number.POSITIVE_INFINITY, older[0]?.from ?? Number.POSITIVE_INFINITY);

/** What the life knows of `seq`: its hash, only that it was there, or nothing. */
export function recall({ recent, hashes, older }: Life, seq: number): number | 'seen' | undefined {
  const { below, isIn } = placeOf(recent, seq);
  if (isIn) return hashAt(hashes, below * hashBytes);
  return placeOf(older, seq).isIn ? 'seen' : undefined;
}

/** The life with a message that it did not know. */
export function remember(life: Life, seq: number, hash: number, clock: MessageClock | undefined): Life {
  const at = placeOf(life.recent, seq).below * hashBytes;
  const hashes = Buffer.allocUnsafe(life.hashes.length + hashBytes);
  hashes.set(life.hashes);
  if (at < life.hashes.length) hashes.copyWithin(at + hashBytes, at, life.hashes.length);
  putHash(hashes, at, hash);
  return { ...life, recent: withSeq(life.recent, seq), hashes, clock: widened(life.clock, clock) };
}

/** The life with the hash of its lowest recent seq forgotten. */
export function forgetLowest(life: Life): Life {
  const [lowest] = life.recent;
  if (lowest === undefined) return life;
  return {
    ...life,
    recent: withoutLowest(life.recent),
    hashes: life.hashes.subarray(hashBytes),
    older: withSeq(life.older, lowest.from).slice(-rangeCountMax),
  };
}

/** `forgetLowest` of `remember` for a seq above all recent ones, with one copy in place of three. */
export function roll(life: Life, seq: number, hash: number, clock: MessageClock | undefined): Life {
  const [lowest] = life.recent;
  if (lowest === undefined) return remember(life, seq, hash, clock);
  const at = life.hashes.length - hashBytes;
  const hashes = Buffer.allocUnsafe(life.hashes.length);
  hashes.set(life.hashes);
  hashes.copyWithin(0, hashBytes);
  putHash(hashes, at, hash);
  const older = withSeq(life.older, lowest.from);
  return {
    boot: life.boot,
    recent: rolled(life.recent, seq),
    hashes,
    older: older.length > rangeCountMax ? older.slice(-rangeCountMax) : older,
    clock: widened(life.clock, clock),
  };
}

/** `withSeq` of `withoutLowest`; of a device that counts without gaps it is one range, moved on. */
function rolled(recent: SeqRanges, seq: number): SeqRanges {
  const [only] = recent;
  return recent.length === 1 && only?.to === seq - 1
    ? [{ from: only.from + 1, to: seq }]
    : withSeq(withoutLowest(recent), seq);
}

function putHash(bytes: Uint8Array, at: number, hash: number): void {
  bytes[at] = hash >>> 24;
  bytes[at + 1] = hash >>> 16;
  bytes[at + 2] = hash >>> 8;
  bytes[at + 3] = hash;
}

const hashAt = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0)) >>>
  0;

/** A clock that moved further than this between two messages was set anew; no backlog is older either. */
export const clockStepMax = days(31);

/** True when the message's clock has nothing to do with what the life's messages showed. */
export const hasStepped = (span: ClockSpan | undefined, clock: MessageClock | undefined): boolean =>
  span !== undefined &&
  clock !== undefined &&
  (clock.atMs < span.firstMs - clockStepMax || clock.atMs > span.lastMs + clockStepMax);

function widened(span: ClockSpan | undefined, clock: MessageClock | undefined): ClockSpan | undefined {
  if (clock === undefined) return span;
  const { atMs, newestMs } = clock;
  if (span === undefined || hasStepped(span, clock)) return { firstMs: atMs, lastMs: atMs, newestMs };
  return {
    firstMs: Math.min(span.firstMs, atMs),
    lastMs: Math.max(span.lastMs, atMs),
    newestMs: Math.max(span.newestMs, newestMs),
  };
}
