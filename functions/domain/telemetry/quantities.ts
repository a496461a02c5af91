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

const table: readonly Quantity[] = [
  number('methane', '%{vol}', 2, 0, 100),
  number('combustible-gas', '%{LEL}', 1, 0, 100),
  number('tank-level', '%', 1, 0, 100),
  number('h2s', 'mg/m3', 2, 0, 1_500_000),
  number('displacement', 'mm', 2, -100_000, 100_000),
  number('pm2.5', 'ug/m3', 0, 0, 100_000),
  number('pm10', 'ug/m3', 0, 0, 100_000),
  number('oxygen', '%{vol}', 1, 0, 100),
  number('co', '[ppm]', 0, 0, 1_000_000),
  number('wind-speed', 'm/s', 2, 0, 150),
  number('temperature', 'Cel', 1, -273.15, 3_000),
  number('pressure', 'kPa', 2, -101.33, 1_000_000),
  { id: 'fan-state', unit: '1', scale: 0, kind: 'bool' },
  { id: 'valve-state', unit: '1', scale: 0, kind: 'enum', names: ['open', 'closed', 'moving'] },
];

/** All quantities that this version knows, by id. */
export const quantities: ReadonlyMap<string, Quantity> = new Map(table.map((entry) => [entry.id, entry]));

/** The quantity called `id`. @example quantityOf('methane')?.unit // '%{vol}' */
export const quantityOf = (id: string): Quantity | undefined => quantities.get(id);
