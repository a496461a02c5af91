/** What this room knows: what a rule means. This file: the short way of a message under which nothing changes. */
import type { Reading } from '../../telemetry/reading.ts';
import type { Instant } from '../../time.ts';
import { isInBand } from './band.ts';
import type { DeviceRules } from './bind.ts';
import { restUntil } from './calm.ts';
import { noBand, type SensorCell, setValue } from './cell.ts';
import type { RuleState } from './state.ts';

/** What a calm reading does to its sensor: a newer value, and perhaps a newer sign of life. Changes `sensor`. */
export function noteCalm(sensor: SensorCell, reading: Reading, receivedAt: Instant): void {
  if (!sensor.isCalm) sensor.calmFrom = reading.phenomenonAt;
  if (!sensor.isCalm || reading.lifeAt > sensor.lifeAt) {
    sensor.lifeAt = reading.lifeAt;
    sensor.lifeSetAt = receivedAt;
  }
  sensor.at = reading.phenomenonAt;
  setValue(sensor, reading.value);
  sensor.quality = reading.quality;
  sensor.isCalm = true;
}

/** True when another reading of the same sensor and instant follows: they are judged together. */
export function hasTwin(readings: readonly Reading[], at: number): boolean {
  const one = readings[at];
  for (let i = at + 1; i < readings.length; i++) {
    const other = readings[i];
    if (other?.phenomenonAt !== one?.phenomenonAt) return false;
    if (other?.sensorId === one?.sensorId) return true;
  }
  return false;
}

/**
 * Nothing falls due before `now`, looked up anew where every sensor is calm: what was known of the time to come is nearly
 * always that a sensor would fall silent which has reported since.
 */
function isQuiet(state: RuleState, now: Instant): boolean {
  if (state.quietUntil >= now) return true;
  let until = Number.POSITIVE_INFINITY;
  const { sensors, rules } = state;
  for (let i = 0; i < sensors.length; i++) {
    const sensor = sensors[i];
    const bound = rules.sensors[i];
    const rests = sensor && bound?.isPlain === true ? restUntil(sensor, bound) : undefined;
    if (rests === undefined) return false;
    until = Math.min(until, rests);
  }
  if (until < now) return false;
  state.quietUntil = until;
  return true;
}

/** By phenomenon time. */
export function isSorted(readings: readonly Reading[]): boolean {
  let last = 0;
  for (const { phenomenonAt } of readings) {
    if (phenomenonAt < last) return false;
    last = phenomenonAt;
  }
  return true;
}

/**
 * Notes the calm readings with which a message begins, in a state that nobody shares; how many they are.
 *
 * Nineteen in twenty messages of a city are calm from end to end. They need no list of what changes, no transitions and no
 * second look at a cell, so this way is tried first; it does what the other would do. It ends before the first reading that
 * must be judged, those of the same sensor and instant with it, and does nothing when time must be.
 */
export function restAlong(
  rules: DeviceRules,
  state: RuleState,
  readings: readonly Reading[],
  receivedAt: Instant,
): number {
  if (state.rules !== rules || !isQuiet(state, receivedAt)) return 0;
  if (readings.length > 1 && !isSorted(readings)) return 0;
  for (let i = 0; i < readings.length; i++) {
    const reading = readings[i];
    const bound = reading && rules.bySensor.get(reading.sensorId);
    const sensor = bound && state.sensors[bound.slot];
    if (
      reading === undefined ||
      bound === undefined ||
      sensor === undefined ||
      sensor.owner !== state.owner ||
      sensor.band === noBand ||
      !bound.isPlain ||
      !reading.trusted ||
      reading.quality !== 'good' ||
      reading.phenomenonAt <= sensor.at ||
      !isInBand(sensor, bound, reading) ||
      hasTwin(readings, i)
    )
      return i;
    noteCalm(sensor, reading, receivedAt);
  }
  return readings.length;
}
