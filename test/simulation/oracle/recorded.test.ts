import { judge } from './oracle.ts';
import { recordedHistory } from './support/recorded-history.ts';

const seeds = Array.from({ length: 20 }, (_, seed) => seed + 1);

test.each(seeds)('nothing is found against a true history in order (seed %i)', async (seed) => {
  expect(judge(await recordedHistory({ seed }))).toEqual([]);
});

test.each(seeds)(
  'nor against one in which messages overtake each other and come twice (seed %i)',
  async (seed) => {
    expect(judge(await recordedHistory({ seed, isDisordered: true }))).toEqual([]);
  },
);
