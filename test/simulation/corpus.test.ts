import { readCorpus } from './run/corpus.ts';

// The worlds themselves are a check of their own: in Jest they take four times as long.
test('every seed stands once, in order', () => {
  const seeds = readCorpus().map(({ seed }) => seed);
  expect(seeds).toEqual([...new Set(seeds)].toSorted((a, b) => a - b));
});
