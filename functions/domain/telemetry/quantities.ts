/** What this room knows: what devices say. This file: what can be measured, in which unit, how finely. */

/** How the values of a quantity look: a decimal (`v`), a switch (`vb`) or a name (`vs`). */
export type ValueKind = 'number' | 'bool' | 'enum';

export interface Quantity {
  readonly id: string;
  /** UCUM code; the only unit in which the quantity is accepted. */
  readonly unit: string;
  /** Decimal places that a value carries; what is computed from it is rounded to `scale + 3` (semantics 4). */
  readonly scale: number;
  readonly kind: ValueKind;
  /** What nature allows, in `unit`; the measuring range of a sensor that registered none. */
  readonly physical?: { readonly min: number; readonly max: number };
  /** The values of an enumeration, for `kind: 'enum'` only. */
  readonly names?: readonly string[];
}

const number = (id: string, unit: string, scale: number, min: number, max: number): Quantity => ({
  id,
  unit,
  scale,
  kind: 'number',
  physical: { min, max },
});

const bool = (id: string): Quantity => ({ id, unit: '1', scale: 0, kind: 'bool' });

const named = (id: string, ...names: readonly string[]): Quantity => ({
  id,
  unit: '1',
  scale: 0,
  kind: 'enum',
  names,
});

/** A toxic gas by mass, as occupational limits (GBZ 2.1) are told. */
const toxic = (id: string): Quantity => number(id, 'mg/m3', 2, 0, 1_500_000);

const gases: readonly Quantity[] = [
  number('methane', '%{vol}', 2, 0, 100),
  number('combustible-gas', '%{LEL}', 1, 0, 100),
  number('oxygen', '%{vol}', 1, 0, 100),
  number('co', '[ppm]', 0, 0, 1_000_000),
  number('co2', '%{vol}', 2, 0, 100),
  number('hydrogen', '%{vol}', 2, 0, 100),
  number('odorant', 'mg/m3', 1, 0, 10_000),
  ...[
    'h2s',
    'co-mass',
    'co2-mass',
    'no',
    'no2',
    'so2',
    'nh3',
    'cl2',
    'hcl',
    'hf',
    'hcn',
    'phosgene',
    'ozone',
  ].map(toxic),
  ...['formaldehyde', 'benzene', 'toluene', 'xylene', 'phenol', 'methanol', 'acrylonitrile'].map(toxic),
  ...['vinyl-chloride', 'ethylene-oxide', 'bromine', 'phosphine', 'arsine', 'methyl-bromide'].map(toxic),
];

const air: readonly Quantity[] = [
  number('pm2.5', 'ug/m3', 0, 0, 100_000),
  number('pm10', 'ug/m3', 0, 0, 100_000),
  number('tsp', 'ug/m3', 0, 0, 1_000_000),
  number('dust', 'mg/m3', 1, 0, 10_000),
  number('noise', 'dB', 1, 0, 200),
  number('wind-speed', 'm/s', 2, 0, 150),
  number('temperature', 'Cel', 1, -273.15, 3_000),
  number('humidity', '%', 1, 0, 100),
];

const plant: readonly Quantity[] = [
  number('tank-level', '%', 1, 0, 100),
  number('pressure', 'kPa', 2, -101.33, 1_000_000),
  number('pressure-difference', 'Pa', 0, -1_000_000, 1_000_000),
  number('flow', 'm3/h', 2, -1_000_000, 1_000_000),
  number('water-level', 'mm', 0, -100_000, 100_000),
  number('valve-opening', '%', 1, 0, 100),
  number('current', 'A', 1, 0, 100_000),
  number('risk-index', '{score}', 1, 0, 1_000),
];

/** Lengths and angles are told from the state at the start: negative is the other way. */
const structure: readonly Quantity[] = [
  number('displacement', 'mm', 2, -100_000, 100_000),
  number('deep-displacement', 'mm', 2, -100_000, 100_000),
  number('settlement', 'mm', 2, -100_000, 100_000),
  number('crack-width', 'mm', 2, 0, 10_000),
  number('groundwater-level', 'mm', 0, -1_000_000, 1_000_000),
  number('tilt', 'deg', 3, -180, 180),
  number('axial-force', 'kN', 1, -1_000_000, 1_000_000),
  number('axial-force-ratio', '%', 1, -1_000, 1_000),
  number('earth-pressure', 'kPa', 1, -1_000, 100_000),
  number('pore-pressure', 'kPa', 1, -1_000, 100_000),
];

const cranes: readonly Quantity[] = [
  number('load', 't', 2, 0, 10_000),
  number('load-ratio', '%', 1, 0, 1_000),
  number('moment-ratio', '%', 1, 0, 1_000),
  number('hook-height', 'm', 2, -1_000, 1_000),
  number('radius', 'm', 2, 0, 1_000),
  number('slewing-angle', 'deg', 1, -720, 720),
  number('clearance', 'm', 2, 0, 1_000),
];

/** `true` is the state in which something is on, open or there. */
const switches: readonly Quantity[] = [
  ...['fan-state', 'power-cut', 'power-feedback', 'power-state', 'smoke', 'flame', 'leak', 'pump-state'].map(
    bool,
  ),
  ...['interlock-bypass', 'interlock-trip', 'blast-door', 'air-door', 'emergency-stop', 'manhole-cover'].map(
    bool,
  ),
  named('valve-state', 'open', 'closed', 'moving'),
  named('valve-command', 'open', 'closed'),
  named('fan-mode', 'stopped', 'main', 'standby', 'both'),
];

const table: readonly Quantity[] = [...gases, ...air, ...plant, ...structure, ...cranes, ...switches];

/** All quantities that this version knows, by id. */
export const quantities: ReadonlyMap<string, Quantity> = new Map(table.map((entry) => [entry.id, entry]));

/** The quantity called `id`. @example quantityOf('methane')?.unit // '%{vol}' */
export const quantityOf = (id: string): Quantity | undefined => quantities.get(id);
