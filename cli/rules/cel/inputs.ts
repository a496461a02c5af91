/** What the names of a condition stand for. */
import { type Quantity, quantityOf } from '../../../functions/domain/telemetry/quantities.ts';
import { qualities } from '../../../functions/domain/telemetry/reading.ts';
import type { Input, Inputs, Type } from './finding.ts';

const typeOf = { number: 'number', bool: 'boolean', enum: 'string' } as const satisfies Record<
  Quantity['kind'],
  Type
>;

const number: Input = { type: 'number' };

/** A value of `quantity`. */
export const inputOfQuantity = (quantity: Quantity): Input => ({
  type: typeOf[quantity.kind],
  ...(quantity.kind === 'number' && { unit: quantity.unit }),
  ...(quantity.names && { words: quantity.names }),
});

/** `quality` of a reading. */
export const qualityInput: Input = { type: 'string', words: qualities };

/** What the values of a rule over `names` are; the unit only where all share it. */
export function valueInput(names: readonly string[]): Input {
  const known = names.flatMap((name) => quantityOf(name) ?? []);
  const [first] = known;
  if (!first) return number;
  const input = inputOfQuantity(first);
  if (known.every(({ unit }) => unit === first.unit)) return input;
  const { unit: _, ...rest } = input;
  return rest;
}

/** What a condition over `value` may name. */
export function inputsFor(value: Input, limits: Readonly<Record<string, string | undefined>>): Inputs {
  const { type, unit } = value;
  const figure = unit === undefined ? number : { type: 'number' as const, unit };
  const range = type === 'number' ? [['range.min', figure] as const, ['range.max', figure] as const] : [];
  return new Map<string, Input>([
    ['value', value],
    ['quality', qualityInput],
    ['mode', { type: 'string', words: ['normal', 'emergency'] }],
    ['source.grade', number],
    ['source.kind', { type: 'string' }],
    ['source.area', { type: 'string' }],
    ...range,
    ...Object.entries(limits).map(
      ([name, own]) => [`limits.${name}`, own === undefined ? figure : { ...number, unit: own }] as const,
    ),
  ]);
}
