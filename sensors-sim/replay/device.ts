import type { Instrument } from '../city/instruments.ts';
import { instruments } from '../city/instruments.ts';
import type { CityTrade } from '../city/shape.ts';
import type { PlacedDevice } from '../city.ts';
import { SimError } from '../sim-error.ts';

/** Where a replayed series is hung up in the inventory. */
export interface ReplayPlace {
  readonly deviceId: string;
  readonly sensorId: string;
  readonly quantity: string;
  readonly sourceKind: string;
  readonly trade: CityTrade;
  /** How often the series has a record. */
  readonly periodMs: number;
}

/** Hourly fine dust of a construction site: what the shipped fixture is. */
export const beijingDust: ReplayPlace = {
  deviceId: 'replay-beijing-pm25',
  sensorId: 'pm25',
  quantity: 'pm2.5',
  sourceKind: 'construction-site',
  trade: 'construction',
  periodMs: 3_600_000,
};

/** The instrument of a quantity. @throws SimError when the city has none */
export function instrumentOf(quantity: string): Instrument {
  const found = Object.values(instruments).find((instrument) => instrument.quantity === quantity);
  if (found !== undefined) return found;
  const known = Object.values(instruments).map((instrument) => instrument.quantity);
  throw new SimError(`no quantity "${quantity}"; there are ${known.join(', ')}`);
}

/**
 * A device of its own for a series, with enterprise, site and source around it, ready to be registered
 * like any of the city (`deviceBody`, `sourceBody` …).
 */
export function replayDevice(place: ReplayPlace): PlacedDevice {
  const area = '220106';
  const name = { zh: '历史数据回放', en: 'Replay of recorded data' };
  const sourceId = `src-${place.deviceId}`;
  const source = { sourceId, name, kind: place.sourceKind, trade: place.trade, area };
  const device = {
    deviceId: place.deviceId,
    name,
    sensors: [
      {
        sensorId: place.sensorId,
        instrument: instrumentOf(place.quantity),
        sourceId,
        periodMs: place.periodMs,
        model: { kind: 'climate', mean: 0, swing: 0, weather: 0 } as const,
      },
    ],
  };
  const site = {
    siteId: `site-${place.deviceId}`,
    name,
    area,
    address: '长春市绿园区',
    position: [125.24, 43.88] as const,
    sources: [source],
    devices: [device],
  };
  const enterprise = {
    enterpriseId: 'ent-replay',
    name,
    area,
    trades: [place.trade],
    sites: [site],
  };
  return { device, site, enterprise, sources: [source] };
}
