/** When a case begins: for rules that look at the clock on the wall. */
import type { Rule } from '../../functions/domain/rules/book.ts';
import { type Instant, instant } from '../../functions/domain/time.ts';

/** `21:50`, `sat 21:50`, `2026-10-01 21:50`. */
export const startPattern =
  /^(?:(?:(mon|tue|wed|thu|fri|sat|sun)|(\d{4}-\d{2}-\d{2})) )?([01]\d|2[0-3]):([0-5]\d)$/;

/** The first step of a case that does not say when: a Thursday. */
export const proofStart: Instant = instant(Date.UTC(2026, 0, 1));

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** A Monday without a holiday anywhere. */
const monday = Date.UTC(2026, 0, 5);
const dayMs = 86_400_000;

/** The zone that the rule names first; UTC when it names none. */
function zoneOf({ severities, windows }: Rule): string {
  const schedule = severities.find((severity) => severity.schedule)?.schedule;
  return schedule?.zone ?? windows?.find(({ dayIn }) => dayIn !== undefined)?.dayIn ?? 'UTC';
}

/** What the clock on the wall of `zone` shows at `at`, as if it were UTC. */
function wallClock(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
}

/** The instant at which the clock of the rule's zone shows `start`. @example startOf(rule, '21:50') */
export function startOf(rule: Rule, start: string | undefined): Instant {
  const parts = start === undefined ? null : startPattern.exec(start);
  if (!parts) return proofStart;
  const [, day, date, hours, minutes] = parts;
  const midnight =
    date === undefined ? monday + Math.max(0, days.indexOf(day ?? '')) * dayMs : Date.parse(date);
  const wanted = midnight + (Number(hours) * 60 + Number(minutes)) * 60_000;
  const zone = zoneOf(rule);
  // Twice: the first guess may lie on the other side of a change of the clocks.
  const guess = wanted - (wallClock(wanted, zone) - wanted);
  return instant(guess + wanted - wallClock(guess, zone));
}
