import assert from 'node:assert/strict';
import { cursorMax, cursorOf, positionOf } from '../../../functions/handlers/api/cursor.ts';
import type { FuzzTarget } from '../target.ts';

const walk = { identity: 'i', path: '/v1/alerts', filter: { area: '2201' } };
const others = [
  { ...walk, identity: 'j' },
  { ...walk, path: '/v1/sites' },
  { ...walk, filter: {} },
];

/** A cursor as it came, or the JSON inside one: it leads only where this walk had led. */
export const target: FuzzTarget = {
  bytesMax: 1_400,
  shortInputs: 25_000,
  words: ['{"after":"', '","bound":"', 'eyJhZnRlciI6', '__proto__', '='],
  run: (input) => {
    const given = input.toString('latin1');
    for (const cursor of [given, input.toString('base64url')]) {
      const position = positionOf(walk, cursor);
      if (position === undefined) continue;
      assert(cursor.length <= cursorMax);
      assert.equal(positionOf(walk, cursorOf(walk, position)), position);
      for (const other of others) assert.equal(positionOf(other, cursor), undefined);
    }
    // What a list hands out, it takes back: positions are keys of ours, as long as they may be.
    const after = given.replaceAll(/[^A-Za-z0-9#._|-]/g, '').slice(0, 512);
    if (after !== '') assert.equal(positionOf(walk, cursorOf(walk, after)), after);
  },
};
