import type { CityRule, CitySeverity } from '../../history.ts';
import type { LimitAt } from './limits.ts';
import type { Reading } from './readings.ts';
import type { View } from './view.ts';

/** What a reading says to one severity of a rule, as far as that is sure (semantics 1, 2, 5). */
export interface Point {
  readonly reading: Reading;
  readonly mustBeTrue: boolean;
  readonly mayBeTrue: boolean;
  /** Known false, so that it contradicts a breach; what is held or bad never does. */
  readonly mustBeFalse: boolean;
  readonly mayBeFalse: boolean;
}

/** A sensor under a severity of a rule. */
export interface Watched {
  readonly rule: CityRule;
  readonly severity: CitySeverity;
  readonly sensor: string;
  readonly periodMs: number;
  readonly registeredAt: number;
  readonly points: readonly Point[];
}

/** Every sensor under every severity of every rule that asks what `measure` says. */
export function watchedBy(view: View, measure: CitySeverity['measure']): readonly Watched[] {
  const { city } = view.history;
  // A month of them for all sensors at once would not fit: they are made when they are asked for, and only the last are kept.
  let latest: { readonly of: Omit<Watched, 'points'>; readonly points: readonly Point[] } | undefined;
  const withPoints = (of: Omit<Watched, 'points'>, series: readonly Reading[]): Watched => ({
    ...of,
    get points() {
      if (latest?.of !== of) {
        const limitAt = view.limitOf(of.rule);
        latest = { of, points: series.map((reading) => pointOf(reading, of.severity, limitAt)) };
      }
      return latest.points;
    },
  });
  return city.devices.flatMap(({ deviceId, sensors, registeredAt }) =>
    sensors.flatMap(({ sensorId, quantity, periodMs }) => {
      const sensor = `${deviceId}/${sensorId}`;
      const series = view.readings.get(sensor) ?? [];
      return city.rules
        .filter((rule) => rule.quantity === quantity)
        .flatMap((rule) =>
          rule.severities
            .filter((severity) => severity.measure === measure)
            .map((severity) => withPoints({ rule, severity, sensor, periodMs, registeredAt }, series)),
        );
    }),
  );
}

export function pointOf(reading: Reading, { severity, limit }: CitySeverity, limitAt: LimitAt): Point {
  const { quality, value, sensor, from, to } = reading;
  if (quality === 'over-range') return pointWith(reading, true, true, false, false);
  if (quality === 'unclear') return pointWith(reading, false, true, false, true);
  if (value === undefined || quality === 'fault' || quality === 'unknown')
    return pointWith(reading, false, false, false, false);
  const early = limitAt(sensor, limit, from);
  const late = limitAt(sensor, limit, to);
  const most = Math.max(early.most, late.most);
  const least = Math.min(early.least, late.least);
  // A hold delays what is below red, and what is held contradicts nothing.
  if (quality === 'held')
    return pointWith(reading, severity === 'red' && value >= most, value >= least, false, false);
  return pointWith(reading, value >= most, value >= least, value < least, value < most);
}

const pointWith = (
  reading: Reading,
  mustBeTrue: boolean,
  mayBeTrue: boolean,
  mustBeFalse: boolean,
  mayBeFalse: boolean,
): Point => ({ reading, mustBeTrue, mayBeTrue, mustBeFalse, mayBeFalse });
