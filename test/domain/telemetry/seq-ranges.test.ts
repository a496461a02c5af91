import fc from 'fast-check';
import {
  includesSeq,
  rangeCountMax,
  type SeqRanges,
  withSeq,
} from '../../../functions/domain/telemetry/seq-ranges.ts';

const of = (...seqs: number[]): SeqRanges => seqs.reduce<SeqRanges>(withSeq, []);

test('neighbours join into one range, from either side and in between', () => {
  expect(of(5)).toEqual([{ from: 5, to: 5 }]);
  expect(of(5, 6, 4)).toEqual([{ from: 4, to: 6 }]);
  expect(of(1, 3)).toEqual([
    { from: 1, to: 1 },
    { from: 3, to: 3 },
  ]);
  expect(of(1, 3, 2)).toEqual([{ from: 1, to: 3 }]);
});

test.each([
  [31, 31, 0],
  [32, 32, 0],
  [33, 32, 2],
])('of %p ranges %p are kept, from %p on: the lowest is forgotten first', (count, kept, lowest) => {
  const ranges = of(...Array.from({ length: count }, (_, at) => at * 2));
  expect(rangeCountMax).toBe(32);
  expect([ranges.length, ranges[0]?.from]).toEqual([kept, lowest]);
});

test('a set of ranges holds what was put in, nothing else, in any order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 60 }), (seqs) => {
      const ranges = of(...seqs);
      for (let seq = 0; seq <= 61; seq++) expect(includesSeq(ranges, seq)).toBe(seqs.includes(seq));
      for (const [at, { from }] of ranges.slice(1).entries())
        expect(from).toBeGreaterThan((ranges[at]?.to ?? 0) + 1);
    }),
    { numRuns: 1_000 },
  );
});
