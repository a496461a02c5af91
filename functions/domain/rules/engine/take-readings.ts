/** What this room knows: what a rule means. This file: the readings of a message, by their instants (semantics 6). */
import type { Reading } from '../../telemetry/reading.ts';
import type { Instant } from '../../time.ts';
import type { BoundSensor, Condition } from './bind.ts';
import { faultRank } from './built-in-step.ts';
import { applyCalm } from './calm.ts';
import { type Cell, phases } from './cell.ts';
import type { InstantVerdict } from './verdict.ts';
import { ownCell, ownSensor, raiseNotEvaluable, stepCell, stepOwnAlert, type Work } from './work.ts';

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
  const only = sorted[start];
  if (end - start === 1) {
    const bound = only && work.rules.bySensor.get(only.sensorId);
    if (bound) takeOne(work, bound, only, receivedAt);
    return;
  }
  const bySensor = new Map<string, Reading[]>();
  for (let i = start; i < end; i++) {
    const reading = sorted[i];
    if (!reading) continue;
    const same = bySensor.get(reading.sensorId);
    if (same) same.push(reading);
    else bySensor.set(reading.sensorId, [reading]);
  }
  for (const [sensorId, readings] of bySensor) {
    const bound = work.rules.bySensor.get(sensorId);
    const [first] = readings;
    if (!bound || !first) continue;
    if (readings.length === 1) takeOne(work, bound, first, receivedAt);
    else takeSome(work, bound, readings, receivedAt);
  }
}

/** The usual case, one reading of a calm sensor, without a list, a record or a copy. */
function takeOne(work: Work, bound: BoundSensor, reading: Reading, receivedAt: Instant): void {
  if (reading.trusted && reading.quality === 'good') {
    const sensor = ownSensor(work, bound);
    const isQuiet = sensor.fault.phase === phases.idle && sensor.notEvaluable.phase === phases.idle;
    if (isQuiet && reading.phenomenonAt > sensor.at) {
      let done = 0;
      for (const condition of bound.conditions) {
        if (!applyCalm(condition, ownCell(work, condition), reading, receivedAt)) break;
        done++;
      }
      if (done === bound.conditions.length) {
        sensor.at = reading.phenomenonAt;
        sensor.value = reading.value;
        sensor.quality = reading.quality;
        return;
      }
      takeSome(work, bound, [reading], receivedAt, done);
      return;
    }
  }
  takeSome(work, bound, [reading], receivedAt);
}

/** All readings of one sensor at one instant; conditions before `done` have had them. */
function takeSome(
  work: Work,
  bound: BoundSensor,
  readings: readonly Reading[],
  receivedAt: Instant,
  done = 0,
): void {
  const trusted = readings.filter((reading) => reading.trusted);
  const verdicts: InstantVerdict[] = [];
  for (const condition of bound.conditions.slice(done)) {
    const cell = ownCell(work, condition);
    const [first] = trusted;
    if (first && first.phenomenonAt > cell.evaluatedAt) {
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
  const cells = bound.conditions.map((condition) => ownCell(work, condition));
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
