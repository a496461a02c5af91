import * as z from 'zod';
import { type Device, DeviceRecord } from '../../domain/inventory/device.ts';
import { DeviceRegistration } from '../../domain/telemetry/registration.ts';
import type { Instant } from '../../domain/time.ts';
import type { TwinWrite } from '../ports/alerts.ts';
import type { PutOf } from '../ports/inventory.ts';
import type { DeviceDeps } from './deps.ts';

/** Both parts of a device, as a kept outcome holds them. */
export const StoredDevice = z.strictObject({ record: DeviceRecord, registration: DeviceRegistration });

/** The write of a device that was read as `before`. */
export const changedPut = (before: Device, thing: Device): PutOf<'device'> => ({
  kind: 'device',
  thing,
  expected: before.registration.version,
  before,
});

/** The device's twin as it is, due at once: sweep then does what the changed registration asks for. */
export async function lookedAtNow(
  deps: Pick<DeviceDeps, 'twins' | 'initialTwin'>,
  device: Device,
  now: Instant,
): Promise<TwinWrite> {
  const { deviceId } = device.registration;
  const twin = (await deps.twins.read([deviceId])).devices.get(deviceId)?.twin;
  if (twin === undefined)
    return { deviceId, expectedVersion: 0, ...deps.initialTwin(device.registration, now) };
  return { deviceId, expectedVersion: twin.version, bytes: twin.bytes, dueAt: now };
}
