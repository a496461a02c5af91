/** What this room knows: what a rule means. This file: the short way of a message under which nothing changes. */
import type { Reading } from '../../telemetry/reading.ts';
import type { Instant } from '../../time.ts';
import type { DeviceRules } from './bind.ts';
import { noBand, type SensorCell } from './cell.ts';
import type { RuleState } from './state.ts';

/** True when the reading lies where the last one lay: no plain condition can say anything else, and no timer is reached. */
export function isInBand({ band, at, value: last }: SensorCell, { phenomenonAt, value }: Reading): boolean {
  if (phenomenonAt >= band.until || phenomenonAt - at > band.gapMs) return false;
  return typeof value === 'number' ? value > band.low && value < band.high : value === last;
}

/** What a calm reading does to its sensor, a copy of which is made: a newer value, and perhaps a newer sign of life. */
export function calmed(sensor: SensorCell, reading: Reading, receivedAt: Instant): SensorCell {
  const isNewer = !sensor.isCalm || reading.lifeAt > sensor.lifeAt;
  return {
    at: reading.phenomenonAt,
    value: reading.value,
    quality: reading.quality,
    fault: sensor.fault,
    notEvaluable: sensor.notEvaluable,
    isCalm: true,
    lifeAt: isNewer ? reading.lifeAt : sensor.lifeAt,
    lifeSetAt: isNewer ? receivedAt : sensor.lifeSetAt,
    band: sensor.band,
    rings: sensor.rings,
    recent: sensor.recent,
  };
}

/**
 * The state after a message whose readings are all calm; `undefined` when one of them must be judged, or time.
 *
 * Nineteen in twenty messages of a city are such. They need no list of what changes, no transitions and no second look at
 * a cell, so this way costs a third of the other and is tried first; it gives what the other would give.
 */
export function calmState(
  rules: DeviceRules,
  state: RuleState,
  readings: readonly Reading[],
  receivedAt: Instant,
): RuleState | undefined {
  if (state.quietUntil < receivedAt || state.rules !== rules) return undefined;
  let sensors: SensorCell[] | undefined;
  let last = 0;
  for (let i = 0; i < readings.length; i++) {
    const reading = readings[i];
    if (reading === undefined || reading.phenomenonAt < last) return undefined;
    last = reading.phenomenonAt;
    const bound = rules.bySensor.get(reading.sensorId);
    if (bound === undefined) continue;
    const sensor: SensorCell | undefined = (sensors ?? state.sensors)[bound.slot];
    if (
      sensor === undefined ||
      sensor.band === noBand ||
      bound.watchful.length > 0 ||
      bound.windows.length > 0 ||
      bound.linked.length > 0 ||
      !reading.trusted ||
      reading.quality !== 'good' ||
      reading.phenomenonAt <= sensor.at ||
      !isInBand(sensor, reading)
    )
      return undefined;
    sensors ??= state.sensors.slice();
    sensors[bound.slot] = calmed(sensor, reading, receivedAt);
  }
  if (sensors === undefined) return undefined;
  return {
    rules,
    seenAt: receivedAt > state.seenAt ? receivedAt : state.seenAt,
    quietUntil: state.quietUntil,
    cells: state.cells,
    sensors,
    orphans: state.orphans,
  };
}
