import fc from 'fast-check';
import { never } from '../../../../functions/domain/rules/engine/cell.ts';
import { anyGated } from '../../../support/engine/gated.ts';
import { lost, produce } from '../../../support/engine/produced.ts';
import { type GatedReading, gatedEpisodesOf } from '../../../support/reference/gated.ts';

/** The graver severity: no other one raises it. */
const graver = 1;

/** Breaches and normals, about as many, few enough that nothing flaps: each recovery takes four of them. */
const anyBreaches: fc.Arbitrary<readonly GatedReading[]> = fc
  .array(
    fc.record({
      gap: fc.oneof({ weight: 8, arbitrary: fc.constant(5) }, fc.constantFrom(1, 10, 31, 61, 130)),
      v: fc.constantFrom(0, 10, 20, 20),
    }),
    { minLength: 6, maxLength: 16 },
  )
  .map((steps) => {
    let t = 0;
    return steps.map(({ gap, v }) => {
      t += gap;
      return { t, v };
    });
  });

/** Seconds by which each comes late, mostly none. */
const anyFewLate = fc.array(
  fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.constantFrom(12, 30, 70, 150, 1_500)),
  { minLength: 16, maxLength: 16 },
);

test('semantics 15, 24: where few of many breaches and normals come late, no alarm of the count is lost', () => {
  fc.assert(
    fc.property(anyGated(['times']), anyBreaches, anyFewLate, ({ rule, rules }, readings, late) => {
      // A run with `for` may also be raised by time alone, which these episodes leave out.
      fc.pre(rule.levels[graver]?.times !== undefined && rule.levels[graver].forS === 0);
      const deliveries = readings
        .map((reading, i) => ({ receivedS: reading.t + (late[i] ?? 0), readings: [reading] }))
        .toSorted((a, b) => a.receivedS - b.receivedS);
      const { episodes, state } = produce(rules, deliveries);
      fc.pre(state.cells[0]?.machines[graver]?.forgottenTo === never);
      const end = deliveries.at(-1)?.receivedS ?? 0;
      const wanted = gatedEpisodesOf(rule, readings, end).filter(({ level }) => level === graver);
      expect(lost(wanted, episodes)).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});
