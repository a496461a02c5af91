import { type Registered, registerCity } from './city/registered.ts';
import { readCorpus } from './run/corpus.ts';
import { trySeed } from './run/try-seed.ts';

const corpus = readCorpus();

let registered: Registered;

beforeAll(async () => {
  registered = await registerCity();
}, 60_000);

test('every seed stands once, in order', () => {
  const seeds = corpus.map(({ seed }) => seed);
  expect(seeds).toEqual([...new Set(seeds)].toSorted((a, b) => a - b));
});

test.each(corpus)(
  'nothing is lost or invented in world $seed: $story',
  async ({ seed, isShortened }) => {
    const { violations } = await trySeed(registered, { seed, isWhole: !isShortened });
    expect(violations).toEqual([]);
  },
  60_000,
);
