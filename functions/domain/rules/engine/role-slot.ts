/** What this room knows: what a rule means. This file: which other sensor of the device plays a role in a rule (semantics 19). */
import type { SensorRegistration } from '../../telemetry/registration.ts';
import type { RoleSelection } from '../book.ts';

/** The place of the one other sensor that `role` selects beside the one at `own`; `undefined` when there is none, or more. */
export function roleSlot(
  sensors: readonly SensorRegistration[],
  own: number,
  { quantity, positions, tags }: RoleSelection,
): number | undefined {
  const found = sensors.flatMap((sensor, slot) =>
    slot !== own &&
    sensor.quantity === quantity &&
    (positions === undefined || (sensor.position !== undefined && positions.includes(sensor.position))) &&
    (tags === undefined || tags.some((tag) => sensor.tags.includes(tag)))
      ? [slot]
      : [],
  );
  return found.length === 1 ? found[0] : undefined;
}
