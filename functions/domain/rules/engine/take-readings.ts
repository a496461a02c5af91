/** What this room knows: what a rule means. This file: the readings of a message, by their instants (semantics 6). */
import type { Reading } from '../../telemetry/reading.ts';
import type { Instant } from '../../time.ts';
import type { BoundSensor, Condition } from './bind.ts';
import { faultRank } from './built-in-step.ts';
import { calmed, isCalm } from './calm.ts';
import { type Cell, phases } from './cell.ts';
import type { InstantVerdict } from './verdict.ts';
import { cellOf, ownSensor, raiseNotEvaluable, setCell, stepCell, stepOwnAlert, type Work } from './work.ts';

/** Evaluates the readings of one message: instant by instant, all of an instant together. */
export function takeReadings(work: Work, readings: readonly Reading[], receivedAt: Instant): void {
  const sorted = isSorted(readings) ? readings : readings.toSorted((a, b) => a.phenomenonAt - b.phenomenonAt);
  for (let i = 0; i < sorted.length; ) {
    const t = sorted[i]?.phenomenonAt;
    let end = i + 1;
    while (sorted[end]?.phenomenonAt === t && end < sorted.length) end++;
    takeInstant(work, sorted, i, end, receivedAt);
    i = end;
  }
}

function isSorted(readings: readonly Reading[]): boolean {
  let last = 0;
  for (const { phenomenonAt } of readings) {
    if (phenomenonAt < last) return false;
    last = phenomenonAt;
  }
  return true;
}

/** The readings from `start` to `end`, all of one instant: those of one sensor are judged together. */
function takeInstant(
  work: Work,
  sorted: readonly Reading[],
  start: number,
  end: number,
  receivedAt: Instant,
): void {
  if (end - start === 1 || !hasTwins(work, sorted, start, end)) {
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
function hasTwins(work: Work, sorted: readonly Reading[], start: number, end: number): boolean {
  work.instantCount += 1;
  let isTwice = false;
  for (let i = start; i < end; i++) {
    const bound = work.rules.bySensor.get(sorted[i]?.sensorId ?? '');
    if (!bound) continue;
    isTwice ||= work.named[bound.slot] === work.instantCount;
    work.named[bound.slot] = work.instantCount;
  }
  return isTwice;
}

/** The usual case, one reading of a calm sensor, without a list, a record or a deep copy. */
function takeOne(work: Work, bound: BoundSensor, reading: Reading, receivedAt: Instant): void {
  if (!reading.trusted || reading.quality !== 'good' || !isQuiet(work, bound, reading)) {
    takeSome(work, bound, [reading], receivedAt);
    return;
  }
  for (const condition of bound.conditions)
    setCell(work, condition, calmed(cellOf(work, condition), reading, receivedAt));
  const sensor = ownSensor(work, bound);
  sensor.at = reading.phenomenonAt;
  sensor.value = reading.value;
  sensor.quality = reading.quality;
}

function isQuiet(work: Work, bound: BoundSensor, reading: Reading): boolean {
  const sensor = (work.sensors ?? work.state.sensors)[bound.slot];
  if (
    sensor === undefined ||
    sensor.fault.phase !== phases.idle ||
    sensor.notEvaluable.phase !== phases.idle ||
    reading.phenomenonAt <= sensor.at
  )
    return false;
  for (const condition of bound.conditions)
    if (!isCalm(condition, cellOf(work, condition), reading)) return false;
  return true;
}

/** All readings of one sensor at one instant. */
function takeSome(work: Work, bound: BoundSensor, readings: readonly Reading[], receivedAt: Instant): void {
  const trusted = readings.filter((reading) => reading.trusted);
  const verdicts: InstantVerdict[] = [];
  for (const condition of bound.conditions) {
    const { evaluatedAt } = cellOf(work, condition);
    const [first] = trusted;
    if (first && first.phenomenonAt > evaluatedAt) {
      const { verdict } = stepCell(work, condition, {
        kind: 'readings',
        isLate: false,
        at: receivedAt,
        readings: trusted,
      });
      if (verdict) verdicts.push(verdict);
    } else for (const reading of trusted) takeLate(work, condition, reading, receivedAt);
    for (const reading of readings) if (!reading.trusted) takeLate(work, condition, reading, receivedAt);
  }
  takeData(work, bound, trusted, verdicts, receivedAt);
}

const takeLate = (work: Work, condition: Condition, reading: Reading, at: Instant): void => {
  stepCell(work, condition, { kind: 'readings', isLate: true, at, readings: [reading] });
};

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
  if (reading === undefined || reading.phenomenonAt <= sensor.at) return;
  const { phenomenonAt, value, quality } = reading;
  sensor.at = phenomenonAt;
  sensor.value = value;
  sensor.quality = quality;
  const hasNoRule = bound.conditions.length === 0;
  const isFault = verdicts.some((verdict) => verdict.isFault) || (hasNoRule && quality === 'fault');
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

const isNotEvaluable = (cell: Cell): boolean => cell.isUnknownOver;

const isAnswered = (cell: Cell): boolean => cell.unknownAt < 0;
