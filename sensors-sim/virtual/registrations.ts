import { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { sensorBody } from '../city/bodies.ts';
import type { PlacedDevice } from '../city.ts';

/** What the inventory would have stored for a device that was registered at `registeredAt`. */
export function registrationOf(
  { device, site, enterprise, sources }: PlacedDevice,
  registeredAt: number,
): DeviceRegistration {
  return DeviceRegistration.parse({
    deviceId: device.deviceId,
    enterpriseId: enterprise.enterpriseId,
    siteId: site.siteId,
    status: 'active',
    sensors: device.sensors.map((sensor) => {
      const { periodMs, ...rest } = sensorBody(sensor);
      return { ...rest, period: periodMs };
    }),
    sources: sources.map(({ sourceId, kind, trade, area, tags }) => ({
      sourceId,
      kind,
      trade,
      area,
      siteId: site.siteId,
      enterpriseId: enterprise.enterpriseId,
      tags: [...(tags ?? [])],
    })),
    registeredAt,
    ...(device.gatewayId === undefined ? {} : { gatewayId: device.gatewayId }),
    version: 1,
  });
}
