/** What this room knows: what a rule means. This file: the last good value of a sensor, which a change of limits judges (semantics 22). */
import type { Reading } from '../../telemetry/reading.ts';
import type { Condition } from './bind.ts';
import { never, newestValueOf, type SensorCell } from './cell.ts';
import { asksForState, type TimeInput } from './step-input.ts';

const goodOf = (readings: readonly Reading[]): Reading | undefined =>
  readings.findLast(({ quality }) => quality === 'good');

/** Keeps, before `sensor` takes the bad readings of an instant newer than all before, what it leaves behind. Changes `sensor`. */
export function keepLastGood(sensor: SensorCell, readings: readonly Reading[]): void {
  const good = goodOf(readings);
  if (good) sensor.lastGood = { at: good.phenomenonAt, value: good.value };
  else if (sensor.quality === 'good' && sensor.at !== never)
    sensor.lastGood = { at: sensor.at, value: newestValueOf(sensor) };
}

/** The good one of late readings, where it is newer than the last good one that a bad newest reading hides. */
export function laterGood(sensor: SensorCell, readings: readonly Reading[]): Reading | undefined {
  if (sensor.quality === 'good') return undefined;
  const good = goodOf(readings);
  return good && good.phenomenonAt > (sensor.lastGood?.at ?? never) ? good : undefined;
}

/**
 * The value that a change of limits judges, and the instant at which it is judged: the newest at which it could be.
 *
 * Behind a bad reading windows are taken as they were at the good one, because they may have run empty since; a condition
 * on other sensors too is judged beside what these have said since.
 */
export function toJudge(
  sensor: SensorCell,
  condition: Condition,
  evaluatedAt: number,
): Pick<TimeInput, 'value' | 'quality' | 'valueAt' | 'goodAt'> {
  const { at, quality, lastGood } = sensor;
  if (quality === 'good' || lastGood === undefined || asksForState(condition, quality))
    return { value: newestValueOf(sensor), quality, valueAt: Math.max(at, evaluatedAt) };
  const { at: goodAt, value } = lastGood;
  return {
    value,
    quality: 'good',
    goodAt,
    valueAt: condition.isAlone ? goodAt : Math.max(goodAt, evaluatedAt),
  };
}
