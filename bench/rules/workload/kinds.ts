/** Kinds of sensor: what is measured where. Sensors of one kind have the same rules. */
import { quantities } from '../../../functions/domain/telemetry/quantities.ts';

export interface Kind {
  readonly quantity: string;
  readonly unit: string;
  /** Decimal places of its values. */
  readonly scale: number;
  readonly position: string;
}

/** What can lie between 0 and 100, in which the workload's values move. */
const measured = [...quantities.values()].filter(
  ({ kind, physical }) => kind === 'number' && physical !== undefined && physical.max >= 100,
);

/** Kind number `index` of any number of them; no two have the same quantity and position. */
export function kindOf(index: number): Kind {
  const quantity = measured[index % measured.length];
  if (quantity === undefined) throw new Error('no quantity reaches 100: the workload needs one');
  const { id, unit, scale } = quantity;
  return { quantity: id, unit, scale, position: `P${Math.floor(index / measured.length)}` };
}
