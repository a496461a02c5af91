import { instruments } from '../city/instruments.ts';
import type { CityDevice, CityEnterprise } from '../city/shape.ts';
import { type PlacedDevice, placedDevices } from '../city.ts';

/** Most devices of a load. */
export const loadDevicesMax = 1_000;
export const loadSensorCount = 20;

const sourceId = 'src-load';
const area = '220104';
const name = { zh: '压力测试', en: 'Load test' };

/**
 * Devices for a load alone: no rule selects their kind of source, so they raise nothing and nobody
 * misses them when the load is over.
 */
export function loadDevices(count: number): PlacedDevice[] {
  const devices = Array.from({ length: count }, (_, index) => loadDevice(index + 1));
  const enterprise: CityEnterprise = {
    enterpriseId: 'ent-load',
    name,
    area,
    trades: ['gas'],
    sites: [
      {
        siteId: 'site-load',
        name,
        area,
        address: '压力测试',
        position: [125.32, 43.86],
        sources: [{ sourceId, name, kind: 'load-test', trade: 'gas', area }],
        devices,
      },
    ],
  };
  return placedDevices([enterprise]);
}

const loadDevice = (number: number): CityDevice => ({
  deviceId: `load-${String(number).padStart(4, '0')}`,
  name,
  sensors: Array.from({ length: loadSensorCount }, (_, index) => ({
    sensorId: `lel-${String(index + 1).padStart(2, '0')}`,
    sourceId,
    periodMs: 10_000,
    instrument: instruments.combustibleGas,
    model: {
      kind: 'leak-plume',
      source: sourceId,
      background: 0.8,
      distanceM: 5 + 15 * index,
      airChangeSeconds: 90,
    },
  })),
});
