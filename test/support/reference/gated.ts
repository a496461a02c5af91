/**
 * What `times`, `schedule` and flap damping mean on good readings that come in order, the naive way: everything is found
 * again by looking back over the whole history. Not made of the engine's parts.
 */
import { type Severity, severities } from '../../../functions/domain/severity.ts';

export interface GatedLevel {
  readonly severity: Severity;
  readonly at: number;
  readonly forS: number;
  readonly clearForS: number;
  readonly times?:
    | { readonly count: number; readonly withinS: number; readonly consecutive: boolean }
    | undefined;
  readonly isScheduled: boolean;
}

export interface GatedRule {
  /** Lightest first. */
  readonly levels: readonly GatedLevel[];
  /** Open stretches in seconds, first second included, last one not; no two touch. */
  readonly hours: readonly (readonly [from: number, to: number])[];
  readonly silentAfterS: number;
  readonly graceS: number;
  readonly periodS: number;
}

export interface GatedReading {
  readonly t: number;
  readonly v: number;
}

export interface GatedEpisode {
  readonly level: number;
  readonly from: number;
  readonly to: number;
}

/** Something that happened: a reading, or time. `on`: the levels that stand afterwards. */
interface Entry {
  readonly at: number;
  readonly v?: number;
  readonly on: readonly boolean[];
  /** The level that a closing has ended. */
  readonly closed?: number;
  /** Levels that are raised by their own count and schedule. */
  readonly own?: readonly boolean[];
  /** Levels that would have recovered here, were they not flapping. */
  readonly damped?: readonly boolean[];
}

type Log = readonly Entry[];

const rank = (severity: Severity): number => severities.indexOf(severity);
const isLight = ({ severity }: GatedLevel): boolean => rank(severity) <= rank('yellow');
const isOpenAt = ({ hours }: GatedRule, level: GatedLevel, at: number): boolean =>
  !level.isScheduled || hours.some(([from, to]) => from <= at && at < to);
const isBreach = (level: GatedLevel, { v }: Entry): boolean => v !== undefined && v >= level.at;
const readingsOf = (log: Log): Log => log.filter(({ v }) => v !== undefined);

/** All stretches of breaches without a normal value between, as first and last instant. */
function runsOf(level: GatedLevel, log: Log): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  let goesOn = false;
  for (const entry of readingsOf(log)) {
    const run = runs.at(-1);
    if (!isBreach(level, entry)) goesOn = false;
    else if (goesOn && run) run.to = entry.at;
    else {
      runs.push({ from: entry.at, to: entry.at });
      goesOn = true;
    }
  }
  return runs;
}

/** The run that nothing contradicts until now. */
function runOf(level: GatedLevel, log: Log): { from: number; to: number } | undefined {
  const last = readingsOf(log).at(-1);
  return last && isBreach(level, last) ? runsOf(level, log).at(-1) : undefined;
}

/** The last recovery that starts the count again: of an episode that counting had raised and that nothing damped. */
function countsFrom(index: number, log: Log): number {
  let from = -1;
  let isOwn = false;
  log.forEach((entry, i) => {
    const before = log[i - 1];
    if (entry.on[index] && !before?.on[index]) isOwn = entry.own?.[index] === true;
    if (entry.damped?.[index]) isOwn = false;
    if (!entry.on[index] && before?.on[index] && isOwn) from = entry.at;
  });
  return from;
}

/** The instants at which the level ended; those that a closing ended are no flapping. */
const endsOf = (index: number, log: Log, withClosings: boolean): readonly number[] =>
  log.flatMap((entry, i) =>
    log[i - 1]?.on[index] && !entry.on[index] && (withClosings || entry.closed !== index) ? [entry.at] : [],
  );

function hasEnough(rule: GatedRule, index: number, log: Log, at: number): boolean {
  const level = rule.levels[index];
  if (!level?.times) return true;
  const { count, withinS, consecutive } = level.times;
  const now = runOf(level, log);
  const hits = new Set<number>();
  for (const { from, to } of runsOf(level, log)) {
    const end = from === now?.from ? Math.max(at, to) : to;
    if (level.forS === 0) {
      for (const entry of readingsOf(log))
        if (entry.at >= from && entry.at <= to && isBreach(level, entry)) hits.add(entry.at);
    } else for (let done = from + level.forS; done <= end; done += level.forS) hits.add(done);
  }
  const endedAt = countsFrom(index, log);
  return (
    [...hits].filter(
      (hit) => hit > at - withinS && hit <= at && hit > endedAt && (!consecutive || (now && hit >= now.from)),
    ).length >= count
  );
}

const isReady = (rule: GatedRule, index: number, log: Log, at: number): boolean => {
  const level = rule.levels[index];
  const run = level && runOf(level, log);
  return !!run && at - run.from >= level.forS && hasEnough(rule, index, log, at);
};

function clearForS(
  { periodS }: GatedRule,
  { clearForS: plain }: GatedLevel,
  ends: readonly number[],
  at: number,
): number {
  const extra = ends.filter((end) => end > at - 3_600).length - 3;
  if (extra <= 0) return plain;
  return Math.max(plain, Math.min(1_800, Math.max(plain, periodS) * 2 ** extra));
}

function isCleared(rule: GatedRule, index: number, log: Log, at: number, isDamped: boolean): boolean {
  const level = rule.levels[index];
  if (!level) return false;
  const seen: Entry[] = [];
  for (let i = log.length - 1; i >= 0; i--) {
    const entry = log[i];
    if (!entry || entry.v === undefined) continue;
    const next = seen[0]?.at ?? at;
    if (isBreach(level, entry) || !log[i - 1]?.on[index] || next - entry.at > rule.silentAfterS) break;
    seen.unshift(entry);
  }
  const [first] = seen;
  const ends = isDamped ? endsOf(index, log.slice(0, -1), false) : [];
  const span = clearForS(rule, level, ends, at);
  return seen.length >= 2 && first !== undefined && at - first.at >= span;
}

const onOf = (rule: GatedRule, log: Log): readonly boolean[] =>
  log.at(-1)?.on ?? rule.levels.map(() => false);

/** The levels after level `top` was raised at `at`: lower ones that stand come with it. */
const withLower = (rule: GatedRule, on: readonly boolean[], top: number, log: Log, at: number): boolean[] =>
  on.map((was, i) => {
    const level = rule.levels[i];
    return was || i === top || (i < top && !!level && !!runOf(level, log) && isOpenAt(rule, level, at));
  });

function read(rule: GatedRule, log: Log, { t, v }: GatedReading): Log {
  const before = passed(rule, log, t, true);
  const was = onOf(rule, before);
  const seen: Log = [...before, { at: t, v, on: was }];
  const entry = { at: t, v, on: was };
  let on = rule.levels.map((level, i) => {
    if (was[i]) return isBreach(level, entry) || !isCleared(rule, i, seen, t, true);
    return isBreach(level, entry) && isOpenAt(rule, level, t) && isReady(rule, i, seen, t);
  });
  const own = on.map((is, i) => is && !was[i]);
  const damped = on.map((is, i) => is && was[i] === true && isCleared(rule, i, seen, t, false));
  const start = onOf(rule, log);
  const top = on.findLastIndex((is, i) => is && !start[i]);
  if (top >= 0) on = withLower(rule, on, top, seen, t);
  return [...log, { at: t, v, on, own, damped }];
}

/** A closing at the very instant of a reading comes first, and is told with it; of an opening the reading decides. */
const passed = (rule: GatedRule, log: Log, t: number, isWithReading: boolean): Log => {
  let after = log;
  for (const i of rule.levels.keys())
    if (!isWithReading || onOf(rule, after)[i]) after = boundary(rule, after, i, t) ?? after;
  return after;
};

/** What an opening or a closing at `at` does to a level; `undefined`: nothing. */
function boundary(rule: GatedRule, log: Log, index: number, at: number): Log | undefined {
  const level = rule.levels[index];
  if (!level?.isScheduled || log.length === 0) return undefined;
  const on = onOf(rule, log);
  if (on[index] && isLight(level) && !isOpenAt(rule, level, at))
    return [...log, { at, on: on.map((is, i) => is && i !== index), closed: index }];
  if (rule.hours.some(([from]) => from === at) && !on[index] && isReady(rule, index, log, at))
    return [...log, { at, on: withLower(rule, on, index, log, at) }];
  return undefined;
}

/** What a deadline at `at` does to a level: its run has stood since its last reading (semantics 8). */
function deadline(rule: GatedRule, log: Log, index: number, at: number): Log | undefined {
  const level = rule.levels[index];
  const run = level && runOf(level, log);
  const on = onOf(rule, log);
  // Time alone counts no readings.
  if (!run || on[index] || (level.times && level.forS === 0)) return undefined;
  const late = at - (run.from + level.forS + rule.graceS);
  const isDue = late === 0 || (level.times && level.forS > 0 && late > 0 && late % level.forS === 0);
  if (!isDue) return undefined;
  const since = Math.max(run.from + level.forS, run.to);
  if (endsOf(index, log, true).some((end) => end > run.from)) return undefined;
  const isOpen = isOpenAt(rule, level, since) || rule.hours.some(([from]) => from > since && from <= at);
  if (!isOpen || !hasEnough(rule, index, log, Math.max(run.from + level.forS, at - rule.graceS)))
    return undefined;
  return [...log, { at, on: withLower(rule, on, index, log, at) }];
}

/** Time alone between the last entry and `until`, which is excluded. */
function wait(rule: GatedRule, given: Log, until: number): Log {
  let log = given;
  for (let at = (log.at(-1)?.at ?? 0) + 1; at < until; at++)
    for (let again = true; again; ) {
      again = false;
      for (let i = rule.levels.length - 1; i >= 0 && !again; i--) {
        const next = boundary(rule, log, i, at) ?? deadline(rule, log, i, at);
        if (!next) continue;
        log = next;
        again = true;
      }
    }
  return log;
}

function historyOf(rule: GatedRule, readings: readonly GatedReading[], withTime: boolean, endS: number): Log {
  let log: Log = [];
  for (const reading of readings) {
    if (withTime) log = wait(rule, log, reading.t);
    else for (let at = (log.at(-1)?.at ?? 0) + 1; at < reading.t; at++) log = passed(rule, log, at, false);
    log = read(rule, log, reading);
  }
  return withTime ? wait(rule, log, endS) : log;
}

/** `raised orange @5`, one line for what people are told. */
export function gatedReferenceOf(rule: GatedRule, readings: readonly GatedReading[], endS: number): string[] {
  const topOf = (on: readonly boolean[]): number =>
    Math.max(-1, ...rule.levels.map(({ severity }, i) => (on[i] ? rank(severity) : -1)));
  let was = -1;
  return historyOf(rule, readings, true, endS).flatMap(({ on, at }) => {
    const before = was;
    was = topOf(on);
    if (was === before) return [];
    if (before < 0) return [`raised ${severities[was]} @${at}`];
    if (was < 0) return [`recovered ${severities[before]} @${at}`];
    return [`${was > before ? 'severity-up' : 'severity-down'} ${severities[was]} @${at}`];
  });
}

/** The episodes of every level that readings, openings and closings cause; after the last reading only closings, until `endS`. */
export function gatedEpisodesOf(
  rule: GatedRule,
  readings: readonly GatedReading[],
  endS: number,
): readonly GatedEpisode[] {
  const episodes: { level: number; from: number; to: number }[] = [];
  let log = historyOf(rule, readings, false, 0);
  for (let at = (log.at(-1)?.at ?? 0) + 1; at < endS; at++) log = passed(rule, log, at, true);
  log.forEach(({ on, at }, i) => {
    rule.levels.forEach((level, index) => {
      const was = log[i - 1]?.on[index] ?? false;
      if (on[index] && !was) {
        const from = runOf(level, log.slice(0, i + 1))?.from ?? at;
        episodes.push({ level: index, from, to: Number.POSITIVE_INFINITY });
      }
      const open = episodes.findLast((episode) => episode.level === index);
      if (!on[index] && was && open) open.to = at;
    });
  });
  return episodes;
}
