/** Which items may be removed by their time to live, soonest first. */
import type { Item } from '../../history.ts';
import { compareRows, type Row } from './rows.ts';
import { countBefore } from './sorted.ts';

interface Due {
  /** Milliseconds. */
  readonly at: number;
  readonly row: Row;
}

export interface Expiry {
  readonly follow: (row: Row, item: Item | undefined) => void;
  /** Rows whose time to live ended before this instant. */
  readonly before: (at: number) => Row[];
}

/** `attribute` counts in seconds since 1970; what is no number never expires. */
export function createExpiry(attribute: string): Expiry {
  const list: Due[] = [];
  const known = new Map<Row, Due>();

  const placeOf = (due: Due): number =>
    countBefore(list, (one) => (one.at - due.at || compareRows(one.row, due.row)) < 0);

  return {
    follow: (row, item) => {
      const seconds = item?.[attribute]?.N;
      const own = known.get(row);
      if (seconds === undefined && own === undefined) return;
      const at = Number(seconds) * 1000;
      if (own?.at === at) return;
      if (own !== undefined) list.splice(placeOf(own), 1);
      if (seconds === undefined) {
        known.delete(row);
        return;
      }
      const due = { at, row };
      known.set(row, due);
      list.splice(placeOf(due), 0, due);
    },
    before: (at) =>
      list
        .slice(
          0,
          countBefore(list, (due) => due.at < at),
        )
        .map(({ row }) => row),
  };
}
