import type { LoggedReading } from '../../../sensors-sim/device/pack.ts';
import type { Sampler } from '../../../sensors-sim/device/sampler.ts';
import type { Random } from '../../../sensors-sim/random.ts';
import { normalAt } from '../../../sensors-sim/random.ts';
import type { CityDevice } from '../history.ts';

/** Levels that excursions reach, around every limit of the city: one tenth below, at, above. */
const levels = [19.9, 20, 21.9, 22, 24.9, 25, 29.9, 30, 35, 49.9, 50, 70, 101] as const;
const calmLevel = 5;

/** How often something befalls a sensor, and for how long. Times in milliseconds. */
export interface Climate {
  /** Excursions of a sensor: fewer than this. */
  readonly excursions: number;
  /** Shortest excursion, and what chance adds to it at the most; short ones are many. */
  readonly excursionMs: readonly [least: number, more: number];
  /** Faults, calibrations and silences of a sensor: fewer than this. */
  readonly troubles: number;
  readonly troubleMs: readonly [least: number, more: number];
  /** So much longer than other troubles a silence is: it must last beyond the time after which it is found. */
  readonly silentFactor: number;
  /** A sensor sees the loss of a network coming up to so long before, and until so long after it. */
  readonly lastWordsMs: readonly [before: number, after: number];
}

/** In less than this there is room for fewer excursions: each costs alerts, notices and what people do about them. */
const briefMs = 120_000;

/** The climate of worlds that last some minutes; half an excursion more is one more in few of them. */
const quickClimate = (lengthMs: number): Climate => ({
  excursions: (lengthMs < briefMs ? 3 : 4) + 0.5,
  excursionMs: [1_000, 90_000],
  troubles: 3,
  troubleMs: [5_000, 90_000],
  silentFactor: 3,
  lastWordsMs: [20_000, 5_000],
});

/** Share of the losses of a network that a sensor sees coming. */
const lastWordsShare = 0.4;

export interface Excursion {
  readonly from: number;
  readonly until: number;
  readonly level: number;
}

interface Trouble {
  readonly from: number;
  readonly until: number;
  readonly quality: 'fault' | 'calibrating' | 'maintenance' | 'silent';
}

export interface WeatherParts {
  readonly random: Random;
  readonly from: number;
  readonly until: number;
  readonly hasBadQuality: boolean;
  /** By the device's clock: when it is about to lose its network. */
  readonly lastWords: readonly number[];
  /** What it sees in place of excursions of its own. */
  readonly excursions?: readonly Excursion[];
  /** @default that of worlds of some minutes */
  readonly climate?: Climate;
  /** Hears of each reading that is none, or not good. */
  readonly spoiled: () => void;
}

/** What the sensors of a device see: calm, with excursions around the limits. */
export function createWeather(
  device: CityDevice,
  {
    random,
    from,
    until,
    hasBadQuality,
    lastWords,
    excursions,
    climate = quickClimate(until - from),
    spoiled,
  }: WeatherParts,
): Sampler {
  const channels = device.sensors.map(({ sensorId }) => {
    const own = random.split(sensorId);
    const somewhere = (): number => from + own.next() * (until - from);
    const spans = Array.from({ length: Math.floor(own.next() * climate.excursions) }, (): Excursion => {
      const start = somewhere();
      return {
        from: start,
        until: start + climate.excursionMs[0] + own.next() ** 2 * climate.excursionMs[1],
        level: levels[Math.floor(own.next() * levels.length)] ?? 25,
      };
    });
    // What takes a device off its network is often seen by its sensors first, and over when it comes back.
    const last = random.split(`${sensorId}/last`);
    if (excursions !== undefined) spans.splice(0, spans.length, ...excursions);
    for (const at of lastWords)
      if (last.next() < lastWordsShare)
        spans.unshift({
          from: at - climate.lastWordsMs[0] * last.next(),
          until: at + climate.lastWordsMs[1],
          level: 35,
        });
    const troubles = Array.from(
      { length: hasBadQuality ? Math.floor(own.next() * climate.troubles) : 0 },
      (): Trouble => {
        const start = somewhere();
        const kinds = ['fault', 'calibrating', 'maintenance', 'silent'] as const;
        const lengthMs = climate.troubleMs[0] + own.next() * climate.troubleMs[1];
        const quality = kinds[Math.floor(own.next() * kinds.length)] ?? 'fault';
        return {
          from: start,
          until: start + (quality === 'silent' ? climate.silentFactor : 1) * lengthMs,
          quality,
        };
      },
    );
    return { sensorId, spans, troubles, noise: own.key };
  });
  return (at) =>
    channels.flatMap(({ sensorId, spans, troubles, noise }): LoggedReading[] => {
      const trouble = troubles.find((one) => at >= one.from && at < one.until);
      if (trouble !== undefined) spoiled();
      if (trouble?.quality === 'silent') return [];
      const reading = { sensorId, unit: '%{LEL}', at };
      if (trouble?.quality === 'fault') return [{ ...reading, value: undefined, quality: 'fault' }];
      const level = spans.find((one) => at >= one.from && at < one.until)?.level;
      const value = level ?? Number((calmLevel + normalAt(noise, Math.floor(at / 1_000))).toFixed(1));
      if (value > 100) return [{ ...reading, value: 100, quality: 'over-range' }];
      return [{ ...reading, value, ...(trouble === undefined ? {} : { quality: trouble.quality }) }];
    });
}
