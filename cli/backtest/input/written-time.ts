/** Times as loggers and data sets write them. */
import type { Zone } from './zone.ts';

export type WrittenTime =
  | { readonly ok: true; readonly at: number }
  /** `no-zone`: it is a time, and nobody says of which clock. */
  | { readonly ok: false; readonly why: 'no-time' | 'no-zone' | 'not-plausible' };

/** Earlier ones are a logger that had lost its clock, later ones a typing error. */
export const plausibleFrom: number = Date.UTC(1980, 0, 1);
export const plausibleUntil: number = Date.UTC(2100, 0, 1);

const pattern =
  /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[T ]?(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/;
const epoch = /^\d{9,10}(\.\d+)?$/;
const epochMs = /^\d{13}$/;

const minuteMs = 60_000;
const no = (why: 'no-time' | 'no-zone' | 'not-plausible'): WrittenTime => ({ ok: false, why });

const plausible = (at: number): WrittenTime =>
  at >= plausibleFrom && at < plausibleUntil ? { ok: true, at } : no('not-plausible');

function offsetMsOf(text: string): number {
  if (text === 'Z' || text === 'UTC') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(3).replace(':', '') || 0);
  return (text.startsWith('-') ? -minutes : minutes) * minuteMs;
}

/** What a wall clock showed; `undefined` when no clock ever shows it: a 13th month, a 30th of February. */
function wallOf(parts: readonly (string | undefined)[]): number | undefined {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    Number(part ?? 0),
  );
  if (month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 60) return undefined;
  if (hour === 24 && (minute > 0 || second > 0)) return undefined;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const isDay = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
  return isDay ? at : undefined;
}

const placed = (wall: number | undefined, zone: Zone | undefined): WrittenTime => {
  if (wall === undefined) return no('no-time');
  return zone === undefined ? no('no-zone') : plausible(zone.instantOf(wall));
};

/**
 * The instant that `text` says: ISO 8601 and its relatives with `/` or without marks, or a count of seconds or
 * milliseconds since 1970.
 *
 * @param zone the clock of a time that names none
 */
export function readTime(text: string, zone: Zone | undefined): WrittenTime {
  if (epoch.test(text)) return plausible(Math.round(Number(text) * 1000));
  if (epochMs.test(text)) return plausible(Number(text));
  const found = pattern.exec(text);
  if (!found) return no('no-time');
  const [, year, , month, day, hour, minute, second, fraction, offset] = found;
  const wall = wallOf([year, month, day, hour, minute, second]);
  if (wall === undefined) return no('no-time');
  const ms = wall + (fraction === undefined ? 0 : Math.round(Number(`0.${fraction}`) * 1000));
  return offset === undefined ? placed(ms, zone) : plausible(ms - offsetMsOf(offset));
}

/** The same of cells year, month, day, hour, minute, second; the later ones may be missing. */
export function readTimeParts(cells: readonly string[], zone: Zone | undefined): WrittenTime {
  if (cells.some((cell) => !/^\d{1,4}$/.test(cell))) return no('no-time');
  return placed(wallOf(cells), zone);
}
