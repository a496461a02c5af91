/** Cells of a CSV as values that a device could have sent. */

import type { Quantity } from '../../../functions/domain/telemetry/quantities.ts';
import type { Value } from '../../../functions/domain/telemetry/reading.ts';
import { noValueTexts } from '../../../functions/domain/telemetry/value-quality.ts';
import type { Separator } from './csv-row.ts';

/** `gap`: nothing was reported. `none`: the logger said that it had no value. `bad`: nobody knows what it says. */
export type Cell =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'gap' | 'none' | 'bad' };

const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const decimalComma = /^[-+]?\d+,\d+$/;
const missing = new Set([
  ...noValueTexts,
  'na',
  'n/a',
  '#N/A',
  'NULL',
  'None',
  'none',
  'NAN',
  '-',
  '--',
  '?',
]);
const switches: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['off', false],
]);

const gap: Cell = { kind: 'gap' };
const none: Cell = { kind: 'none' };
const bad: Cell = { kind: 'bad' };

/** What the cell `text` of a column of `quantity` says. */
export function readCell(text: string, quantity: Quantity, separator: Separator): Cell {
  if (text === '') return gap;
  if (quantity.kind === 'number') {
    if (number.test(text)) return { kind: 'value', value: Number(text) };
    if (missing.has(text)) return none;
    if (separator !== ',' && decimalComma.test(text))
      return { kind: 'value', value: Number(text.replace(',', '.')) };
    return bad;
  }
  if (missing.has(text)) return none;
  if (quantity.kind === 'enum') {
    const name = quantity.names?.find((one) => one === text.toLowerCase());
    return name === undefined ? bad : { kind: 'value', value: name };
  }
  const state = switches.get(text.toLowerCase());
  return state === undefined ? bad : { kind: 'value', value: state };
}
