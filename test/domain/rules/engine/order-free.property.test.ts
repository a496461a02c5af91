import fc from 'fast-check';
import { anyDelays, anyRule, anySeries, rulesFor } from '../../../support/engine/arbitrary.ts';
import { type Delivery, lost, produce } from '../../../support/engine/produced.ts';
import { episodesOf } from '../../../support/reference/in-order.ts';
import type { ReferenceReading } from '../../../support/reference/in-order-history.ts';

interface Arriving {
  readonly reading: ReferenceReading;
  readonly receivedS: number;
}

const arriving = (readings: readonly ReferenceReading[], late: readonly number[]): readonly Arriving[] =>
  readings
    .map((reading, i) => ({ reading, receivedS: reading.t + (late[i] ?? 0) }))
    .toSorted((a, b) => a.receivedS - b.receivedS);

const deliveriesOf = (arrivals: readonly Arriving[]): readonly Delivery[] =>
  arrivals.map(({ reading, receivedS }) => ({ receivedS, readings: [reading] }));

/**
 * What the law speaks of: what was known, and what was not known in time. A late reading that says nothing can neither
 * raise nor bring an episode back (semantics 2, 9).
 */
const telling = (arrivals: readonly Arriving[]): readonly ReferenceReading[] =>
  arrivals
    .filter(
      ({ reading }, i) =>
        reading.q === 'good' ||
        reading.q === 'over-range' ||
        (reading.q === 'calibrating' && reading.v >= 20) ||
        arrivals.slice(0, i).every((earlier) => earlier.reading.t < reading.t),
    )
    .map(({ reading }) => reading)
    .toSorted((a, b) => a.t - b.t);

test('semantics 24: whatever the order of arrival, each reference episode is covered by one as severe that does not end before it', () => {
  fc.assert(
    fc.property(
      anyRule,
      anySeries(['over-range', 'unknown', 'fault', 'calibrating']),
      anyDelays,
      (rule, readings, late) => {
        const arrivals = arriving(readings, late);
        const { episodes } = produce(rulesFor(rule), deliveriesOf(arrivals));
        const reference = episodesOf({ ...rule, doesUnknownFire: false }, telling(arrivals));
        expect(lost(reference, episodes)).toEqual([]);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('semantics 24: packing readings in order into messages gives the same episodes within the law', () => {
  fc.assert(
    fc.property(
      anyRule,
      anySeries(['over-range']),
      fc.integer({ min: 2, max: 9 }),
      (rule, readings, size) => {
        const deliveries = readings.map((reading, i) => {
          const last = readings[Math.min(readings.length - 1, i - (i % size) + size - 1)];
          return { receivedS: last?.t ?? reading.t, readings: [reading] };
        });
        const { episodes } = produce(rulesFor(rule), deliveries);
        expect(lost(episodesOf(rule, readings), episodes)).toEqual([]);
      },
    ),
    { numRuns: 1_000 },
  );
});
