import { judge } from './oracle.ts';
import { deviceStory } from './support/device-story.ts';
import { recordedHistory } from './support/recorded-history.ts';

const seeds = Array.from({ length: 6 }, (_, seed) => seed + 1);

test.each(seeds)('nothing is found against a true history in order (seed %i)', async (seed) => {
  expect(judge(await recordedHistory({ seed }))).toEqual([]);
});

test.each(seeds)('nor when messages overtake each other and come twice (seed %i)', async (seed) => {
  expect(judge(await recordedHistory({ seed, isDisordered: true }))).toEqual([]);
});

test.each([1, 2, 3, 37, 203, 238])(
  'nor when nothing is handled for a while and devices flap, set their clocks and are cloned (seed %i)',
  async (seed) => {
    for (const isDisordered of [false, true]) {
      const story = deviceStory(seed, true);
      expect(judge(await recordedHistory({ seed, isDisordered, doesStall: true, story }))).toEqual([]);
    }
  },
);
