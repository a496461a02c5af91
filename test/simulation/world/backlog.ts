import type { LoggedReading } from '../../../sensors-sim/device/pack.ts';
import type { Sampler } from '../../../sensors-sim/device/sampler.ts';
import type { Random } from '../../../sensors-sim/random.ts';

/** Oldest reading that a logger brings, in milliseconds: a week. */
const oldestMs = 7 * 86_400_000;
/** What is younger than this is no backlog. */
const youngestMs = 60_000;

export interface LoggerParts {
  readonly sensorIds: readonly string[];
  readonly random: Random;
  /** By the device's clock: when it brings something. */
  readonly times: readonly number[];
  /** What it brings at once lies within so long. */
  readonly withinMs: number;
  /** Whether a boot brings what was due before it; otherwise the device had brought it then. */
  readonly doesBringAgain: boolean;
  brings(): void;
}

/** A sampler that at its times adds what a logger of the same device kept: readings of up to a week ago, in any order. */
export function withLogger(
  sampler: Sampler,
  { sensorIds, random, times, withinMs, doesBringAgain, brings }: LoggerParts,
): Sampler {
  let told = doesBringAgain ? 0 : undefined;
  return (at) => {
    const fresh = sampler(at);
    const due = times.filter((time) => time <= at).length;
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
        at: Math.round(start + random.next() * withinMs),
        value: Number((random.next() * 60).toFixed(1)),
      }),
    ).filter((reading) => reading.at < at - youngestMs);
    // The newest comes last: the pack's `sent` is taken from there.
    return [...old, ...fresh];
  };
}
