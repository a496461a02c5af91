import { authorize } from '../../domain/access/authorize.ts';
import type { ListWish } from '../../domain/access/listing.ts';
import type { DeviceId, SensorId } from '../../domain/ids.ts';
import type { Device } from '../../domain/inventory/device.ts';
import type { SensorRegistration } from '../../domain/telemetry/registration.ts';
import type { Caller } from '../ports/access.ts';
import type { Page } from '../ports/inventory.ts';
import type { InventoryDeps } from './deps.ts';
import { listThings, type PageWish, readThing } from './read-inventory.ts';
import { done, type Result, refuse } from './result.ts';

/** A sensor with the device that carries it. */
export interface SensorOn {
  readonly device: Device;
  readonly sensor: SensorRegistration;
}

/** The sensor, if the caller may see the source that it watches. */
export const readSensor =
  (deps: InventoryDeps) =>
  async (caller: Caller, deviceId: DeviceId, sensorId: SensorId): Promise<Result<SensorOn>> => {
    const found = await readThing(deps)(caller, 'device', deviceId);
    if (!found.ok) return found;
    const [sensor] = visible(deps, caller, found.value).filter((one) => one.sensorId === sensorId);
    return sensor === undefined ? refuse('not-found') : done({ device: found.value, sensor });
  };

/** The sensors that the caller may see, by device and id; a page continues after `<deviceId>/<sensorId>`. */
export const listSensors =
  (deps: InventoryDeps) =>
  async (
    caller: Caller,
    wish: ListWish & { readonly device?: DeviceId | undefined },
    page: PageWish,
  ): Promise<Result<Page<SensorOn>>> => {
    const [fromDevice, fromSensor] = page.after?.split('/') ?? [];
    const devices = await devicesFrom(deps, caller, wish, { limit: page.limit, from: fromDevice });
    if (!devices.ok) return devices;
    const sensors = devices.value.items.flatMap((device) =>
      visible(deps, caller, device)
        .filter(({ sensorId }) => device.record.deviceId !== fromDevice || sensorId > (fromSensor ?? ''))
        .map((sensor) => ({ device, sensor })),
    );
    const items = sensors.slice(0, page.limit);
    const last = items.at(-1);
    if (sensors.length > items.length && last !== undefined)
      return done({ items, next: `${last.device.record.deviceId}/${last.sensor.sensorId}` });
    // `~` sorts behind every character of a sensor's id: the next page starts with the next device.
    const { next } = devices.value;
    return done({ items, next: next === undefined ? undefined : `${next}/~` });
  };

/** The device where the last page stopped, and those behind it. */
async function devicesFrom(
  deps: InventoryDeps,
  caller: Caller,
  wish: ListWish & { readonly device?: DeviceId | undefined },
  { limit, from }: { readonly limit: number; readonly from: string | undefined },
): Promise<Result<Page<Device>>> {
  if (wish.device !== undefined) {
    const found = await readThing(deps)(caller, 'device', wish.device);
    return found.ok ? done({ items: [found.value], next: undefined }) : found;
  }
  const listed = await listThings(deps)(caller, 'device', wish, { limit, after: from });
  if (!listed.ok || from === undefined) return listed;
  const first = await readThing(deps)(caller, 'device', from);
  return first.ok ? done({ items: [first.value, ...listed.value.items], next: listed.value.next }) : listed;
}

function visible(deps: InventoryDeps, caller: Caller, { registration }: Device): SensorRegistration[] {
  const { enterpriseId, sources, sensors } = registration;
  const now = deps.clock.now();
  return sensors
    .filter(({ sourceId }) => {
      const places = sources.filter((source) => source.sourceId === sourceId);
      return authorize(caller.grants, 'read-inventory', { enterpriseId, places }, now).ok;
    })
    .toSorted((a, b) => (a.sensorId < b.sensorId ? -1 : 1));
}
