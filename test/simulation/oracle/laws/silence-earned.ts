import { verdictAgeMaxMs, watermarkAgeMaxMs } from '../bounds.ts';
import type { Told } from '../facts/alerts.ts';
import { type SensorMatter, sensorMatters } from '../facts/city.ts';
import { isSurelyInOrder } from '../facts/order.ts';
import { isExact } from '../facts/readings.ts';
import type { View } from '../facts/view.ts';
import { watermarkAt } from '../facts/watermark.ts';
import type { Law } from '../law.ts';
import { isRaiseEarned } from './raise-earned.ts';

/** Why the sensor cannot have been found silent so; undefined when it can. */
function trouble(told: Told, { rule, series, registeredAt }: SensorMatter, view: View): string | undefined {
  const p = told.phenomenonAt;
  const { writtenAt } = told;
  const after = rule.silentAfterMs;
  const known = series.find(
    ({ quality, trust, lifeFrom, done }) =>
      quality === 'good' && trust === 'yes' && done < writtenAt && lifeFrom + after > p,
  );
  if (known !== undefined) return `it had shown life at ${known.lifeFrom}`;
  const until = watermarkAt(view.watermark, writtenAt);
  if (until === undefined) return 'no canary had come';
  // A message that waited brings about what was due before it came, by what was proven then (semantics 8).
  if (told.writtenBy === 'sweep' && writtenAt - until > watermarkAgeMaxMs + verdictAgeMaxMs)
    return `our own telemetry was ${writtenAt - until} ms late`;
  // It was last heard of at some sign of life that the watermark had passed by `silent.after`.
  const signs = [
    registeredAt,
    ...series.flatMap(({ lifeFrom, lifeTo, taken }) => (taken <= writtenAt ? [lifeFrom, lifeTo] : [])),
  ];
  const isProven = signs.some((sign) => sign + after <= p && sign + after < until);
  return isProven ? undefined : `the watermark stood at ${until}`;
}

/** A reading of that instant that makes stale by itself (semantics 5). */
const isFault = ({ phenomenonAt, writtenAt }: Told, { series }: SensorMatter): boolean =>
  series.some(
    ({ quality, from, to, taken }) =>
      (quality === 'fault' || quality === 'unclear') &&
      from <= phenomenonAt &&
      phenomenonAt <= to &&
      taken <= writtenAt,
  );

/**
 * Something else raised it while the sensor said that it is faulty: no good reading had come for sure after the fault and in
 * its order, so what is raised then is stale from its first transition (semantics 5, 8). A late one ends nothing (semantics 9).
 */
function isRaisedInFault(told: Told, matter: SensorMatter, view: View): boolean {
  if (!raises.has(told.change)) return false;
  const handled = matter.series.filter(({ taken }) => taken <= told.writtenAt);
  const isFaulty = handled.some(
    ({ quality, to }) =>
      (quality === 'fault' || quality === 'unclear') &&
      !handled.some(
        (one) =>
          one.quality === 'good' &&
          one.trust === 'yes' &&
          one.from > to &&
          one.done < told.writtenAt &&
          isSurelyInOrder(one, matter.series),
      ),
  );
  return isFaulty && isRaiseEarned(view, matter, told);
}

const raises = new Set(['raised', 'occurrence', 'severity-up']);

/** It stays stale while something else changes: that is another law's. */
const mayStay = new Set(['severity-up', 'severity-down']);

/**
 * A city is silent only when it is: whoever is called stale had shown no life within `silent.after` before the watermark, or
 * said that it is faulty; and nobody is while our own telemetry lags (semantics 12, 13).
 */
export const silenceEarned: Law = {
  name: 'silence-earned',
  check: (view) =>
    sensorMatters(view).flatMap((matter) =>
      matter.told.flatMap((told, place) => {
        const wasStale = matter.told[place - 1]?.condition === 'stale';
        const isNews = told.condition === 'stale' && !(wasStale && mayStay.has(told.change));
        if (
          !isNews ||
          told.change === 'acknowledged' ||
          told.change === 'linked' ||
          told.change === 'inhibition-ended'
        )
          return [];
        if (isFault(told, matter) || isLateBreach(told, matter) || isRaisedInFault(told, matter, view))
          return [];
        const why = trouble(told, matter, view);
        if (why === undefined) return [];
        const what = `${told.id} of ${matter.ruleId} says that ${matter.subjectId} is silent at ${told.phenomenonAt}, but ${why}`;
        return [{ what, at: told.writtenAt }];
      }),
    ),
};

/** A reading brought it, while the sensor was stale already for the rule: it raises and does not say that it is alive. */
const isLateBreach = ({ phenomenonAt, writtenAt, marks }: Told, { series }: SensorMatter): boolean =>
  marks.some((mark) => mark === 'late' || mark === 'untrusted') &&
  series.some(
    (reading) => !isExact(reading) || (reading.from === phenomenonAt && reading.taken <= writtenAt),
  );
