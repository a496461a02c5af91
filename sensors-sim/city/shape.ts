import type { ModelSpec } from '../models/model.ts';
import type { Instrument } from './instruments.ts';

/** The trades that the seed city has. */
export type CityTrade = 'coal-mine' | 'gas' | 'chemical' | 'construction';

export interface Named {
  readonly zh: string;
  readonly en: string;
}

export interface CityEnterprise {
  readonly enterpriseId: string;
  readonly name: Named;
  readonly area: string;
  readonly trades: readonly CityTrade[];
  readonly sites: readonly CitySite[];
}

export interface CitySite {
  readonly siteId: string;
  readonly name: Named;
  readonly area: string;
  readonly address: string;
  /** Longitude, latitude (RFC 7946). */
  readonly position: readonly [number, number];
  readonly sources: readonly CitySource[];
  readonly devices: readonly CityDevice[];
}

export interface CitySource {
  readonly sourceId: string;
  readonly name: Named;
  /** What rules select by: `coal-face`, `gas-compartment`, `storage-tank`, `foundation-pit` … */
  readonly kind: string;
  readonly trade: CityTrade;
  readonly area: string;
  /** Hazardous chemicals at design maximum (GB 18218-2018, 4.2.2). */
  readonly chemicals?: readonly CityChemical[];
  /** People within 500 m outside the boundary (GB 18218-2018, table 5). */
  readonly peopleNearby?: number;
  readonly tags?: readonly string[];
}

export interface CityChemical {
  /** Row of GB 18218-2018 table 1. */
  readonly row: number;
  readonly name: string;
  /** Classes of table 2 for a row without a beta of its own (table 3). */
  readonly classes?: readonly string[];
  /** Tonnes as a decimal text, so that a sum at the threshold is exact. */
  readonly designMaxT: string;
}

export interface CityDevice {
  readonly deviceId: string;
  readonly name: Named;
  /** What it reaches the platform through, when it shares that with others. */
  readonly gatewayId?: string;
  readonly sensors: readonly CitySensor[];
}

export interface CitySensor {
  readonly sensorId: string;
  readonly instrument: Instrument;
  readonly sourceId: string;
  /** Position class of the trade, such as `T1` at a coal face. */
  readonly position?: string;
  /** Registered reporting period. */
  readonly periodMs: number;
  readonly tags?: readonly string[];
  /** What it sees. */
  readonly model: ModelSpec;
}
