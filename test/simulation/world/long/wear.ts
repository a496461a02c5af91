/** What befalls devices in weeks: spans of time, and loggers that bring what is old. */
import type { LoggedReading } from '../../../../sensors-sim/device/pack.ts';
import type { Sampler } from '../../../../sensors-sim/device/sampler.ts';
import type { Random } from '../../../../sensors-sim/random.ts';
import type { Span } from '../../history.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

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

/** A logger brings something old about so often. */
const bringsEveryMs = 6 * dayMs;
/** Oldest reading that it brings: a week. */
const oldestMs = 7 * dayMs;
/** What it brings lies within so long. */
const broughtWithinMs = 180 * minuteMs;

/** A sampler that now and then adds what a logger of the same device kept: readings of up to a week ago, in any order. */
export function withLogger(
  sampler: Sampler,
  sensorIds: readonly string[],
  random: Random,
  within: Span,
  brings: () => void,
): Sampler {
  const times = drawSpans(random, within, bringsEveryMs, () => [0, 0]).map(({ from }) => from);
  let told = times.length === 0 ? 0 : undefined;
  return (at) => {
    const fresh = sampler(at);
    const due = times.filter((time) => time <= at).length;
    // Of what was due before it started the device brought what it had.
    told ??= due;
    if (due <= told) return fresh;
    told = due;
    brings();
    const start = at - random.next() * oldestMs;
    const count = 3 + Math.floor(random.next() * 12);
    const old = Array.from(
      { length: count },
      (): LoggedReading => ({
        sensorId: sensorIds[Math.floor(random.next() * sensorIds.length)] ?? 'lel-1',
        unit: '%{LEL}',
        at: Math.round(start + random.next() * broughtWithinMs),
        value: Number((random.next() * 60).toFixed(1)),
      }),
    ).filter((reading) => reading.at < at - minuteMs);
    // The newest comes last: the pack's `sent` is taken from there.
    return [...old, ...fresh];
  };
}
