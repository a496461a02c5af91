import type { CityDevice } from '../city/shape.ts';
import { city, placedDevices } from '../city.ts';
import type { Scenario } from './schema.ts';

export interface Stranger {
  readonly path: readonly (string | number)[];
  readonly detail: string;
}

/** Every device, sensor, source and fan that a scenario names and the city does not have. */
export function strangersIn(scenario: Scenario): Stranger[] {
  const devices = new Map(placedDevices().map(({ device }) => [device.deviceId, device]));
  const sources = city.flatMap(({ sites }) =>
    sites.flatMap((site) => site.sources.map(({ sourceId }) => sourceId)),
  );
  const found: Stranger[] = [];
  for (const [index, event] of scenario.events.entries()) {
    const refuse = (field: string, kind: string, known: readonly string[]): void => {
      found.push({
        path: ['events', index, field],
        detail: `names no ${kind} of the city; there are ${known.join(', ')}`,
      });
    };
    if ('source' in event && !sources.includes(event.source)) refuse('source', 'source', sources);
    if ('fan' in event && !fansOf([...devices.values()]).includes(event.fan)) {
      refuse('fan', 'fan', fansOf([...devices.values()]));
    }
    if ('devices' in event && event.devices.some((deviceId) => !devices.has(deviceId))) {
      refuse('devices', 'device', [...devices.keys()]);
    }
    if ('device' in event) {
      const device = devices.get(event.device);
      if (device === undefined) refuse('device', 'device', [...devices.keys()]);
      else if ('sensor' in event && event.sensor !== undefined && !sensorsOf(device).includes(event.sensor)) {
        refuse('sensor', 'sensor', sensorsOf(device));
      }
    }
  }
  return found;
}

const sensorsOf = (device: CityDevice): string[] => device.sensors.map(({ sensorId }) => sensorId);

const fansOf = (devices: readonly CityDevice[]): string[] => [
  ...new Set(
    devices.flatMap(({ sensors }) => sensors.flatMap(({ model }) => ('fan' in model ? [model.fan] : []))),
  ),
];
