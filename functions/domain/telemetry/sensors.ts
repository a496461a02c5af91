/** What this room knows: what devices say. This file: a device's sensors, ready to be looked up by name. */
import { type Quantity, quantityOf } from './quantities.ts';
import type { DeviceRegistration, SensorRegistration } from './registration.ts';

export interface Sensor {
  readonly registration: SensorRegistration;
  /** Absent when this version does not know what is measured. */
  readonly quantity: Quantity | undefined;
}

export type Sensors = ReadonlyMap<string, Sensor>;

const built = new WeakMap<DeviceRegistration, Sensors>();

/** The sensors of a device by id; built once for each registration object. */
export function sensorsOf(registration: DeviceRegistration): Sensors {
  const known = built.get(registration);
  if (known !== undefined) return known;
  const sensors: Sensors = new Map(
    registration.sensors.map((sensor) => [
      sensor.sensorId,
      { registration: sensor, quantity: quantityOf(sensor.quantity) },
    ]),
  );
  built.set(registration, sensors);
  return sensors;
}
