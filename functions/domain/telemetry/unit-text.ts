/** What this room knows: what devices say. This file: values as people read them. */
import type { Value } from './reading.ts';

/** A UCUM code without its marks of an annotation; `1`, a bare number, is none. @example unitText('%{LEL}') // '%LEL' */
export const unitText = (unit: string): string => (unit === '1' ? '' : unit.replace(/[{}[\]]/g, ''));

/** A value with its unit; switches and words have none. @example measuredText(25.5, '%{LEL}') // '25.5 %LEL' */
export const measuredText = (value: Value, unit: string): string =>
  typeof value === 'number' ? `${value} ${unitText(unit)}`.trim() : String(value);
