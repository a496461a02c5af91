/**
 * What the rules mean on readings that come in order, the naive way: at every step everything is found again by looking
 * back over the whole history. Slow, without timers that are carried along, and not made of the engine's parts.
 */
import type { Severity } from '../../../functions/domain/severity.ts';
import { severities } from '../../../functions/domain/severity.ts';
import type { Quality } from '../../../functions/domain/telemetry/reading.ts';

export interface ReferenceLevel {
  readonly severity: Severity;
  readonly at: number;
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
}

type Truth = true | false | undefined;

const rank = (severity: Severity): number => severities.indexOf(severity);
const isRed = (level: ReferenceLevel): boolean => level.severity === 'red';
const isHeldQuality = (q: Quality): boolean => q === 'calibrating' || q === 'maintenance';

/** One thing that happened: a reading, or time alone. `on`: the severities that stand afterwards. */
interface Entry {
  readonly reading?: ReferenceReading;
  readonly at: number;
  on: boolean[];
  silent: boolean;
  stale: boolean;
}

const truthOf = (level: ReferenceLevel, { v, q }: ReferenceReading): Truth => {
  if (q === 'over-range') return true;
  return q === 'good' || isHeldQuality(q) ? v >= level.at : undefined;
};

const clearsOf = (level: ReferenceLevel, reading: ReferenceReading): boolean =>
  reading.q === 'good' && reading.v < level.at && reading.v < (level.below ?? level.at);

/** Where one severity stood: from the first reading of its run to the reading that ended it. */
export interface ReferenceEpisode {
  readonly level: number;
  readonly from: number;
  readonly to: number;
}

/** The episodes of every severity that the readings alone cause, whatever time alone would add. */
export function episodesOf(
  rule: ReferenceRule,
  readings: readonly ReferenceReading[],
): readonly ReferenceEpisode[] {
  const log: Entry[] = [];
  const episodes: { level: number; from: number; to: number }[] = [];
  for (const reading of readings) {
    const before = log.at(-1);
    const after = read(rule, log, reading);
    log.push(after);
    rule.levels.forEach((level, i) => {
      if (after.on[i] && !before?.on[i]) {
        const from = runOf(level, readingsOf(log))[0]?.t ?? reading.t;
        episodes.push({ level: i, from, to: Number.POSITIVE_INFINITY });
      }
      const open = episodes.findLast((episode) => episode.level === i);
      if (!after.on[i] && before?.on[i] && open) open.to = reading.t;
    });
  }
  return episodes;
}

/** The transitions that the readings and, until `endS`, time alone cause: `raised orange firing @5`. */
export function referenceOf(
  rule: ReferenceRule,
  readings: readonly ReferenceReading[],
  registeredS: number,
  endS: number,
): readonly string[] {
  const log: Entry[] = [];
  const told: string[] = [];
  const lines = (entry: Entry): void => {
    const line = tell(rule, log.at(-1), entry);
    if (line) told.push(line);
    log.push(entry);
  };
  for (const reading of [...readings, undefined]) {
    const until = reading?.t ?? endS;
    for (;;) {
      const due = nextDue(rule, log, registeredS, until);
      if (due === undefined) break;
      lines(due);
    }
    if (reading) lines(read(rule, log, reading));
  }
  return told;
}

const standing = (rule: ReferenceRule, entry: Entry | undefined): number =>
  entry === undefined
    ? -1
    : Math.max(
        entry.silent ? rank(rule.silentSeverity) : -1,
        ...rule.levels.map((level, i) => (entry.on[i] ? rank(level.severity) : -1)),
      );

function tell(rule: ReferenceRule, before: Entry | undefined, after: Entry): string | undefined {
  const was = standing(rule, before);
  const is = standing(rule, after);
  const condition = after.stale ? 'stale' : 'firing';
  const at = `@${after.at}`;
  if (was === -1) return is === -1 ? undefined : `raised ${severities[is]} ${condition} ${at}`;
  if (is === -1) return `recovered ${severities[was]} ${at}`;
  if (is > was) return `severity-up ${severities[is]} ${condition} ${at}`;
  if (is < was) return `severity-down ${severities[is]} ${condition} ${at}`;
  if (before?.stale === after.stale) return undefined;
  return `${after.stale ? 'stale' : 'firing-again'} ${severities[is]} ${condition} ${at}`;
}

const readingsOf = (log: readonly Entry[]): readonly ReferenceReading[] =>
  log.flatMap(({ reading }) => (reading ? [reading] : []));

/** Readings since the last good known-false one, from the first known-true on: the run, empty when there is none. */
function runOf(level: ReferenceLevel, seen: readonly ReferenceReading[]): readonly ReferenceReading[] {
  const last = seen.findLastIndex((reading) => reading.q === 'good' && truthOf(level, reading) === false);
  const since = seen.slice(last + 1);
  const first = since.findIndex((reading) => truthOf(level, reading) === true);
  return first < 0 ? [] : since.slice(first);
}

/** First held reading since the last good one. */
const holdOf = (seen: readonly ReferenceReading[]): ReferenceReading | undefined =>
  seen.slice(seen.findLastIndex(({ q }) => q === 'good') + 1).find(({ q }) => isHeldQuality(q));

/** Whether a hold delays at the last of `seen`, when it is looked at at `now`. */
function isHolding(rule: ReferenceRule, seen: readonly ReferenceReading[], now: number): boolean {
  const hold = holdOf(seen);
  return hold !== undefined && now - hold.t < rule.maxHoldS;
}

/** Every true reading of the run was held back. */
function isRunHeld(
  rule: ReferenceRule,
  level: ReferenceLevel,
  seen: readonly ReferenceReading[],
  run: readonly ReferenceReading[],
): boolean {
  if (isRed(level) || run.length === 0) return false;
  return run.every((reading) => {
    const upTo = seen.slice(0, seen.indexOf(reading) + 1);
    if (reading.q === 'good') return false;
    if (truthOf(level, reading) !== true)
      return isHolding(rule, upTo, reading.t) || !isHeldQuality(reading.q);
    return isHeldQuality(reading.q) && isHolding(rule, upTo, reading.t);
  });
}

function deadlineOf(
  rule: ReferenceRule,
  level: ReferenceLevel,
  seen: readonly ReferenceReading[],
): number | undefined {
  const run = runOf(level, seen);
  const [first] = run;
  if (!first) return undefined;
  const plain = (t: number): number => t + level.forS + rule.graceS;
  if (!isRunHeld(rule, level, seen, [first])) return plain(first.t);
  const hold = holdOf(seen.slice(0, seen.indexOf(first) + 1));
  const held = Math.max(plain(first.t), (hold?.t ?? first.t) + rule.maxHoldS);
  const freed = run.findIndex((_, i) => !isRunHeld(rule, level, seen, run.slice(0, i + 1)));
  return freed < 0 ? held : Math.min(held, plain(run[freed]?.t ?? first.t));
}

const isLifeSign = (rule: ReferenceRule, seen: readonly ReferenceReading[], i: number): boolean => {
  const reading = seen[i];
  if (!reading) return false;
  return (
    reading.q === 'good' || (isHeldQuality(reading.q) && isHolding(rule, seen.slice(0, i + 1), reading.t))
  );
};

function silentDue(rule: ReferenceRule, log: readonly Entry[], registeredS: number): number | undefined {
  const last = log.at(-1);
  const open = standing(rule, last) !== -1;
  const seen = readingsOf(log);
  const i = seen.findLastIndex((_, at) => isLifeSign(rule, seen, at));
  const due = (seen[i]?.t ?? registeredS) + rule.silentAfterS;
  // Told already since that life sign, unless a breach has made the alert fire again.
  const isTold = log.some((entry) => entry.reading === undefined && entry.at === due && entry.silent);
  if (!last?.silent) return due;
  if (last.stale || !open) return isTold || isSilentNow(log) ? undefined : due;
  const firedAgain = log.findLast((entry, at) => !entry.stale && log[at - 1]?.stale)?.at ?? due;
  return Math.max(due, firedAgain);
}

/** The silence that stands has not begun to clear. */
function isSilentNow(log: readonly Entry[]): boolean {
  const last = log.at(-1);
  if (!last?.silent) return false;
  return !(last.reading?.q === 'good');
}

function nextDue(
  rule: ReferenceRule,
  log: readonly Entry[],
  registeredS: number,
  until: number,
): Entry | undefined {
  const seen = readingsOf(log);
  const last = log.at(-1);
  const on = rule.levels.map((_, i) => last?.on[i] ?? false);
  const found: { at: number; order: number; entry: Entry }[] = [];
  const add = (at: number | undefined, order: number, change: Partial<Entry>): void => {
    if (at === undefined || at >= until) return;
    const base = { at, on, silent: last?.silent ?? false, stale: last?.stale ?? false };
    found.push({ at, order, entry: { ...base, ...change } });
  };
  rule.levels.forEach((level, i) => {
    if (on[i]) return;
    const at = deadlineOf(rule, level, seen);
    const pulled = rule.levels.map((lower, j) => on[j] || (j <= i && runOf(lower, seen).length > 0));
    add(at, rule.levels.length - i, { on: pulled });
  });
  const hold = holdOf(seen);
  if (hold) {
    const end = hold.t + rule.maxHoldS;
    const isPassed = log.some(({ at }) => at >= end);
    const raised = rule.levels.map((level, i) => on[i] || (!isRed(level) && standsLongEnough(level, seen)));
    if (!isPassed) add(end, 100, { on: raised });
  }
  add(silentDue(rule, log, registeredS), 101, { silent: true, stale: true });
  found.sort((a, b) => a.at - b.at || a.order - b.order);
  return found[0]?.entry;
}

/** First to last known-true reading of the run span its `for`. */
function standsLongEnough(level: ReferenceLevel, seen: readonly ReferenceReading[]): boolean {
  const run = runOf(level, seen);
  const lastTrue = run.findLast((reading) => truthOf(level, reading) === true);
  const [first] = run;
  return first !== undefined && lastTrue !== undefined && lastTrue.t - first.t >= level.forS;
}

function read(rule: ReferenceRule, log: readonly Entry[], reading: ReferenceReading): Entry {
  const last = log.at(-1);
  const seen = [...readingsOf(log), reading];
  const was = rule.levels.map((_, i) => last?.on[i] ?? false);
  const holdBefore = isHolding(rule, seen.slice(0, -1), reading.t - 0.001);
  const holds = isHolding(rule, seen, reading.t);
  const on = rule.levels.map((level, i) =>
    was[i] ? !isCleared(rule, level, log, reading, i) : isFired(rule, level, seen, holdBefore && !holds),
  );
  const top = rule.levels.findLastIndex((_, i) => on[i] && !was[i]);
  rule.levels.forEach((level, i) => {
    const truth = truthOf(level, reading);
    if (i < top && (truth === true || (truth === undefined && runOf(level, seen).length > 0))) on[i] = true;
  });
  const silent = (last?.silent ?? false) && !isSilenceCleared(rule, log, reading);
  return { reading, at: reading.t, on, silent, stale: isStale(rule, log, reading, on, was, silent) };
}

function isFired(
  rule: ReferenceRule,
  level: ReferenceLevel,
  seen: readonly ReferenceReading[],
  hasHoldEnded: boolean,
): boolean {
  const reading = seen.at(-1);
  const run = runOf(level, seen);
  const [first] = run;
  if (!reading || !first) return false;
  if (hasHoldEnded && reading.q !== 'good' && standsLongEnough(level, seen)) return true;
  const truth = truthOf(level, reading);
  if (truth === false || reading.t - first.t < level.forS) return false;
  const holds = isHolding(rule, seen, reading.t) && !isRed(level);
  if (truth === undefined && rule.doesUnknownFire === false) return false;
  if (!holds) return true;
  if (truth === true) return !isHeldQuality(reading.q);
  return !isRunHeld(rule, level, seen, run);
}

/** The stretch of entries since the last one that breaks a clear run: good clearing readings without a gap. */
function clearRun(
  rule: ReferenceRule,
  log: readonly Entry[],
  reading: ReferenceReading,
  isClearing: (reading: ReferenceReading, before: Entry | undefined) => boolean,
): readonly ReferenceReading[] {
  const run: ReferenceReading[] = [];
  let next = reading;
  for (let i = log.length; i >= 0; i--) {
    const one = i === log.length ? reading : log[i]?.reading;
    const before = log[i - 1];
    if (!one) {
      // Of what time alone causes only silence breaks a clear run.
      if (log[i]?.silent && !before?.silent) break;
      if (log[i]?.stale && !before?.stale) break;
      continue;
    }
    if (next.t - one.t > rule.silentAfterS || !isClearing(one, before)) break;
    run.unshift(one);
    next = one;
  }
  return run;
}

/** Doubled by each recovery of the last hour after the third; a `clearFor` of nothing is a period of 5 s (semantics 26). */
function dampedS({ clearForS }: ReferenceLevel, log: readonly Entry[], t: number, index: number): number {
  const recoveries = log.filter(
    (entry, i) => log[i - 1]?.on[index] && !entry.on[index] && entry.at > t - 3_600,
  );
  const doublings = Math.max(0, recoveries.length - 3);
  return doublings === 0 ? clearForS : Math.min(1_800, Math.max(5, clearForS) * 2 ** doublings);
}

function isCleared(
  rule: ReferenceRule,
  level: ReferenceLevel,
  log: readonly Entry[],
  reading: ReferenceReading,
  index: number,
): boolean {
  const run = clearRun(
    rule,
    log,
    reading,
    (one, before) => clearsOf(level, one) && before?.on[index] === true,
  );
  const [first] = run;
  const clearForS = dampedS(level, log, reading.t, index);
  return run.length >= 2 && first !== undefined && reading.t - first.t >= clearForS;
}

function isSilenceCleared(rule: ReferenceRule, log: readonly Entry[], reading: ReferenceReading): boolean {
  const run = clearRun(rule, log, reading, (one, before) => one.q === 'good' && before?.silent === true);
  const [first] = run;
  const span = Math.max(...rule.levels.map(({ clearForS }) => clearForS));
  return run.length >= 2 && first !== undefined && reading.t - first.t >= span;
}

function isStale(
  rule: ReferenceRule,
  log: readonly Entry[],
  reading: ReferenceReading,
  on: readonly boolean[],
  was: readonly boolean[],
  silent: boolean,
): boolean {
  const before = log.at(-1)?.stale ?? false;
  if (reading.q === 'fault') return true;
  if (on.includes(true) && !was.includes(true)) return false;
  if (reading.q !== 'good') return before;
  if (!on.includes(true) && !silent) return false;
  const stands = rule.levels.some((level, i) => on[i] && !clearsOf(level, reading));
  return stands ? false : before;
}
