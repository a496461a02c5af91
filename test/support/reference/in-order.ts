/**
 * What the rules mean on readings that come in order, the naive way: at every step everything is found again by looking
 * back over the whole history. Slow, without timers that are carried along, and not made of the engine's parts.
 */
import { severities } from '../../../functions/domain/severity.ts';
import {
  clearsOf,
  type Entry,
  isHeldQuality,
  isHolding,
  isRed,
  isRunHeld,
  judgedOf,
  type ReferenceLevel,
  type ReferenceReading,
  type ReferenceRule,
  runOf,
  standing,
  standsLongEnough,
  truthOf,
} from './in-order-history.ts';
import { nextChange, nextDue } from './in-order-time.ts';

/** Where one severity stood: from the first reading of its run to the reading that ended it. */
export interface ReferenceEpisode {
  readonly level: number;
  readonly from: number;
  readonly to: number;
}

/** The episodes of every severity that readings and changes of limits cause, whatever else time alone would add. */
export function episodesOf(
  rule: ReferenceRule,
  readings: readonly ReferenceReading[],
): readonly ReferenceEpisode[] {
  const log: Entry[] = [];
  const episodes: { level: number; from: number; to: number }[] = [];
  const take = (after: Entry): void => {
    const before = log.at(-1);
    log.push(after);
    rule.levels.forEach((level, i) => {
      if (after.on[i] && !before?.on[i]) {
        const from = runOf(level, judgedOf(log))[0]?.t ?? after.at;
        episodes.push({ level: i, from, to: Number.POSITIVE_INFINITY });
      }
      const open = episodes.findLast((episode) => episode.level === i);
      if (!after.on[i] && before?.on[i] && open) open.to = after.at;
    });
  };
  for (const reading of readings) {
    const changed = nextChange(rule, log, reading.t);
    if (changed) take(changed);
    take(read(rule, log, reading));
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

function read(rule: ReferenceRule, log: readonly Entry[], reading: ReferenceReading): Entry {
  const last = log.at(-1);
  const seen = [...judgedOf(log), reading];
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
      const again = log[i]?.again;
      if (again && !isClearing(again, before)) break;
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
