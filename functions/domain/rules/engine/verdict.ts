/** What this room knows: what a rule means. This file: what readings say to each severity, quality included (semantics 5). */
import type { Reading } from '../../telemetry/reading.ts';
import type { QualityEffect } from '../book.ts';
import type { Verdict } from '../expression.ts';
import type { BoundSeverity, Condition } from './bind.ts';
import { frameOf, type Surroundings } from './surroundings.ts';

/** `index` of a reading that is no record of the message: the last word of the rule's own sensor, at a later instant. */
export const echoIndex = -1;

/** What one instant says to one severity. */
export interface SeverityVerdict {
  readonly when: Verdict;
  /** Good, `when` known false and `clear` known true: a clearing reading (semantics 2). */
  readonly clears: boolean;
  /** The reading that decided is good. Only a good one contradicts a breach. */
  readonly isGood: boolean;
  /** The reading that decided asks for hold. */
  readonly isHeld: boolean;
}

/** What one instant says to a rule: its readings and, lightest first, a verdict for each severity. */
export interface InstantVerdict {
  readonly readings: readonly Reading[];
  readonly severities: readonly SeverityVerdict[];
  /** The reading that decides the gravest severity that is true: the one to show people. */
  readonly shown: Reading;
  /** Every reading of the instant is good. */
  readonly isGood: boolean;
  /** No reading of the rule's own sensor: its last word once more, because another sensor reported. */
  readonly isEcho: boolean;
  readonly hasHeld: boolean;
  /** A reading makes the sensor stale. */
  readonly isFault: boolean;
  /** Newest life sign of a good reading, and of a good or held one; -1: none. */
  readonly goodLifeAt: number;
  readonly heldLifeAt: number;
}

export const effectOf = (condition: Condition, reading: Reading): QualityEffect | 'good' =>
  reading.quality === 'good' ? 'good' : condition.rule.quality[reading.quality];

/**
 * What `reading` says to the severity at `index`.
 *
 * Over-range is a breach of every severity, any other state that raises one of the highest (semantics 5); to the rest,
 * and in every other bad state, the value is unknown and the quality is not.
 */
function judgeReading(
  condition: Condition,
  { when, clear }: BoundSeverity,
  index: number,
  reading: Reading,
  around: Surroundings | undefined,
): SeverityVerdict {
  const effect = effectOf(condition, reading);
  if (effect === 'good' || effect === 'hold') {
    const frame = frameOf(reading, around);
    const verdict = when(frame);
    if (effect === 'hold') return said(verdict, 'held');
    const clears = verdict === false && (clear === undefined || clear(frame) === true);
    return said(verdict, clears ? 'clears' : 'good');
  }
  const isBreach =
    effect === 'raise' && (reading.quality === 'over-range' || index === condition.severities.length - 1);
  const { quality, phenomenonAt } = reading;
  const verdict = isBreach
    ? true
    : when({ value: undefined, quality, phenomenonAt, around: around?.aroundAt(reading) });
  return said(verdict, 'bad');
}

type Manner = 'good' | 'clears' | 'held' | 'bad';

const saidIn = (when: Verdict): Readonly<Record<Manner, SeverityVerdict>> => ({
  good: { when, clears: false, isGood: true, isHeld: false },
  clears: { when, clears: true, isGood: true, isHeld: false },
  held: { when, clears: false, isGood: false, isHeld: true },
  bad: { when, clears: false, isGood: false, isHeld: false },
});

/** All that can be said: a city says it some thousand times a second. */
const [saidTrue, saidFalse, saidUnknown] = [saidIn(true), saidIn(false), saidIn(undefined)];

const said = (when: Verdict, manner: Manner): SeverityVerdict =>
  (when === undefined ? saidUnknown : when ? saidTrue : saidFalse)[manner];

/** Of several readings of one instant the graver counts (semantics 6): higher is graver. */
function gravity({ when, clears, isGood, isHeld }: SeverityVerdict): number {
  if (when === true) return isHeld ? 4 : 5;
  if (when === undefined) return 3;
  return isGood ? (clears ? 0 : 1) : 2;
}

/**
 * A sign of life: a good reading. A rule on the quality of data listens to the states that it asks about, so each of them is
 * one to it; what makes stale is none (semantics 12).
 */
const isLife = ({ rule }: Condition, effect: QualityEffect | 'good'): boolean =>
  effect === 'good' || (rule.kind === 'data-quality' && (effect === 'raise' || effect === 'unknown'));

/** The usual case, one reading, without the lists that several need. */
function judgeOne(
  condition: Condition,
  readings: readonly Reading[],
  only: Reading,
  around: Surroundings | undefined,
): InstantVerdict | undefined {
  const effect = effectOf(condition, only);
  if (effect === 'ignore') return undefined;
  const { severities } = condition;
  const verdicts: SeverityVerdict[] = [];
  for (let i = 0; i < severities.length; i++) {
    const severity = severities[i];
    if (severity) verdicts.push(judgeReading(condition, severity, i, only, around));
  }
  const isAlive = isLife(condition, effect);
  return {
    readings,
    severities: verdicts,
    shown: only,
    isGood: effect === 'good',
    isEcho: only.index === echoIndex,
    hasHeld: effect === 'hold',
    isFault: effect === 'stale',
    goodLifeAt: isAlive ? only.lifeAt : -1,
    heldLifeAt: isAlive || effect === 'hold' ? only.lifeAt : -1,
  };
}

/** What the readings of one sensor at one instant say; `undefined` when all of them are ignored. */
export function judgeInstant(
  condition: Condition,
  present: readonly Reading[],
  around: Surroundings | undefined,
): InstantVerdict | undefined {
  const first = present[0];
  if (present.length === 1 && first) return judgeOne(condition, present, first, around);
  const readings = present.filter((reading) => effectOf(condition, reading) !== 'ignore');
  const [only] = readings;
  if (only === undefined) return undefined;
  if (readings.length === 1) return judgeOne(condition, readings, only, around);
  const chosen = new Set<Reading>();
  let shown = only;
  let isShownTrue = false;
  const verdicts = condition.severities.map((severity, i) => {
    let by = only;
    let gravest = judgeReading(condition, severity, i, only, around);
    for (const reading of readings) {
      const verdict = judgeReading(condition, severity, i, reading, around);
      if (gravity(verdict) <= gravity(gravest)) continue;
      gravest = verdict;
      by = reading;
    }
    chosen.add(by);
    // Lightest first: the last severity that is true has the say.
    if (gravest.when === true || !isShownTrue) shown = by;
    isShownTrue ||= gravest.when === true;
    return gravest;
  });
  // Of hundreds at one instant the record keeps those that decide something, and they decide the same again.
  for (const effect of ['good', 'hold', 'stale', 'raise', 'unknown'] as const) {
    const newest = newestLife(readings.filter((reading) => effectOf(condition, reading) === effect));
    if (newest) chosen.add(newest);
  }
  return summary(
    condition,
    readings.filter((reading) => chosen.has(reading)),
    verdicts,
    shown,
  );
}

const newestLife = (readings: readonly Reading[]): Reading | undefined =>
  readings.reduce<Reading | undefined>(
    (newest, reading) => (newest === undefined || reading.lifeAt > newest.lifeAt ? reading : newest),
    undefined,
  );

function summary(
  condition: Condition,
  readings: readonly Reading[],
  severities: readonly SeverityVerdict[],
  shown: Reading,
): InstantVerdict {
  const effects = readings.map((reading) => effectOf(condition, reading));
  const lifeOf = (isSign: (effect: QualityEffect | 'good') => boolean): number =>
    readings.reduce((life, { lifeAt }, i) => {
      const effect = effects[i];
      return effect !== undefined && isSign(effect) ? Math.max(life, lifeAt) : life;
    }, -1);
  const isAlive = (effect: QualityEffect | 'good'): boolean => isLife(condition, effect);
  return {
    readings,
    severities,
    shown,
    isGood: effects.every((effect) => effect === 'good'),
    isEcho: false,
    hasHeld: effects.includes('hold'),
    isFault: effects.includes('stale'),
    goodLifeAt: lifeOf(isAlive),
    heldLifeAt: lifeOf((effect) => effect === 'hold' || isAlive(effect)),
  };
}
