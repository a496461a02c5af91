/** What this room knows: what a rule means. This file: the readings of a message, by their instants (semantics 6). */
import type { Reading } from '../../telemetry/reading.ts';
import type { Instant } from '../../time.ts';
import { isInBand, movedBy } from './band.ts';
import type { BoundSensor, Condition } from './bind.ts';
import { faultRank } from './built-in-step.ts';
import { hasTwin, isSorted, noteCalm } from './calm-message.ts';
import { type Cell, never, phases, type SensorCell, setValue } from './cell.ts';
import { enterWindows } from './enter-windows.ts';
import { keepLastGood, laterGood } from './last-good.ts';
import { judgeLaterAgain } from './late-windows.ts';
import { isOutdated, meetAgain } from './outdated.ts';
import { wake } from './settled.ts';
import { takeLinked } from './take-linked.ts';
import { effectOf, type InstantVerdict } from './verdict.ts';
import {
  calmOf,
  cellOf,
  ownCell,
  ownSensor,
  raiseNotEvaluable,
  sensorOf,
  stepCell,
  stepOwnAlert,
  type Work,
} from './work.ts';

/** Evaluates the readings of one message: instant by instant, all of an instant together. */
export function takeReadings(work: Work, readings: readonly Reading[], receivedAt: Instant): void {
  const sorted = isSorted(readings) ? readings : readings.toSorted((a, b) => a.phenomenonAt - b.phenomenonAt);
  for (let i = 0; i < sorted.length; ) {
    const t = sorted[i]?.phenomenonAt;
    let end = i + 1;
    while (end < sorted.length && sorted[end]?.phenomenonAt === t) end++;
    if (work.rules.hasWindows) enterWindows(work, sorted, i, end);
    takeInstant(work, sorted, i, end, receivedAt);
    if (work.rules.hasLinks) takeLinked(work, sorted, i, end, receivedAt);
    i = end;
  }
}

/** The readings from `start` to `end`, all of one instant: those of one sensor are judged together. */
function takeInstant(
  work: Work,
  sorted: readonly Reading[],
  start: number,
  end: number,
  receivedAt: Instant,
): void {
  if (end - start === 1 || !hasTwins(sorted, start, end)) {
    for (let i = start; i < end; i++) {
      const reading = sorted[i];
      const bound = reading && work.rules.bySensor.get(reading.sensorId);
      if (bound) takeOne(work, bound, reading, receivedAt);
    }
    return;
  }
  const bySensor = Map.groupBy(sorted.slice(start, end), ({ sensorId }) => sensorId);
  for (const [sensorId, readings] of bySensor) {
    const bound = work.rules.bySensor.get(sensorId);
    if (bound) takeSome(work, bound, readings, receivedAt);
  }
}

/** True when two readings from `start` to `end` are of one sensor. */
function hasTwins(sorted: readonly Reading[], start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (hasTwin(sorted, i)) return true;
  return false;
}

/** The usual case, one reading of a calm sensor, without a list, a record or a deep copy. */
function takeOne(work: Work, bound: BoundSensor, reading: Reading, receivedAt: Instant): void {
  if (!reading.trusted || reading.quality !== 'good' || reading.phenomenonAt <= sensorOf(work, bound).at)
    takeSome(work, bound, [reading], receivedAt);
  else {
    const moved = isInBand(sensorOf(work, bound), bound, reading) ? undefined : movedBy(work, bound, reading);
    if (moved === undefined) noteCalm(ownSensor(work, bound), reading, receivedAt);
    else takeGood(work, bound, moved, reading, receivedAt);
  }
}

/**
 * A good reading, newer than all before, that not every condition passes over: those that do leave it to their sensor to
 * note it, as if it were calm. Where the others have an answer it is noted in them too, so the sensor speaks for all.
 */
function takeGood(
  work: Work,
  bound: BoundSensor,
  moved: readonly Condition[],
  reading: Reading,
  receivedAt: Instant,
): void {
  const calm = calmOf(sensorOf(work, bound));
  const input = { kind: 'readings', isLate: false, at: receivedAt, readings: [reading] } as const;
  let areAllAnswered = true;
  for (const condition of moved) {
    stepCell(work, condition, input, calm);
    areAllAnswered &&= reachesTo(cellOf(work, condition), reading.phenomenonAt);
  }
  const sensor = ownSensor(work, bound);
  const { isCalm } = sensor;
  wake(sensor);
  takeData(work, bound, input.readings, noVerdicts, receivedAt);
  sensor.isCalm = isCalm;
  noteCalm(sensor, reading, receivedAt);
  if (areAllAnswered) return;
  for (const condition of bound.alone) if (!moved.includes(condition)) ownCell(work, condition, sensor);
  sensor.isCalm = false;
}

const noVerdicts: readonly InstantVerdict[] = [];

/** Every stretch that is remembered reaches to `t`. */
function reachesTo({ machines }: Cell, t: number): boolean {
  for (const { spans } of machines) if (spans.length > 0 && spans[spans.length - 1] !== t) return false;
  return true;
}

/** All readings of one sensor at one instant. */
function takeSome(work: Work, bound: BoundSensor, readings: readonly Reading[], receivedAt: Instant): void {
  const calm = calmOf(sensorOf(work, bound));
  const trusted = readings.every((reading) => reading.trusted)
    ? readings
    : readings.filter((reading) => reading.trusted);
  const verdicts: InstantVerdict[] = [];
  for (const condition of bound.conditions) {
    if (!condition.isAlone) continue;
    // The first step catches up with the calm readings before it.
    let before = calm;
    const evaluatedAt = before?.at ?? cellOf(work, condition).evaluatedAt;
    const [first] = trusted;
    if (first && first.phenomenonAt > evaluatedAt) {
      const input = { kind: 'readings', isLate: false, at: receivedAt, readings: trusted } as const;
      const { verdict } = stepCell(work, condition, input, before);
      if (verdict) verdicts.push(verdict);
      if (trusted === readings) continue;
      before = undefined;
    }
    for (const reading of readings) {
      if (reading.trusted && reading.phenomenonAt > evaluatedAt) continue;
      stepCell(
        work,
        condition,
        { kind: 'readings', isLate: true, at: receivedAt, readings: [reading] },
        before,
      );
      before = undefined;
      if (reading.trusted && reading.quality === 'good' && condition.windows.length > 0)
        judgeLaterAgain(work, bound, condition, reading, receivedAt);
    }
  }
  wake(ownSensor(work, bound));
  takeData(work, bound, trusted, verdicts, receivedAt);
}

/** What the instant says of the sensor itself: its newest value, its fault, whether its rules can be answered. */
function takeData(
  work: Work,
  bound: BoundSensor,
  trusted: readonly Reading[],
  verdicts: readonly InstantVerdict[],
  at: Instant,
): void {
  const sensor = ownSensor(work, bound);
  const reading = trusted.at(-1);
  if (reading === undefined) return;
  const { phenomenonAt, value, quality } = reading;
  if (phenomenonAt <= sensor.at) {
    takeLateGood(work, bound, trusted, at);
    return;
  }
  if (quality !== 'good') keepLastGood(sensor, trusted);
  sensor.at = phenomenonAt;
  setValue(sensor, value);
  sensor.quality = quality;
  if (trusted.length === 1 && quality === 'good' && isUntroubled(work, bound, sensor)) return;
  const hasNoRule = bound.conditions.length === 0;
  const isFault =
    verdicts.some((verdict) => verdict.isFault) ||
    (hasNoRule && quality === 'fault') ||
    bound.linked.some((condition) => condition.sensorSlot === bound.slot && isStale(condition, trusted));
  const isGood = trusted.every((one) => one.quality === 'good');
  const cells = bound.conditions.map((condition) => cellOf(work, condition));
  const context = { at, phenomenonAt, value, quality, silentAfterMs: bound.silentAfterMs };
  stepOwnAlert(work, bound, 'fault', {
    ...context,
    kind: isFault ? 'raise' : isGood ? 'good' : 'bad',
    trigger: isFault ? 'quality' : 'reading',
    rank: faultRank,
    causes: isFault ? [{ quality }] : [],
  });
  if (cells.some(isNotEvaluable)) raiseNotEvaluable(work, bound, context);
  else
    stepOwnAlert(work, bound, 'notEvaluable', {
      ...context,
      kind: isGood && cells.every(isAnswered) ? 'good' : 'bad',
      trigger: 'reading',
      rank: 0,
      causes: [],
    });
}

/** Behind a newest reading that is bad a late one is the last good value: a change of limits since then judges it (semantics 22). */
function takeLateGood(work: Work, bound: BoundSensor, trusted: readonly Reading[], at: Instant): void {
  const good = laterGood(sensorOf(work, bound), trusted);
  if (good === undefined) return;
  const { phenomenonAt, value } = good;
  ownSensor(work, bound).lastGood = { at: phenomenonAt, value };
  for (const condition of bound.conditions) {
    if (!isOutdated(condition, cellOf(work, condition), phenomenonAt)) continue;
    const cell = ownCell(work, condition);
    meetAgain(condition, cell, phenomenonAt);
    // Time alone judges nothing before it was known (semantics 8).
    cell.lifeSetAt = Math.max(cell.lifeSetAt, at);
    work.quietUntil = never;
  }
}

/** A reading makes the sensor stale under a condition that is judged after its sensor. */
const isStale = (condition: Condition, readings: readonly Reading[]): boolean =>
  readings.some((reading) => effectOf(condition, reading) === 'stale');

/** The usual case: nothing is known against the sensor's data, and every rule has an answer. */
const isUntroubled = (
  work: Work,
  { conditions }: BoundSensor,
  { fault, notEvaluable }: SensorCell,
): boolean =>
  fault.phase === phases.idle &&
  notEvaluable.phase === phases.idle &&
  conditions.every((condition) => !cellOf(work, condition).isUnknownOver);

const isNotEvaluable = (cell: Cell): boolean => cell.isUnknownOver;

const isAnswered = (cell: Cell): boolean => cell.unknownAt < 0;
