import { flapFreeCount, surelyOverMs } from '../bounds.ts';
import { noRank, rankAfter } from '../facts/alerts.ts';
import { type SensorMatter, sensorMatters } from '../facts/city.ts';
import { isExact, isSurelyInOrder } from '../facts/points.ts';
import type { Reading } from '../facts/readings.ts';
import type { View } from '../facts/view.ts';
import type { Law } from '../law.ts';

/** Good, in order, of a sensor that is alive, and below the limit that ends every severity. */
function isCalm(reading: Reading, { rule, series }: SensorMatter, view: View): boolean {
  const { quality, value, trust, from, lifeFrom, receivedAts, sensor } = reading;
  if (quality !== 'good' || value === undefined || trust !== 'yes' || !isExact(reading)) return false;
  if (Math.max(...receivedAts) - lifeFrom > rule.silentAfterMs) return false;
  if (value >= view.limitOf(rule)(sensor, rule.clearBelow, from).least) return false;
  return isSurelyInOrder(reading, series);
}

/** How long nothing but calm readings has come since the last change was written, without a gap. */
function calmFor(matter: SensorMatter, view: View, since: number): number {
  const { end } = view.history.phases;
  const fresh = matter.series.filter(({ taken, done }) => done > since && taken <= end);
  let newest: Reading | undefined;
  let oldest: Reading | undefined;
  for (const reading of fresh.toSorted((a, b) => b.taken - a.taken || b.from - a.from)) {
    const isNext = oldest === undefined || oldest.from - reading.from <= 3 * matter.periodMs;
    if (!isNext || reading.taken < since || !isCalm(reading, matter, view)) break;
    if (reading.done < end) newest ??= reading;
    oldest = reading;
  }
  return newest === undefined || oldest === undefined ? 0 : newest.from - oldest.from;
}

/**
 * What is over ends: an alert does not stand through minutes of good readings below its clear limit, in order and without a
 * gap (semantics 7, 12, 14). Flapping makes it longer, so a matter that has come and gone often is left out (semantics 26).
 */
export const endsWhenOver: Law = {
  name: 'ends-when-over',
  check: (view) =>
    sensorMatters(view).flatMap((matter) => {
      const { told, ruleId, subjectId } = matter;
      const last = told.at(-1);
      if (last === undefined || rankAfter(last) === noRank) return [];
      if (told.filter(({ change }) => change === 'recovered').length > flapFreeCount) return [];
      const calmMs = calmFor(matter, view, last.writtenAt);
      if (calmMs < surelyOverMs) return [];
      return [{ what: `${ruleId} on ${subjectId} was calm for ${calmMs} ms and still stands`, at: last.at }];
    }),
};
