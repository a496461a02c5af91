/** What this room knows: what a rule means. This file: readings from before a change of limits that come after it was met. */
import type { Condition } from './bind.ts';
import type { Cell } from './cell.ts';
import { eraAt, metFrom } from './eras.ts';

/** True for a reading of a time whose limits the cell has left behind: what is normal under those clears nothing now. */
export const isOutdated = ({ eras }: Condition, { limitsKey }: Cell, t: number): boolean =>
  eras.length > 1 && t < metFrom(eras, limitsKey);

/** After such a reading the change is to be met once more: the reading is the last value from before it. */
export function meetAgain({ eras }: Condition, cell: Cell, t: number): void {
  cell.limitsKey = eraAt(eras, t).key;
}
