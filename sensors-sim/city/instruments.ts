/** A kind of measuring channel: what it measures and how well. */
export interface Instrument {
  readonly quantity: string;
  /** UCUM code; equals the quantity's unit. */
  readonly unit: string;
  readonly range?: { readonly min: number; readonly max: number };
  /** Smallest step of its display, in `unit`. */
  readonly resolution: number;
  /** Decimal places that the resolution needs. */
  readonly decimals: number;
  /** Standard deviation of its noise, in `unit`. */
  readonly noise: number;
  /** `switch` sends `vb`, `valve` sends `vs`, everything else a number. */
  readonly sends?: 'switch' | 'valve';
}

export const instruments = {
  methane: {
    quantity: 'methane',
    unit: '%{vol}',
    range: { min: 0, max: 4 },
    resolution: 0.01,
    decimals: 2,
    noise: 0.01,
  },
  combustibleGas: {
    quantity: 'combustible-gas',
    unit: '%{LEL}',
    range: { min: 0, max: 100 },
    resolution: 0.1,
    decimals: 1,
    noise: 0.2,
  },
  tankLevel: {
    quantity: 'tank-level',
    unit: '%',
    range: { min: 0, max: 100 },
    resolution: 0.1,
    decimals: 1,
    noise: 0.05,
  },
  h2s: {
    quantity: 'h2s',
    unit: 'mg/m3',
    range: { min: 0, max: 150 },
    resolution: 0.01,
    decimals: 2,
    noise: 0.05,
  },
  displacement: {
    quantity: 'displacement',
    unit: 'mm',
    range: { min: -200, max: 200 },
    resolution: 0.01,
    decimals: 2,
    noise: 0.05,
  },
  pm25: {
    quantity: 'pm2.5',
    unit: 'ug/m3',
    range: { min: 0, max: 1000 },
    resolution: 1,
    decimals: 0,
    noise: 1,
  },
  pm10: {
    quantity: 'pm10',
    unit: 'ug/m3',
    range: { min: 0, max: 2000 },
    resolution: 1,
    decimals: 0,
    noise: 2,
  },
  oxygen: {
    quantity: 'oxygen',
    unit: '%{vol}',
    range: { min: 0, max: 25 },
    resolution: 0.1,
    decimals: 1,
    noise: 0.03,
  },
  co: {
    quantity: 'co',
    unit: '[ppm]',
    range: { min: 0, max: 1000 },
    resolution: 1,
    decimals: 0,
    noise: 0.4,
  },
  windSpeed: {
    quantity: 'wind-speed',
    unit: 'm/s',
    range: { min: 0, max: 30 },
    resolution: 0.01,
    decimals: 2,
    noise: 0.03,
  },
  temperature: {
    quantity: 'temperature',
    unit: 'Cel',
    range: { min: -50, max: 120 },
    resolution: 0.1,
    decimals: 1,
    noise: 0.05,
  },
  pressure: {
    quantity: 'pressure',
    unit: 'kPa',
    range: { min: 0, max: 1000 },
    resolution: 0.01,
    decimals: 2,
    noise: 0.01,
  },
  fan: { quantity: 'fan-state', unit: '1', resolution: 1, decimals: 0, noise: 0, sends: 'switch' },
  valve: { quantity: 'valve-state', unit: '1', resolution: 1, decimals: 0, noise: 0, sends: 'valve' },
} as const satisfies Record<string, Instrument>;
