/** What this room knows: what a window remembers of a sensor's past. This file: calendar days of a time zone. */

/** One calendar day somewhere. */
export interface Day {
  /** Days since 1970-01-01 of its date. */
  readonly number: number;
  /** Its first instant; midnight, where the zone has one that day. */
  readonly startAt: number;
  /** The first instant of the next day. */
  readonly endAt: number;
}

const dayMs = 86_400_000;
/** Longer than any day: one with the end of summer time has 25 hours. */
const searchMs = 26 * 3_600_000;
/** Days remembered per zone: today, and those of late readings. */
const rememberedMax = 4;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  days: readonly Day[];
}

/** What has been asked before: the answers never change, and asking `Intl` costs as much as judging a message. */
const zones = new Map<string, Zone>();

/** The calendar day of `at` in the IANA zone `zone`. @throws RangeError when there is no such zone */
export function dayOf(zone: string, at: number): Day {
  let known = zones.get(zone);
  if (known === undefined) {
    known = { format: dateFormat(zone), days: [] };
    zones.set(zone, known);
  }
  for (const day of known.days) if (at >= day.startAt && at < day.endAt) return day;
  const day = findDay(known.format, at);
  known.days = [day, ...known.days.slice(0, rememberedMax - 1)];
  return day;
}

const dateFormat = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });

function dateNumber(format: Intl.DateTimeFormat, at: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
  return Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'] ?? 1) / dayMs;
}

function findDay(format: Intl.DateTimeFormat, at: number): Day {
  const number = dateNumber(format, at);
  const isFrom =
    (date: number) =>
    (t: number): boolean =>
      dateNumber(format, t) >= date;
  return {
    number,
    startAt: firstInstant(at - searchMs, at, isFrom(number)),
    endAt: firstInstant(at, at + searchMs, isFrom(number + 1)),
  };
}

/** The first instant in (`from`, `to`] at which `holds`, which it does from there on. */
function firstInstant(from: number, to: number, holds: (t: number) => boolean): number {
  let before = from;
  let after = to;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (holds(middle)) after = middle;
    else before = middle;
  }
  return after;
}
