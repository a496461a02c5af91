import fc from 'fast-check';
import {
  placeOf,
  type SeqRanges,
  withoutLowest,
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

const seqs = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 60 });

test('a set of ranges holds what was put in, nothing else, in its place, in any order', () => {
  fc.assert(
    fc.property(seqs, (put) => {
      const ranges = of(...put);
      const sorted = [...new Set(put)].toSorted((a, b) => a - b);
      for (let seq = 0; seq <= 61; seq++)
        expect(placeOf(ranges, seq)).toEqual({
          below: sorted.filter((other) => other < seq).length,
          isIn: sorted.includes(seq),
        });
      for (const [at, { from }] of ranges.slice(1).entries())
        expect(from).toBeGreaterThan((ranges[at]?.to ?? 0) + 1);
    }),
    { numRuns: 1_000 },
  );
});

test('without its lowest number a set is the set of the others', () => {
  fc.assert(
    fc.property(seqs, (put) => {
      const [, ...others] = [...new Set(put)].toSorted((a, b) => a - b);
      expect(withoutLowest(of(...put))).toEqual(of(...others));
    }),
    { numRuns: 1_000 },
  );
});
