/** The readings of a sensor in as few numbers as a chart can show: least and greatest of each stretch. */
import type { Reading, Value } from '../../functions/domain/telemetry/reading.ts';

/** Most stretches of one series; a chart is about as many pixels wide. */
export const stretchesMax = 1_000;
const widthMinMs = 1_000;

/** One stretch with readings in it. */
export interface Stretch {
  readonly at: number;
  readonly least: number;
  readonly greatest: number;
  /** Some reading in it was not good. */
  readonly isBad: boolean;
}

export interface Samples {
  add(at: number, value: Value | undefined, isGood: boolean): void;
  readonly widthMs: number;
  /** In order of time; stretches without a reading are left out. */
  stretches(): readonly Stretch[];
  /** Names of an enumeration, by the number that stands for them. */
  readonly names: readonly string[];
}

interface Bucket {
  least: number;
  greatest: number;
  isBad: boolean;
}

const join = (a: Bucket | undefined, b: Bucket | undefined): Bucket | undefined =>
  a && b
    ? {
        least: Math.min(a.least, b.least),
        greatest: Math.max(a.greatest, b.greatest),
        isBad: a.isBad || b.isBad,
      }
    : (a ?? b);

/** Samples whose stretches grow as the series does: never more than `stretchesMax`, whatever comes. */
export function createSamples(): Samples {
  let widthMs = widthMinMs;
  let first = 0;
  let buckets: (Bucket | undefined)[] = [];
  const names: string[] = [];

  /** Doubles the stretches until those from `from` to `to` fit. */
  const widen = (from: number, to: number): void => {
    while (Math.floor(to / widthMs) - Math.floor(from / widthMs) >= stretchesMax) {
      widthMs *= 2;
      const moved = Math.floor(first / 2);
      const halved: (Bucket | undefined)[] = [];
      buckets.forEach((bucket, i) => {
        const at = Math.floor((first + i) / 2) - moved;
        halved[at] = join(halved[at], bucket);
      });
      buckets = halved;
      first = moved;
    }
  };
  const numberOf = (value: Value): number => {
    if (typeof value === 'number') return value;
    if (typeof value === 'boolean') return value ? 1 : 0;
    const known = names.indexOf(value);
    return known >= 0 ? known : names.push(value) - 1;
  };
  return {
    names,
    get widthMs() {
      return widthMs;
    },
    add(at, value, isGood) {
      if (value === undefined) return;
      const start = buckets.length === 0 ? at : Math.min(at, first * widthMs);
      const end = buckets.length === 0 ? at : Math.max(at, (first + buckets.length - 1) * widthMs);
      if (end - start >= widthMs * (stretchesMax - 1)) widen(start, end);
      const index = Math.floor(at / widthMs);
      if (buckets.length === 0) first = index;
      if (index < first) {
        buckets = [...Array.from({ length: first - index }, () => undefined), ...buckets];
        first = index;
      }
      const number = numberOf(value);
      const bucket = buckets[index - first];
      if (bucket === undefined) buckets[index - first] = { least: number, greatest: number, isBad: !isGood };
      else {
        bucket.least = Math.min(bucket.least, number);
        bucket.greatest = Math.max(bucket.greatest, number);
        if (!isGood) bucket.isBad = true;
      }
    },
    stretches: () =>
      buckets.flatMap((bucket, i) =>
        bucket === undefined ? [] : [{ at: (first + i) * widthMs, ...bucket }],
      ),
  };
}

/** Samples of every sensor of a history, by `<deviceId>/<sensorId>`. */
export interface SampleBook {
  add(deviceId: string, readings: readonly Reading[]): void;
  of(deviceId: string, sensorId: string): Samples | undefined;
}

export function createSampleBook(): SampleBook {
  const devices = new Map<string, Map<string, Samples>>();
  return {
    add(deviceId, readings) {
      const sensors = devices.get(deviceId) ?? new Map<string, Samples>();
      devices.set(deviceId, sensors);
      for (const { sensorId, phenomenonAt, value, quality } of readings) {
        const samples = sensors.get(sensorId) ?? createSamples();
        sensors.set(sensorId, samples);
        samples.add(phenomenonAt, value, quality === 'good');
      }
    },
    of: (deviceId, sensorId) => devices.get(deviceId)?.get(sensorId),
  };
}
