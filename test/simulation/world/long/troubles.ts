import type { Random } from '../../../../sensors-sim/random.ts';
import type { Span } from '../../history.ts';

const hourMs = 3_600_000;

/** At most one trouble in each stretch of so long. */
const stretchMs = 12 * hourMs;
/** Share of the stretches that have one. */
const troubledShare = 0.8;
/** A trouble is at least so long, and chance adds to it at the most as much again twice. */
const shortestMs = hourMs;
/** After each trouble so much of its stretch is left for everything to come right. */
const healShare = 0.25;

/** A city that comes back was away for so long, and is back so soon after the trouble began. */
const awayMs = hourMs;
const backAfterMs = 5 * 60_000;

/** When the whole city is without network, so that it comes back within the first of the `troubles`; none before `from`. */
export function drawReturn([first]: readonly Span[], { from }: Span): readonly Span[] {
  if (first === undefined) return [];
  const back = Math.max(first.from + backAfterMs, from + awayMs);
  return [{ from: back - awayMs, until: Math.min(back, first.until - backAfterMs) }];
}

/** When things fail between `from` and `until`: about every twelve hours for one to three hours. At least once. */
export function drawTroubles(random: Random, from: number, until: number): readonly Span[] {
  const count = Math.max(1, Math.floor((until - from) / stretchMs));
  const lengthMs = (until - from) / count;
  return Array.from({ length: count }, (_, place): readonly Span[] => {
    const isTroubled = place === 0 || random.next() < troubledShare;
    const longMs = Math.min(shortestMs * (1 + 2 * random.next()), lengthMs * healShare * 2);
    const restMs = lengthMs * (1 - healShare) - longMs;
    const start = Math.round(from + place * lengthMs + random.next() * restMs);
    return isTroubled ? [{ from: start, until: Math.round(start + longMs) }] : [];
  }).flat();
}
