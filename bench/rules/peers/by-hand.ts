/** What somebody writes who needs these thresholds and nothing else: the floor of what the harness itself costs. */
import type { Asked, Peer } from './condition.ts';

function bits(asked: readonly Asked[]): (value: number) => number {
  const limits = Float64Array.from(asked, ({ limit }) => limit);
  return asked[0]?.op === 'lt'
    ? (value) => {
        let found = 0;
        for (let i = 0; i < limits.length; i++) if (value < (limits[i] ?? 0)) found |= 1 << i;
        return found;
      }
    : (value) => {
        let found = 0;
        for (let i = 0; i < limits.length; i++) if (value >= (limits[i] ?? 0)) found |= 1 << i;
        return found;
      };
}

export const byHand: Peer = {
  name: 'a table by hand',
  prepare: ({ whens, clears }) => ({ whens: bits(whens), clears: bits(clears) }),
};
