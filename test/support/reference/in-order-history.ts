/** What the naive reference finds in the history of one sensor under one rule: runs, holds and what stands. */
import { type Severity, severities } from '../../../functions/domain/severity.ts';
import type { Quality } from '../../../functions/domain/telemetry/reading.ts';

export interface ReferenceLevel {
  readonly severity: Severity;
  readonly at: number;
  /** What the limit becomes, and when (semantics 22). */
  readonly becomes?: { readonly fromS: number; readonly at: number } | undefined;
  /** Clears below this; absent: below `at`. */
  readonly below?: number | undefined;
  readonly forS: number;
  readonly clearForS: number;
}

export interface ReferenceRule {
  /** An unknown reading lets a run fire whose time has come, as time alone would. Default: true. */
  readonly doesUnknownFire?: boolean;
  /** Lightest first. */
  readonly levels: readonly ReferenceLevel[];
  readonly silentAfterS: number;
  readonly silentSeverity: Severity;
  readonly graceS: number;
  readonly maxHoldS: number;
}

/** A reading that came when it was true: receive time, phenomenon time and life sign are one. */
export interface ReferenceReading {
  readonly t: number;
  readonly v: number;
  readonly q: Quality;
  /** No reading: a change of limits at `t` judges the value that was good then, read at this time. */
  readonly readAt?: number;
}

export type Truth = true | false | undefined;

export const rank = (severity: Severity): number => severities.indexOf(severity);
export const isRed = (level: ReferenceLevel): boolean => level.severity === 'red';
export const isHeldQuality = (q: Quality): boolean => q === 'calibrating' || q === 'maintenance';

/** One thing that happened: a reading, or time alone. `on`: the severities that stand afterwards. */
export interface Entry {
  readonly reading?: ReferenceReading;
  /** The last good value, judged by limits that have just changed. */
  readonly again?: ReferenceReading;
  readonly at: number;
  on: boolean[];
  silent: boolean;
  stale: boolean;
}

const limitAt = ({ at, becomes }: ReferenceLevel, t: number): number =>
  becomes !== undefined && t >= becomes.fromS ? becomes.at : at;

export const truthOf = (level: ReferenceLevel, { t, v, q }: ReferenceReading): Truth => {
  if (q === 'over-range') return true;
  return q === 'good' || isHeldQuality(q) ? v >= limitAt(level, t) : undefined;
};

export const clearsOf = (level: ReferenceLevel, reading: ReferenceReading): boolean =>
  reading.q === 'good' &&
  truthOf(level, reading) === false &&
  (level.below === undefined || reading.v < level.below);

export const standing = (rule: ReferenceRule, entry: Entry | undefined): number =>
  entry === undefined
    ? -1
    : Math.max(
        entry.silent ? rank(rule.silentSeverity) : -1,
        ...rule.levels.map((level, i) => (entry.on[i] ? rank(level.severity) : -1)),
      );

export const readingsOf = (log: readonly Entry[]): readonly ReferenceReading[] =>
  log.flatMap(({ reading }) => (reading ? [reading] : []));

/** All readings, and the last good values that changes of limits have judged again, in their places. */
export const judgedOf = (log: readonly Entry[]): readonly ReferenceReading[] =>
  log.flatMap(({ reading, again }) => ((reading ?? again) ? [reading ?? again] : []) as ReferenceReading[]);

/** A good value is known false; one that is judged again contradicts no breach that was read after it. */
function contradicts(level: ReferenceLevel, seen: readonly ReferenceReading[], i: number): boolean {
  const one = seen[i];
  if (one?.q !== 'good' || truthOf(level, one) !== false) return false;
  const { readAt } = one;
  if (readAt === undefined) return true;
  return !seen.slice(0, i).some((other) => other.t > readAt && truthOf(level, other) === true);
}

/** Readings since the last good known-false one, from the first known-true on: the run, empty when there is none. */
export function runOf(level: ReferenceLevel, seen: readonly ReferenceReading[]): readonly ReferenceReading[] {
  const last = seen.findLastIndex((_, i) => contradicts(level, seen, i));
  const since = seen.slice(last + 1);
  const first = since.findIndex((reading) => truthOf(level, reading) === true);
  return first < 0 ? [] : since.slice(first);
}

/** First held reading since the last good one. */
export const holdOf = (seen: readonly ReferenceReading[]): ReferenceReading | undefined =>
  seen
    .slice(seen.findLastIndex(({ q, readAt }) => q === 'good' && readAt === undefined) + 1)
    .find(({ q }) => isHeldQuality(q));

/** Whether a hold delays at the last of `seen`, when it is looked at at `now`. */
export function isHolding(rule: ReferenceRule, seen: readonly ReferenceReading[], now: number): boolean {
  const hold = holdOf(seen);
  return hold !== undefined && now - hold.t < rule.maxHoldS;
}

/** Every true reading of the run was held back. */
export function isRunHeld(
  rule: ReferenceRule,
  level: ReferenceLevel,
  seen: readonly ReferenceReading[],
  run: readonly ReferenceReading[],
): boolean {
  if (isRed(level) || run.length === 0) return false;
  return run.every((reading) => {
    const upTo = seen.slice(0, seen.indexOf(reading) + 1);
    if (reading.q === 'good') return truthOf(level, reading) !== true;
    if (truthOf(level, reading) !== true)
      return isHolding(rule, upTo, reading.t) || !isHeldQuality(reading.q);
    return isHeldQuality(reading.q) && isHolding(rule, upTo, reading.t);
  });
}

/** First to last known-true reading of the run span its `for`. */
export function standsLongEnough(level: ReferenceLevel, seen: readonly ReferenceReading[]): boolean {
  const run = runOf(level, seen);
  const lastTrue = run.findLast(
    (reading) => reading.readAt === undefined && truthOf(level, reading) === true,
  );
  const [first] = run;
  return first !== undefined && lastTrue !== undefined && lastTrue.t - first.t >= level.forS;
}
