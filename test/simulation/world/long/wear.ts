/** What befalls devices in weeks: spans of time. */
import type { Random } from '../../../../sensors-sim/random.ts';
import type { Span } from '../../history.ts';

/** Spans anywhere in `within`, one in `everyMs` on the average, of any length between what `lengthOf` says. */
export function drawSpans(
  random: Random,
  within: Span,
  everyMs: number,
  lengthOf: (random: Random) => readonly [least: number, most: number],
): readonly Span[] {
  const mean = (within.until - within.from) / everyMs;
  const count = Math.floor(2 * mean * random.next() + random.next());
  return Array.from({ length: count }, () => {
    const [least, most] = lengthOf(random);
    const from = Math.round(within.from + random.next() * (within.until - within.from));
    const until = Math.round(from + least + random.next() ** 2 * (most - least));
    return { from, until: Math.min(within.until, until) };
  });
}
