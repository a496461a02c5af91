import type { Sampler } from '../../../sensors-sim/device/sampler.ts';
import type { Random } from '../../../sensors-sim/random.ts';

/** Oldest reading that a logger brings, in milliseconds: a week. */
const oldestMs = 7 * 86_400_000;

/** A sampler that now and then adds what a logger of the same device kept: readings of up to a week ago, in any order. */
export function withBacklog(
  sampler: Sampler,
  sensorIds: readonly string[],
  random: Random,
  from: number,
  until: number,
): Sampler {
  const times = Array.from(
    { length: 1 + Math.floor(random.next() * 3) },
    () => from + random.next() * (until - from),
  );
  let told = 0;
  return (at) => {
    const fresh = sampler(at);
    const due = times.filter((time) => time <= at).length;
    if (due <= told) return fresh;
    told = due;
    const start = at - random.next() * oldestMs;
    const count = 3 + Math.floor(random.next() * 12);
    const old = Array.from({ length: count }, () => ({
      sensorId: sensorIds[Math.floor(random.next() * sensorIds.length)] ?? 'lel-1',
      unit: '%{LEL}',
      at: Math.round(start + random.next() * 60_000),
      value: Number((random.next() * 60).toFixed(1)),
    })).filter((reading) => reading.at < at - 60_000);
    // The newest comes last: the pack's `sent` is taken from there.
    return [...old, ...fresh];
  };
}
