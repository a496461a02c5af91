/** What this room knows: what a rule means. This file: the readings of an instant enter the windows of their sensors (semantics 17). */
import type { Reading } from '../../telemetry/reading.ts';
import { copyRing, enter, newRing, type Ring, scaledIfKnown } from '../windows/ring.ts';
import type { BoundSensor } from './bind.ts';
import { ownSensor, type Work } from './work.ts';

/**
 * Enters the good and trusted among the readings from `start` to `end`, before any condition of their instant is judged
 * (semantics 6); late ones too.
 */
export function enterWindows(work: Work, readings: readonly Reading[], start: number, end: number): void {
  for (let i = start; i < end; i++) {
    const reading = readings[i];
    if (reading?.trusted !== true || reading.quality !== 'good' || reading.value === undefined) continue;
    const bound = work.rules.bySensor.get(reading.sensorId);
    if (bound === undefined || bound.windows.length === 0) continue;
    const rings = ownRings(work, bound);
    for (let w = 0; w < bound.windows.length; w++) {
      const window = bound.windows[w];
      const ring = rings[w];
      const scaled = window && scaledIfKnown(window.shape, reading.value);
      if (window && ring && scaled !== undefined) enter(window.shape, ring, reading.phenomenonAt, scaled);
    }
  }
}

/** The rings of a sensor, ours to change: copied once, unless nobody shares them. */
function ownRings(work: Work, bound: BoundSensor): readonly Ring[] {
  const sensor = ownSensor(work, bound);
  if (sensor.ringsOwner === work.owner && sensor.rings.length > 0) return sensor.rings;
  const { rings } = sensor;
  sensor.rings = bound.windows.map((_, i) => (rings[i] ? copyRing(rings[i]) : newRing()));
  sensor.ringsOwner = work.owner;
  return sensor.rings;
}
