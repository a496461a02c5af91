/** What this room knows: what a rule means. This file: the recent values of a sensor that conditions of others name (semantics 9, 19). */
import type { Value } from '../../telemetry/reading.ts';
import type { Seen } from '../around.ts';

/** Readings in a row that said the same. */
export interface Stretch extends Seen {
  readonly from: number;
  readonly to: number;
}

/** What a sensor said lately, oldest first. Replaced, never changed. */
export interface Recent {
  readonly stretches: readonly Stretch[];
  /** Something older was forgotten. */
  readonly isCut: boolean;
}

/** Most stretches kept for each sensor: what is later than so many changes of a value is judged by guessing (semantics 9). */
export const stretchesMax = 8;

export const nothingRecent: Recent = { stretches: [], isCut: false };

const isSame = (a: Seen, b: Seen): boolean => a.value === b.value && a.quality === b.quality;

/** The list with one reading more, wherever it belongs; of two at one instant the newer to come counts. */
export function withReading(
  { stretches, isCut }: Recent,
  at: number,
  value: Value | undefined,
  quality: string,
): Recent {
  const said = { value, quality, from: at, to: at };
  const last = stretches.at(-1);
  if (last !== undefined && at > last.to && isSame(last, said))
    return { stretches: stretches.with(-1, { ...last, to: at }), isCut };
  const all = [...before(stretches, at), said, ...after(stretches, at)];
  return { stretches: all.slice(-stretchesMax), isCut: isCut || all.length > stretchesMax };
}

/** What lies before `at`, a stretch around it cut off there. */
const before = (stretches: readonly Stretch[], at: number): Stretch[] =>
  stretches
    .filter(({ from }) => from < at)
    .map((stretch) => (stretch.to < at ? stretch : { ...stretch, to: at - 1 }));

/**
 * What lies after `at`. Of a stretch around it only the last instant is sure to be a reading, so the rest is taken to begin
 * there: what the reading at `at` says may hold for too long, and nothing is lost (semantics 9).
 */
const after = (stretches: readonly Stretch[], at: number): Stretch[] =>
  stretches
    .filter(({ to }) => to > at)
    .map((stretch) => (stretch.from > at ? stretch : { ...stretch, from: stretch.to }));

/**
 * The newest stretch that began at or before `at`; `undefined` when nothing was said until then.
 *
 * `forgotten` when it may have been, and is no longer known.
 */
export function saidAt({ stretches, isCut }: Recent, at: number): Stretch | 'forgotten' | undefined {
  const found = stretches.findLast(({ from }) => from <= at);
  return found ?? (isCut ? 'forgotten' : undefined);
}

/** The first instant after `at` at which the sensor said something; `Infinity` when it has not. */
export const nextAfter = ({ stretches }: Recent, at: number): number => {
  for (const { from, to } of stretches) {
    if (from > at) return from;
    if (to > at) return to;
  }
  return Number.POSITIVE_INFINITY;
};

/** Instants in (`from`, `to`) at which the sensor began to say something else or said it last. */
export const instantsIn = ({ stretches }: Recent, from: number, to: number): readonly number[] =>
  stretches.flatMap((stretch) => [stretch.from, stretch.to].filter((at) => at > from && at < to));
