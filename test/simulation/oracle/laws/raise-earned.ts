import type { CitySeverity } from '../../history.ts';
import { countedMax, foundWithinMs, holdMaxMs, limitReachesWithinMs, waitsForMs } from '../bounds.ts';
import type { Told } from '../facts/alerts.ts';
import { type SensorMatter, sensorMatters } from '../facts/city.ts';
import { windowOf } from '../facts/means.ts';
import { isSurelyInOrder } from '../facts/order.ts';
import { type Point, pointOf } from '../facts/points.ts';
import type { Reading } from '../facts/readings.ts';
import { isExact } from '../facts/readings.ts';
import type { View } from '../facts/view.ts';
import type { Law } from '../law.ts';

const raises = new Set(['raised', 'occurrence', 'severity-up', 'firing-again']);

/** Everything that may be the cause of one raise at one severity. */
interface Case {
  readonly view: View;
  readonly matter: SensorMatter;
  readonly told: Told;
  readonly severity: CitySeverity;
  /** What can have come before it was written. */
  readonly points: readonly Point[];
}

const isAt = ({ reading }: Point, at: number): boolean => reading.from <= at && at <= reading.to;

/** A known-false that had been handled for sure, in order: it ends a run that waits. A late one ends none (semantics 8, 9). */
const endsRun = ({ told, matter }: Case, { mustBeFalse, reading }: Point): boolean =>
  mustBeFalse &&
  reading.trust === 'yes' &&
  isExact(reading) &&
  reading.done < told.writtenAt &&
  isSurelyInOrder(reading, matter.series);

/** The longest run around the instant of the raise that can have been known then. */
function runAround(given: Case): number {
  const p = given.told.phenomenonAt;
  let from = p;
  let to = p;
  for (const point of given.points.toReversed()) {
    if (point.reading.from > p) continue;
    if (endsRun(given, point) && point.reading.to < p) break;
    if (point.mayBeTrue) from = Math.min(from, point.reading.from);
  }
  for (const point of given.points) {
    if (point.reading.to < p) continue;
    if (endsRun(given, point) && point.reading.from > p) break;
    if (point.mayBeTrue) to = Math.max(to, point.reading.to);
  }
  return to - from;
}

const isLate = ({ marks }: Told): boolean => marks.some((mark) => mark === 'late' || mark === 'untrusted');

/** What came late is older than all that is still counted: those before may have been enough (semantics 9, 15). */
function isBehindAllCounted({ told, points }: Case): boolean {
  const after = points.filter(({ mayBeTrue, reading }) => mayBeTrue && reading.to > told.phenomenonAt);
  return isLate(told) && new Set(after.map(({ reading }) => reading.from)).size >= countedMax;
}

/** A breach at that instant, for as long and as often as its severity asks. */
function isBreach(given: Case): boolean {
  const { severity, points, told } = given;
  const p = told.phenomenonAt;
  const here = points.filter((point) => isAt(point, p));
  if (severity.measure !== 'value') return isMean(given);
  if (severity.times !== undefined) {
    const { count, withinMs } = severity.times;
    const instants = new Set(
      points
        .filter(
          ({ mayBeTrue, reading }) =>
            mayBeTrue && Math.abs(reading.from - p) < withinMs + reading.to - reading.from,
        )
        .map(({ reading }) => reading.from),
    );
    // What comes late makes others count that lie after it.
    return here.length > 0 && (instants.size >= count || isBehindAllCounted(given));
  }
  if (severity.forMs === 0) return here.some(({ mayBeTrue }) => mayBeTrue);
  // Of what lies between late readings only the newest stretches are remembered; the rest errs toward raising (semantics 9).
  if (isLate(told)) return here.length > 0;
  return here.length > 0 && runAround(given) >= severity.forMs;
}

/**
 * Some value in the window, or just before it, is as high as the limit: else no mean is. After a hold the window is that of any
 * moment of it, since a breach that stood then raises when it ends (semantics 5), or waits until its deadline if it came late.
 */
function isMean(given: Case): boolean {
  const { severity, points, told, view, matter } = given;
  const p = told.phenomenonAt;
  const { least } = view.limitOf(matter.rule)(matter.subjectId, severity.limit, p);
  const { windowMs, bucketMs } = windowOf(severity);
  const reachMs = windowMs + 2 * bucketMs;
  const since = Math.min(holdBefore(points, p), heldLate(given)) - reachMs;
  return (
    points.some((point) => isAt(point, p)) &&
    points.some(
      ({ reading, mayBeTrue }) =>
        reading.from <= p + reachMs && reading.to >= since && (mayBeTrue || (reading.value ?? 0) >= least),
    )
  );
}

/**
 * Since when the sensor said, until `at`, that it was held, with no value in between that counts: a fault is none, and ends no
 * hold. `at` itself when it did not.
 */
function holdBefore(points: readonly Point[], at: number): number {
  let since = at;
  for (const { reading } of points.toReversed()) {
    if (reading.to >= at) continue;
    if (reading.quality === 'good' || reading.quality === 'over-range') break;
    if (reading.quality === 'held') since = Math.min(since, reading.from);
  }
  return since;
}

/**
 * A hold ends so long after its first reading, whenever that came, or after its receipt. What a pack brings at just that instant is
 * judged before the deadline of the same instant, and may be of before it.
 */
function mayHoldBeOver(points: readonly Point[], at: number): boolean {
  const since = holdBefore(points, at);
  if (since + holdMaxMs <= at) return true;
  const begun = points.filter(({ reading }) => reading.quality === 'held' && reading.from === since);
  const ends = new Set(begun.flatMap(({ reading }) => reading.receivedAts.map((one) => one + holdMaxMs)));
  return points.some(
    (one) => isAt(one, at) && one.reading.receivedAts.some((received) => ends.has(received)),
  );
}

/**
 * A held reading was handled when a good or faulty one that need not be of before it was known: the sensor is no longer held, and
 * the breach waits like any late one. Of two of one instant the first that is handled counts, and the other is late (semantics 9).
 */
const isBehindHold = (points: readonly Point[], held: Reading): boolean =>
  points.some(
    ({ reading: { quality, to, taken } }) =>
      (quality === 'good' || quality === 'fault') && to >= held.from && taken <= held.done,
  );

/** The first of the held readings that came when their hold was over and can still wait at the raise; the raise itself if none is. */
function heldLate({ points, severity, matter, told }: Case): number {
  const p = told.phenomenonAt;
  const mayWait = points.filter(
    ({ reading }) =>
      reading.quality === 'held' &&
      reading.to <= p &&
      reading.receivedAts.some((at) => p <= at + waitsForMs(severity.forMs, matter.periodMs)) &&
      isBehindHold(points, reading),
  );
  return Math.min(p, ...mayWait.map(({ reading }) => reading.from));
}

/** What waited since a breach, and passed its deadline, or the end of a hold, uncontradicted (semantics 5, 8). */
function isDeadline(given: Case): boolean {
  const { severity, points, told, matter } = given;
  const p = told.phenomenonAt;
  const grace = waitsForMs(severity.forMs, matter.periodMs);
  const isHoldOver = mayHoldBeOver(points, p);
  return points.some(({ mayBeTrue, reading }) => {
    if (!mayBeTrue) return false;
    const isLongOver = reading.quality === 'held' && isBehindHold(points, reading);
    const isDue = reading.receivedAts.some(
      (at) =>
        ((severity.forMs > 0 || isLongOver) && at + grace === p) ||
        (reading.quality === 'held' && (at + holdMaxMs <= p || (isHoldOver && reading.to <= p))),
    );
    if (!isDue) return false;
    return !points.some(
      (other) =>
        endsRun(given, other) &&
        other.reading.from > reading.to &&
        Math.max(...other.reading.receivedAts) < p &&
        other.reading.taken > reading.done,
    );
  });
}

/** It turned out late that an episode had ended on too little, so it goes on (semantics 9, 24). */
function goesOn({ told, matter, points, view }: Case): boolean {
  const p = told.phenomenonAt;
  const ended = matter.told.some(
    (one) =>
      (one.change === 'recovered' || one.change === 'severity-down') &&
      one.phenomenonAt >= p &&
      one.writtenAt <= told.writtenAt,
  );
  if (!ended) return false;
  return points.some((point) => {
    const { value, quality } = point.reading;
    if (!isAt(point, p)) return false;
    const { least } = view.limitOf(matter.rule)(matter.subjectId, matter.rule.clearBelow, p);
    return quality !== 'good' || point.mayBeTrue || (value ?? 0) >= least;
  });
}

/**
 * Somebody tightened the limit, and the last value breaks it (semantics 22): when the change reaches the device, and again
 * with every value that comes after it and is of before it, as those of a clock that is slow are.
 */
function isTightening({ told, matter, points, view, severity }: Case): boolean {
  const p = told.phenomenonAt;
  const grace = waitsForMs(severity.forMs, matter.periodMs) + foundWithinMs;
  return view.history.acts.some(({ act, at, status, answeredAt }) => {
    if (act.kind !== 'set-limit' || act.ruleId !== matter.ruleId || act.sensor !== matter.subjectId)
      return false;
    if (status !== undefined && status >= 400 && status < 500) return false;
    if (p < Math.min(act.validFrom, at)) return false;
    const until = Math.max(act.validFrom, view.askableFrom(answeredAt ?? at)) + limitReachesWithinMs;
    return points.some(
      ({ reading }) =>
        (reading.value ?? 0) >= act.value &&
        (p <= until + grace ||
          (reading.from <= until && reading.receivedAts.some((one) => p >= one && p <= one + grace))),
    );
  });
}

const causes = [isBreach, isDeadline, goesOn, isTightening] as const;

/** Whether readings, a deadline or a tightened limit can be why `told` says that something fires. */
export function isRaiseEarned(view: View, matter: SensorMatter, told: Told): boolean {
  const isAny = told.change === 'firing-again';
  const severities = matter.rule.severities.filter(({ severity }) => isAny || severity === told.severity);
  return severities.some((severity) => {
    const points = matter.series
      .filter(({ taken }) => taken <= told.writtenAt)
      .map((reading) => pointOf(reading, severity, view.limitOf(matter.rule)));
    const given = { view, matter, told, severity, points };
    return (
      causes.some((isCause) => isCause(given)) ||
      (isAny && points.some((point) => isAt(point, told.phenomenonAt)))
    );
  });
}

/**
 * Nothing is invented: whoever is told that something fires is told of accepted readings that broke the limit, of a deadline
 * that passed, or of a limit that was tightened (design 3.1, semantics 7 to 9, 15, 17, 22). What is stale from its first
 * transition was raised by silence, which is a law of its own.
 */
export const raiseEarned: Law = {
  name: 'raise-earned',
  check: (view) =>
    sensorMatters(view).flatMap((matter) =>
      matter.told.flatMap((told) => {
        if (!raises.has(told.change) || told.condition !== 'firing') return [];
        if (isRaiseEarned(view, matter, told)) return [];
        const what = `${told.id} of ${matter.ruleId} on ${matter.subjectId} was ${told.change} ${told.severity} at ${told.phenomenonAt} without a cause`;
        return [{ what, at: told.writtenAt }];
      }),
    ),
};
