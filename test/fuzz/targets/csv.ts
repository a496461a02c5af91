import assert from 'node:assert/strict';
import type { ByteSource } from '../../../cli/backtest/input/bytes.ts';
import { tableIn } from '../../../cli/backtest/input/csv-table.ts';
import { createTroubles } from '../../../cli/backtest/input/troubles.ts';
import { zoneOf } from '../../../cli/backtest/input/zone.ts';
import { Refused } from '../../../cli/backtest/refused.ts';
import type { FuzzTarget } from '../target.ts';

/** `bytes` in two pieces, as a file comes. */
function sourceOf(bytes: Buffer): ByteSource {
  const middle = bytes.length >> 1;
  return {
    isGzip: false,
    async *pieces() {
      yield bytes.subarray(0, middle);
      yield bytes.subarray(middle);
      return { kind: 'whole' };
    },
  };
}

const zone = zoneOf('+08:00');

/** A CSV: its rows in order and as wide as its header, or one refusal that says what helps. */
export const target: FuzzTarget = {
  bytesMax: 3_000,
  shortInputs: 5_000,
  words: [
    'time,pm2.5,quality\n',
    '2026-03-01 08:00',
    '2026-03-01T08:00:00Z',
    '\n',
    ',',
    ';',
    '\t',
    '"',
    '""',
    'NA',
    '1,5',
  ],
  run: async (input) => {
    const troubles = createTroubles();
    try {
      const parts = { wishes: [], zone, troubles, read: () => undefined };
      const { rows, columns } = await tableIn('x.csv', sourceOf(input), parts);
      let before = 0;
      for (const { at, cells } of rows) {
        assert(at >= before && cells.length === columns.values.length);
        before = at;
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      assert(error.message.length > 0);
    }
    for (const line of troubles.lines()) assert(line.length > 0);
  },
};
