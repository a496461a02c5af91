/** What this room knows: what a rule means. This file: when a severity may raise (semantics 16). */
import { zoneOffsetAt } from './zone-offset.ts';

/** Stretches of the week in one time zone; outside them nothing raises. */
export interface Schedule {
  /** IANA name, such as `Asia/Shanghai`. */
  readonly zone: string;
  readonly windows: readonly ScheduleWindow[];
  /** Calendar dates there, such as `2026-10-01`, on which `onHolidays` holds instead of the windows. */
  readonly holidays: readonly string[];
  /** Whether a holiday is open or closed as a whole. */
  readonly onHolidays: 'open' | 'closed';
}

/** From one time of day to another on some weekdays; `toMinute` at or before `fromMinute` ends on the next day. */
export interface ScheduleWindow {
  /** 1 (Monday) to 7. */
  readonly days: readonly number[];
  /** Minutes since midnight, 0 to 1,440. */
  readonly fromMinute: number;
  readonly toMinute: number;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
const dayMinutes = 1_440;

/** Stretches of one local day in ms since midnight, as from, to; in order, and none touches the next. */
type DayHours = readonly number[];

/** A schedule as it is asked: by local day. */
interface Hours {
  readonly zone: string;
  /** Monday first. */
  readonly week: readonly DayHours[];
  /** Local days since 1970-01-01, ascending. */
  readonly holidays: readonly number[];
  readonly isHoliday: ReadonlySet<number>;
  readonly onHolidays: DayHours;
  /** Every day of the week is the same and has no boundary, so that only holidays can make one. */
  readonly isUniform: boolean;
}

const compiled = new WeakMap<Schedule, Hours>();

function hoursOf(schedule: Schedule): Hours {
  const known = compiled.get(schedule);
  if (known) return known;
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => dayHours(schedule.windows, day));
  const holidays = schedule.holidays
    .map((date) => Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs))
    .toSorted((a, b) => a - b);
  const hours = {
    zone: schedule.zone,
    week,
    holidays,
    isHoliday: new Set(holidays),
    onHolidays: schedule.onHolidays === 'open' ? [0, dayMs] : [],
    isUniform: week.every((day) => day.length === 0) || week.every(isWholeDay),
  };
  compiled.set(schedule, hours);
  return hours;
}

const isWholeDay = ([from, to]: DayHours): boolean => from === 0 && to === dayMs;

/** The hours of one weekday: its own windows, and what reaches over midnight from the day before. */
function dayHours(windows: readonly ScheduleWindow[], day: number): DayHours {
  const stretches: [number, number][] = [];
  const eve = day === 1 ? 7 : day - 1;
  for (const { days, fromMinute, toMinute } of windows) {
    const to = toMinute > fromMinute ? toMinute : toMinute + dayMinutes;
    if (days.includes(day)) stretches.push([fromMinute, Math.min(to, dayMinutes)]);
    if (days.includes(eve)) stretches.push([Math.max(0, fromMinute - dayMinutes), to - dayMinutes]);
  }
  const joined: number[] = [];
  for (const [from, to] of stretches.toSorted(([a], [b]) => a - b)) {
    if (to <= from) continue;
    const end = joined.at(-1);
    if (end === undefined || from * minuteMs > end) joined.push(from * minuteMs, to * minuteMs);
    else joined[joined.length - 1] = Math.max(end, to * minuteMs);
  }
  return joined;
}

/** 1970-01-01 was a Thursday. */
const ofDay = (hours: Hours, day: number): DayHours =>
  hours.isHoliday.has(day) ? hours.onHolidays : (hours.week[(((day + 3) % 7) + 7) % 7] ?? []);

function holds(hours: DayHours, ms: number): boolean {
  for (let i = 0; i + 1 < hours.length; i += 2)
    if (ms >= (hours[i] ?? 0) && ms < (hours[i + 1] ?? 0)) return true;
  return false;
}

/**
 * Whether `schedule` is open at `t`: from the first instant of a window to just before its last.
 *
 * Local clocks decide. An hour that they show twice is open twice, and a date decides for itself alone: what reaches over
 * midnight into a holiday ends there, what reaches out of one begins there.
 */
export function isOpenAt(schedule: Schedule, t: number): boolean {
  const hours = hoursOf(schedule);
  const local = t + zoneOffsetAt(hours.zone, t).offsetMs;
  const day = Math.floor(local / dayMs);
  return holds(ofDay(hours, day), local - day * dayMs);
}

/** The first instant after `t` at which `schedule` opens or closes; `undefined` when it never does again. */
export function nextBoundary(schedule: Schedule, t: number): number | undefined {
  const hours = hoursOf(schedule);
  const isOpen = isOpenAt(schedule, t);
  for (let at: number | undefined = t; at !== undefined; ) {
    const { offsetMs, until } = zoneOffsetAt(hours.zone, at);
    const local = firstLocal(hours, at + offsetMs, until + offsetMs, !isOpen);
    if (local !== undefined) return local - offsetMs;
    at = hours.isUniform ? beforeHoliday(hours, until, offsetMs) : until;
  }
  return undefined;
}

/** `at`, or the eve of the next holiday when nothing can happen before it; `undefined` when none is left. */
function beforeHoliday({ holidays }: Hours, at: number, offsetMs: number): number | undefined {
  const day = Math.floor((at + offsetMs) / dayMs);
  // The holiday of yesterday may still have to end.
  const next = holidays.find((holiday) => holiday >= day - 1);
  return next === undefined ? undefined : Math.max(at, (next - 1) * dayMs - offsetMs);
}

/** The first local instant from `from` to just before `to` that is open, or closed. */
function firstLocal(hours: Hours, from: number, to: number, isOpen: boolean): number | undefined {
  for (let day = Math.floor(from / dayMs); day * dayMs < to; day++) {
    const midnight = day * dayMs;
    const ms = firstOfDay(ofDay(hours, day), Math.max(0, from - midnight), isOpen);
    if (ms !== undefined) return midnight + ms < to ? midnight + ms : undefined;
  }
  return undefined;
}

function firstOfDay(hours: DayHours, from: number, isOpen: boolean): number | undefined {
  let ms = from;
  for (let i = 0; i + 1 < hours.length; i += 2) {
    const opensAt = hours[i] ?? 0;
    const closesAt = hours[i + 1] ?? 0;
    if (closesAt <= ms) continue;
    if (isOpen) return Math.max(opensAt, ms);
    if (opensAt > ms) return ms;
    ms = closesAt;
  }
  return isOpen || ms >= dayMs ? undefined : ms;
}

/** The first opening after `t`; `undefined` when there is none. */
export function nextOpening(schedule: Schedule, t: number): number | undefined {
  const next = nextBoundary(schedule, t);
  return next === undefined || isOpenAt(schedule, next) ? next : nextBoundary(schedule, next);
}

/** True when `schedule` is open at some instant from `from` to `to`, both included. */
export function isOpenWithin(schedule: Schedule, from: number, to: number): boolean {
  if (to < from) return false;
  return isOpenAt(schedule, from) || (nextBoundary(schedule, from) ?? Number.POSITIVE_INFINITY) <= to;
}

/** True when `schedule` opens or closes at `t`. */
export const isBoundary = (schedule: Schedule, t: number): boolean => nextBoundary(schedule, t - 1) === t;
