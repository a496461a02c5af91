import type { CityDevice } from '../city/shape.ts';
import type { Cadence } from '../device/device.ts';
import type { Scenario } from './schema.ts';

/** How often `device` reads and sends in a run of `scenario`. */
export function cadenceOf(scenario: Scenario, device: CityDevice): Cadence {
  if ('read' in scenario.cadence) {
    return { readEveryMs: scenario.cadence.read, packEveryMs: scenario.cadence.pack };
  }
  const registered = Math.min(...device.sensors.map(({ periodMs }) => periodMs));
  const everyMs = registered * scenario.cadence.registered;
  return { readEveryMs: everyMs, packEveryMs: everyMs };
}
