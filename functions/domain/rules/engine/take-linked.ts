/** What this room knows: what a rule means. This file: conditions that name several sensors, at an instant of any of them (semantics 6, 9, 19). */
import type { Reading } from '../../telemetry/reading.ts';
import { type Instant, instant } from '../../time.ts';
import type { Seen } from '../around.ts';
import type { SeenAt } from './around-others.ts';
import type { BoundSensor, Condition } from './bind.ts';
import { calmGapMs, calmUntil, rest } from './calm.ts';
import { isNews, judgedAfter, judgeLaterAgain } from './late-windows.ts';
import { instantsIn, nextAfter, saidAt, stretchesMax, withReading } from './recent.ts';
import { frameOf } from './surroundings.ts';
import { echoIndex } from './verdict.ts';
import {
  cellOf,
  ownCell,
  ownSensor,
  raiseNotEvaluable,
  seenIn,
  seenOf,
  sensorOf,
  stepCell,
  surroundings,
  type Work,
} from './work.ts';

/** A reading with the sensor that it is of. */
interface Told {
  readonly bound: BoundSensor;
  readonly reading: Reading;
}

/**
 * Judges, after the sensors have taken the readings from `start` to `end`, all of one instant, each condition that names
 * one of these sensors and others: once in order, or raise-only on everything that is known around it.
 */
export function takeLinked(
  work: Work,
  readings: readonly Reading[],
  start: number,
  end: number,
  receivedAt: Instant,
): void {
  const told: Told[] = [];
  for (let i = start; i < end; i++) {
    const reading = readings[i];
    const bound = reading && work.rules.bySensor.get(reading.sensorId);
    if (!bound || bound.linked.length === 0) continue;
    told.push({ bound, reading });
    if (!reading.trusted) continue;
    const sensor = ownSensor(work, bound);
    sensor.recent = withReading(sensor.recent, reading.phenomenonAt, reading.value, reading.quality);
  }
  const conditions = new Set(told.flatMap(({ bound }) => bound.linked));
  for (const condition of conditions) {
    const named = told.filter(
      ({ bound: { slot } }) => slot === condition.sensorSlot || condition.links.others.includes(slot),
    );
    takeCondition(work, condition, named, receivedAt);
  }
}

function takeCondition(work: Work, condition: Condition, told: readonly Told[], at: Instant): void {
  const trusted = told.filter(({ reading }) => reading.trusted);
  const t = trusted[0]?.reading.phenomenonAt;
  if (t !== undefined && t > cellOf(work, condition).evaluatedAt) {
    const own = trusted.flatMap(({ bound, reading }) =>
      bound.slot === condition.sensorSlot ? [reading] : [],
    );
    const readings = own.length > 0 ? own : [echoOf(work, condition, t, at)];
    if (!rests(work, condition, readings, at)) takeInOrder(work, condition, readings, at);
  } else for (const one of trusted) takeLate(work, condition, one, at);
  for (const one of told) if (!one.reading.trusted) takeUntrusted(work, condition, one, at);
}

/** The sensor has taken its reading before the condition may find that nobody can answer it: then it is told here (semantics 3). */
function takeInOrder(work: Work, condition: Condition, readings: readonly Reading[], at: Instant): void {
  const wasOver = cellOf(work, condition).isUnknownOver;
  stepCell(work, condition, { kind: 'readings', isLate: false, at, readings });
  const bound = work.rules.sensors[condition.sensorSlot];
  const reading = readings.at(-1);
  if (wasOver || !cellOf(work, condition).isUnknownOver || !bound || !reading) return;
  const { phenomenonAt, value, quality } = reading;
  raiseNotEvaluable(work, bound, { at, phenomenonAt, value, quality });
}

/** True when the instant changes no timer; then it is noted, and that is all. */
function rests(work: Work, condition: Condition, readings: readonly Reading[], receivedAt: Instant): boolean {
  const [reading] = readings;
  if (readings.length !== 1 || reading?.quality !== 'good') return false;
  const cell = cellOf(work, condition);
  const t = reading.phenomenonAt;
  if (t >= calmUntil(condition, cell, frameOf(reading, surroundings(work, condition)))) return false;
  if (t - cell.evaluatedAt > calmGapMs(condition, cell)) return false;
  rest(ownCell(work, condition), reading, receivedAt);
  return true;
}

/** The last word of the rule's own sensor at an instant at which only others reported; no sign of life. */
function echoOf(work: Work, condition: Condition, t: number, receivedAt: Instant, guess = 0): Reading {
  const { value, quality } = guessIn(work, condition.sensorSlot, t, guess);
  const isOutdated = quality === 'unknown' || (quality === 'good' && value === undefined);
  return {
    sensorId: condition.sensor.sensorId,
    index: echoIndex,
    phenomenonAt: instant(t),
    receivedAt,
    lifeAt: instant(0),
    value,
    // A sensor that said nothing yet, or nothing for too long, is not bad: what it would say is unknown.
    quality: isOutdated ? 'good' : qualityOf(quality),
    trusted: true,
  };
}

const qualityOf = (quality: string): Reading['quality'] => {
  switch (quality) {
    case 'calibrating':
    case 'maintenance':
    case 'fault':
    case 'over-range':
      return quality;
    default:
      return 'good';
  }
};

/**
 * A late reading changes what the condition was at its own instant, and at those of the other sensors until its sensor
 * spoke again: at each of them it is judged once more, raise-only.
 */
function takeLate(work: Work, condition: Condition, { bound, reading }: Told, receivedAt: Instant): void {
  const t = reading.phenomenonAt;
  const until = Math.min(nextAfter(sensorOf(work, bound).recent, t), cellOf(work, condition).evaluatedAt + 1);
  const spoken = new Set<number>([t]);
  // A sensor that says the same again and again is remembered by its first and its last instant; its windows remember more.
  const windowed = new Set<number>();
  for (const slot of [condition.sensorSlot, ...condition.links.others]) {
    const other = work.rules.sensors[slot];
    if (!other || other === bound) continue;
    for (const one of instantsIn(sensorOf(work, other).recent, t, until)) spoken.add(one);
    for (const one of windowsJudged(work, condition, other, t)) if (one < until) windowed.add(one);
  }
  for (const one of [...new Set([...spoken, ...windowed])].toSorted((a, b) => a - b)) {
    const own = bound.slot === condition.sensorSlot && one === t ? reading : undefined;
    if (spoken.has(one)) judgeLate(work, condition, own, one, receivedAt);
    else judgeWindowsAgain(work, condition, one, receivedAt);
  }
  if (reading.quality !== 'good' || condition.windows.length === 0) return;
  if (bound.slot === condition.sensorSlot) judgeLaterAgain(work, bound, condition, reading, receivedAt);
  else
    for (const one of windowsJudged(work, condition, bound, t))
      judgeWindowsAgain(work, condition, one, receivedAt);
}

/** The instants after `t` at which windows that `bound` feeds were judged, as far as they are remembered. */
const windowsJudged = (work: Work, condition: Condition, bound: BoundSensor, t: number): readonly number[] =>
  judgedAfter(work, bound, condition, t)
    .map(({ at }) => at)
    .filter((at) => at <= cellOf(work, condition).evaluatedAt);

/** Windows were judged without what came late: where they may raise with it, they are judged again. */
function judgeWindowsAgain(work: Work, condition: Condition, at: number, receivedAt: Instant): void {
  const seenAt: SeenAt = (slot, when) => seenIn(work, slot, when);
  if (mayRaise(work, condition, echoOf(work, condition, at, receivedAt), seenAt))
    judgeLate(work, condition, undefined, at, receivedAt);
}

/** Judges one late instant; where something is forgotten, on each of what is remembered until it raises (semantics 9). */
function judgeLate(
  work: Work,
  condition: Condition,
  own: Reading | undefined,
  t: number,
  receivedAt: Instant,
): void {
  const isForgotten = [condition.sensorSlot, ...condition.links.others].some((slot) => {
    const bound = work.rules.sensors[slot];
    return bound !== undefined && saidAt(sensorOf(work, bound).recent, t) === 'forgotten';
  });
  const guesses = isForgotten ? stretchesMax : 1;
  for (let guess = 0; guess < guesses; guess++) {
    const seenAt: SeenAt = (slot, at) => guessIn(work, slot, at, guess);
    const reading = own ?? echoOf(work, condition, t, receivedAt, guess);
    if (guess < guesses - 1 && !mayRaise(work, condition, reading, seenAt)) continue;
    const around = surroundings(work, condition, seenAt);
    const input = { kind: 'readings', isLate: true, at: receivedAt, readings: [reading] } as const;
    stepCell(work, condition, input, undefined, around);
    return;
  }
}

function mayRaise(work: Work, condition: Condition, reading: Reading, seenAt: SeenAt): boolean {
  const frame = frameOf(reading, surroundings(work, condition, seenAt));
  return condition.severities.some(
    ({ when }, i) => isNews(cellOf(work, condition), i, reading.phenomenonAt) && when(frame) === true,
  );
}

/** As `seenIn`; what is forgotten is taken to be the remembered stretch number `guess`. */
function guessIn(work: Work, slot: number, at: number, guess: number): Seen {
  const bound = work.rules.sensors[slot];
  if (bound) {
    const { recent } = sensorOf(work, bound);
    const remembered = recent.stretches[guess % Math.max(1, recent.stretches.length)];
    if (remembered && saidAt(recent, at) === 'forgotten') return seenOf(remembered, at, bound.silentAfterMs);
  }
  return seenIn(work, slot, at);
}

/** A reading whose time cannot be trusted is judged beside what the others said then, and is remembered nowhere. */
function takeUntrusted(
  work: Work,
  condition: Condition,
  { bound, reading }: Told,
  receivedAt: Instant,
): void {
  const t = reading.phenomenonAt;
  const isOwn = bound.slot === condition.sensorSlot;
  const own = isOwn ? reading : { ...echoOf(work, condition, t, receivedAt), trusted: false };
  const seenAt: SeenAt = (slot, at) =>
    slot === bound.slot && !isOwn
      ? seenOf({ value: reading.value, quality: reading.quality, from: t, to: t }, at, bound.silentAfterMs)
      : seenIn(work, slot, at);
  const input = { kind: 'readings', isLate: true, at: receivedAt, readings: [own] } as const;
  stepCell(work, condition, input, undefined, surroundings(work, condition, seenAt));
}
