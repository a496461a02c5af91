import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { type Registered, registerCity } from './city/registered.ts';
import { trySeed } from './run/try-seed.ts';

const Corpus = z.array(z.strictObject({ seed: z.int().nonnegative(), story: z.string().min(20) }));
const corpus = Corpus.parse(JSON.parse(readFileSync(new URL('./corpus.json', import.meta.url), 'utf8')));

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
  async ({ seed }) => {
    const { violations } = await trySeed(registered, { seed });
    expect(violations).toEqual([]);
  },
  60_000,
);
