import fc from 'fast-check';
import { advance } from '../../../../functions/domain/rules/engine.ts';
import { anyDelays } from '../../../support/engine/arbitrary.ts';
import { at, told } from '../../../support/engine/bench.ts';
import { anyGated, anyGatedSeries } from '../../../support/engine/gated.ts';
import { type Delivery, lost, produce } from '../../../support/engine/produced.ts';
import { type GatedReading, gatedEpisodesOf, gatedReferenceOf } from '../../../support/reference/gated.ts';

const numRuns = 1_000;

const gates = [
  ['times', ['times']],
  ['schedule', ['schedule']],
  ['times and schedule', ['times', 'schedule']],
] as const;

const arriving = (readings: readonly GatedReading[], delays: readonly number[] = []): readonly Delivery[] =>
  readings
    .map((reading, i) => ({ receivedS: reading.t + (delays[i % 30] ?? 0), readings: [reading] }))
    .toSorted((a, b) => a.receivedS - b.receivedS);

test.each(gates)(
  'semantics 15, 16, 26: on readings in order %s tell what the naive reference tells',
  (_, gated) => {
    fc.assert(
      fc.property(anyGated(gated), anyGatedSeries, ({ rule, rules }, readings) => {
        const { state, drafts } = produce(rules, arriving(readings));
        const end = (readings.at(-1)?.t ?? 0) + 400;
        const later = advance(rules, state, at(end), undefined).transitions;
        const lines = [...drafts, ...later].map((draft) => told(draft).replace(' firing', ''));
        expect(lines).toEqual(gatedReferenceOf(rule, readings, end));
      }),
      { numRuns },
    );
  },
);

test.each(gates)('semantics 24: whatever the order of arrival, no alarm of %s is lost', (_, gated) => {
  fc.assert(
    fc.property(anyGated(gated), anyGatedSeries, anyDelays, ({ rule, rules }, readings, delays) => {
      const deliveries = arriving(readings, delays);
      const { episodes } = produce(rules, deliveries);
      const end = deliveries.at(-1)?.receivedS ?? 0;
      expect(lost(gatedEpisodesOf(rule, readings, end), episodes)).toEqual([]);
    }),
    { numRuns },
  );
});
