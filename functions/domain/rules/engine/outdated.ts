/** What this room knows: what a rule means. This file: readings from before a change of limits that come after it was met. */

import { eraAt } from '../limits/era-at.ts';
import type { Condition } from './bind.ts';
import type { Cell } from './cell.ts';
import { metFrom } from './eras.ts';

/** True for a reading of a time whose limits the cell has left behind: what is normal under those clears nothing now. */
export const isOutdated = ({ eras }: Condition, { limitsKey }: Cell, t: number): boolean =>
  eras.length > 1 && t < metFrom(eras, limitsKey);

/** After such a reading the change is to be met once more: the reading is the last value from before it. */
export function meetAgain({ eras }: Condition, cell: Cell, t: number): void {
  cell.limitsKey = eraAt(eras, t).key;
}

/** True while limits that are known to come, or to have come since, are not those of the instant: what is calm is not told by edges. */
export const isBeforeNewest = ({ eras }: Condition, t: number | undefined): boolean =>
  eras.length > 1 && t !== undefined && t < (eras.at(-1)?.from ?? 0);
