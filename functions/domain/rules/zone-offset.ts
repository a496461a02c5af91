/** What this room knows: what a rule means. This file: how far the clocks of a time zone are from UTC. */

const dayMs = 86_400_000;
/** Days of UTC remembered per zone: more than a year, so that a backtest asks for each of them once. */
const rememberedMax = 400;

/** The offset that holds at an instant, and until when it certainly does. */
export interface ZoneOffset {
  /** Local time minus UTC. */
  readonly offsetMs: number;
  /** The next change of the clocks, or the end of the day of UTC; exclusive. */
  readonly until: number;
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly days: Map<number, readonly ZoneOffset[]>;
}

/** What has been asked before: asking `Intl` costs as much as judging a message, and the answers never change. */
const zones = new Map<string, Zone>();

/** The offset of the IANA zone `zone` at `t`. @throws RangeError when there is no such zone */
export function zoneOffsetAt(zone: string, t: number): ZoneOffset {
  let known = zones.get(zone);
  if (known === undefined) {
    known = { format: localFormat(zone), days: new Map() };
    zones.set(zone, known);
  }
  const day = Math.floor(t / dayMs);
  let parts = known.days.get(day);
  if (parts === undefined) {
    parts = offsetsOf(known.format, day * dayMs, (day + 1) * dayMs);
    if (known.days.size >= rememberedMax) known.days.clear();
    known.days.set(day, parts);
  }
  for (const part of parts) if (t < part.until) return part;
  return { offsetMs: 0, until: (day + 1) * dayMs };
}

const localFormat = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });

/** The offsets between `from` and `to`, in their order. No zone has changed its clocks twice within a day. */
function offsetsOf(format: Intl.DateTimeFormat, from: number, to: number): readonly ZoneOffset[] {
  const first = offsetOf(format, from);
  const last = offsetOf(format, to);
  if (first === last) return [{ offsetMs: first, until: to }];
  let before = from;
  let after = to;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetOf(format, middle) === first) before = middle;
    else after = middle;
  }
  return [
    { offsetMs: first, until: after },
    { offsetMs: last, until: to },
  ];
}

function offsetOf(format: Intl.DateTimeFormat, t: number): number {
  const second = Math.floor(t / 1_000) * 1_000;
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of format.formatToParts(second)) parts[type] = value;
  const { year, month, day, hour, minute, second: s } = parts;
  const date = [Number(year), Number(month) - 1, Number(day)] as const;
  return Date.UTC(...date, Number(hour), Number(minute), Number(s)) - second;
}
