import type { CityRule } from '../../history.ts';
import { flapFreeCount, flapWithinMs, surelyOverLeastMs } from '../bounds.ts';
import { noRank, rankAfter, type Told } from '../facts/alerts.ts';
import { type SensorMatter, sensorMatters } from '../facts/city.ts';
import { windowOf } from '../facts/means.ts';
import { isSurelyInOrder } from '../facts/order.ts';
import type { Reading } from '../facts/readings.ts';
import { isExact } from '../facts/readings.ts';
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

/** Calm readings for so long end every severity: the longest window with its last bucket, and the longest `clearFor`, twice. */
function surelyOverMs({ severities }: CityRule, periodMs: number): number {
  const windows = severities.map((one) => windowOf(one)).map((one) => one.windowMs + one.bucketMs);
  const clears = severities.map(({ clearForMs }) => clearForMs);
  return Math.max(surelyOverLeastMs, Math.max(...windows) + 2 * Math.max(...clears) + 2 * periodMs);
}

/** How long nothing but calm readings had come by `end` since the change was written at `since`, without a gap. */
function calmFor(matter: SensorMatter, view: View, since: number, end: number): number {
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

const isFlapping = (told: readonly Told[], { at }: Told): boolean =>
  told.filter(({ change, at: other }) => change === 'recovered' && Math.abs(at - other) < flapWithinMs)
    .length > flapFreeCount;

/**
 * What is over ends: an alert does not stand, from one change to the next, through minutes of good readings below its clear
 * limit, in order and without a gap (semantics 7, 12, 14). Flapping makes it longer, so a matter that has come and gone often
 * within the hour is left out (semantics 26).
 */
export const endsWhenOver: Law = {
  name: 'ends-when-over',
  check: (view) =>
    sensorMatters(view).flatMap((matter) => {
      const { told, ruleId, subjectId } = matter;
      const overMs = surelyOverMs(matter.rule, matter.periodMs);
      return told.flatMap((one, place) => {
        if (rankAfter(one) === noRank || isFlapping(told, one)) return [];
        const until = told[place + 1]?.writtenAt ?? view.history.phases.end;
        if (until - one.writtenAt < overMs) return [];
        const calmMs = calmFor(matter, view, one.writtenAt, until);
        if (calmMs < overMs) return [];
        return [{ what: `${ruleId} on ${subjectId} was calm for ${calmMs} ms and still stands`, at: one.at }];
      });
    }),
};
