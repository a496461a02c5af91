import { ancestorsOf } from '../../domain/ids.ts';
import { registeredModes } from '../../domain/inventory/area.ts';
import type { Dated } from '../../domain/inventory/device.ts';
import { isRemembered, registeredOverride } from '../../domain/inventory/override.ts';
import type { OverrideScope } from '../../domain/telemetry/overrides.ts';
import type { DeviceRegistration } from '../../domain/telemetry/registration.ts';
import type { Instant } from '../../domain/time.ts';
import type { InventoryStore } from '../ports/inventory.ts';

/** What a registration's overrides and modes are found by. */
export type Touched = Pick<DeviceRegistration, 'deviceId' | 'enterpriseId' | 'sensors' | 'sources'>;

/**
 * The overrides that touch a sensor of the device, and the modes of its areas, as they are now.
 *
 * To be called after the device was read: what is committed later than that finds the device by itself.
 */
export async function datedOf(inventory: InventoryStore, device: Touched, now: Instant): Promise<Dated> {
  const { deviceId, enterpriseId, sensors, sources } = device;
  const areas = [...new Set(sources.flatMap(({ area }) => ancestorsOf(area)))];
  const scopes: OverrideScope[] = [
    ...areas.map((area) => ({ kind: 'area', area }) as const),
    { kind: 'enterprise', enterpriseId },
    ...sources.map(({ sourceId }) => ({ kind: 'source', sourceId }) as const),
    ...sensors.slice(0, 1).map(({ sensorId }) => ({ kind: 'sensor', deviceId, sensorId }) as const),
  ];
  const [found, set] = await Promise.all([inventory.overridesAt(scopes), inventory.getMany('area', areas)]);
  const overrides = found.filter((one) => isRemembered(one, now)).map(registeredOverride);
  const modes = set
    .flatMap((area) => registeredModes(area, now))
    .toSorted((a, b) => a.from - b.from || (a.area < b.area ? -1 : 1));
  return {
    ...(overrides.length === 0 ? {} : { overrides }),
    ...(modes.length === 0 ? {} : { modes: [...modes] }),
  };
}
