/** What this room knows: what devices say. This file: what is remembered of one run of sequence numbers. */
import { days } from '../time.ts';
import { includesSeq, type SeqRanges, withSeq } from './seq-ranges.ts';

export interface RememberedSeq {
  readonly seq: number;
  /** First 4 bytes of the message's hash. */
  readonly hash: number;
}

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
  /** Highest seqs with their hashes, ascending. */
  readonly recent: readonly RememberedSeq[];
  /** Seqs whose hashes are forgotten. */
  readonly older: SeqRanges;
  readonly clock: ClockSpan | undefined;
}

export const newLife = (boot: string): Life => ({ boot, recent: [], older: [], clock: undefined });

export function highestOf({ recent, older }: Life): number {
  return Math.max(recent.at(-1)?.seq ?? -1, older.at(-1)?.to ?? -1);
}

export function oldestOf({ recent, older }: Life): number {
  return Math.min(recent[0]?.seq ?? Number.POSITIVE_INFINITY, older[0]?.from ?? Number.POSITIVE_INFINITY);
}

/** What the life knows of `seq`: its hash, only that it was there, or nothing. */
export function recall(life: Life, seq: number): number | 'seen' | undefined {
  const hit = life.recent.find((entry) => entry.seq === seq);
  if (hit !== undefined) return hit.hash;
  return includesSeq(life.older, seq) ? 'seen' : undefined;
}

export function remember(life: Life, entry: RememberedSeq, clock: MessageClock | undefined): Life {
  const { recent } = life;
  let at = recent.length;
  while (at > 0 && (recent[at - 1]?.seq ?? -1) > entry.seq) at--;
  return { ...life, recent: recent.toSpliced(at, 0, entry), clock: widened(life.clock, clock) };
}

/** The life with the hash of its lowest recent seq forgotten. */
export function forgetLowest(life: Life): Life {
  const [lowest, ...recent] = life.recent;
  return lowest === undefined ? life : { ...life, recent, older: withSeq(life.older, lowest.seq) };
}

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
