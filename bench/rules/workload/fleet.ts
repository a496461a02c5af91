/** The devices of the workload: 400 with five sensors each, of as many kinds as the book has. */
import { DeviceRegistration } from '../../../functions/domain/telemetry/registration.ts';
import { kindOf } from './kinds.ts';
import { type BookSize, deviceCount, period, registeredAt, sensorsPerDevice } from './size.ts';

export const deviceIdOf = (device: number): string => `gas-corridor-${String(device).padStart(4, '0')}`;

/** Name within its device. */
export const sensorIdOf = (place: number): string => `detector-${place + 1}`;

/** Kind of the sensor at `place` on `device`: neighbours differ, and every kind has as many sensors. */
export const kindIndexOf = (device: number, place: number, { kindCount }: BookSize): number =>
  (device * sensorsPerDevice + place) % kindCount;

/** One device in ten has no grade, so that what a rule asks of it is unknown. */
const gradeOf = (device: number): { grade?: number } =>
  device % 10 === 0 ? {} : { grade: 1 + (device % 4) };

export function registrationsOf(size: BookSize): readonly DeviceRegistration[] {
  return Array.from({ length: deviceCount }, (_, device) => {
    const deviceId = deviceIdOf(device);
    const sourceId = `${deviceId}-source`;
    return DeviceRegistration.parse({
      deviceId,
      enterpriseId: 'enterprise-1',
      siteId: 'site-1',
      status: 'active',
      sensors: Array.from({ length: sensorsPerDevice }, (_, place) => {
        const { quantity, unit, position } = kindOf(kindIndexOf(device, place, size));
        const range = { min: 0, max: 100 };
        return { sensorId: sensorIdOf(place), quantity, unit, position, range, period, sourceId };
      }),
      sources: [
        {
          sourceId,
          kind: 'compartment',
          trade: 'gas',
          area: '220104',
          siteId: 'site-1',
          enterpriseId: 'enterprise-1',
          ...gradeOf(device),
        },
      ],
      registeredAt,
      version: 1,
    });
  });
}
