import fc from 'fast-check';
import { anyChangingRule, anyRule, anySeries, rulesFor } from '../../../support/engine/arbitrary.ts';
import { benchOf, told } from '../../../support/engine/bench.ts';
import { referenceOf } from '../../../support/reference/in-order.ts';

const series = anySeries(['good', 'calibrating', 'fault', 'over-range', 'unknown']);

/** In order and to the end of time, the engine tells what the reference tells of the whole history. */
const asTheReferenceTells = (anyOne: typeof anyRule) =>
  fc.property(anyOne, series, (rule, readings) => {
    const bench = benchOf(rulesFor(rule));
    for (const reading of readings) bench.send([reading]);
    const end = (readings.at(-1)?.t ?? 0) + 1_000;
    bench.wait(end);
    const lines = bench.drafts
      .filter(({ ruleId }) => !ruleId.startsWith('data.'))
      .map((draft) => told({ ...draft, marks: [] }));
    expect(lines).toEqual(referenceOf(rule, readings, 0, end));
  });

test('semantics 24: on readings in order the engine tells what the naive reference tells', () => {
  fc.assert(asTheReferenceTells(anyRule), { numRuns: 1_000 });
});

test('semantics 22: when a limit is tightened the engine tells what the naive reference tells from the whole history', () => {
  fc.assert(asTheReferenceTells(anyChangingRule(4, 7, 9)), { numRuns: 1_000 });
});

test('semantics 26: a severity that comes and goes clears as the naive reference clears it', () => {
  const flapping = anySeries(['good'], [5]).map((readings) =>
    [0, 1, 2, 3].flatMap((round) =>
      readings.map((reading) => ({ ...reading, t: reading.t + round * ((readings.at(-1)?.t ?? 0) + 5) })),
    ),
  );
  fc.assert(
    fc.property(anyRule, flapping, (rule, readings) => {
      const bench = benchOf(rulesFor(rule));
      for (const reading of readings) bench.send([reading]);
      const end = (readings.at(-1)?.t ?? 0) + 1;
      expect(bench.drafts.map((draft) => told({ ...draft, marks: [] }))).toEqual(
        referenceOf(rule, readings, 0, end),
      );
    }),
    { numRuns: 1_000 },
  );
});
