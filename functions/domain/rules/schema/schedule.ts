/** What this room knows: what a rule means. This file: how a schedule is written (semantics 16). */
import * as z from 'zod';

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const names: readonly string[] = dayNames;
const daysError = { error: 'must be days such as mon-fri, daily or [mon, sat]' };

/** Most stretches of one schedule. */
const windowCountMax = 14;
/** Most holidays of one schedule. */
const holidayCountMax = 100;
/** Minutes of a day. */
const dayMinutes = 1_440;

const numberOf = (day: string): number => names.indexOf(day) + 1;

/** From one day to another, over the week's end too. @example daysBetween(5, 1) // [5, 6, 7, 1] */
const daysBetween = (from: number, to: number): number[] =>
  Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, i) => ((from - 1 + i) % 7) + 1);

const dayRange = new RegExp(`^(${dayNames.join('|')})-(${dayNames.join('|')})$`);

function daysOf(text: string): number[] | undefined {
  if (text === 'daily') return daysBetween(1, 7);
  if (numberOf(text) > 0) return [numberOf(text)];
  const range = dayRange.exec(text);
  return range ? daysBetween(numberOf(range[1] ?? ''), numberOf(range[2] ?? '')) : undefined;
}

const Days = z
  .union(
    [
      z.string().refine((text) => daysOf(text) !== undefined, daysError),
      z.array(z.enum(dayNames)).min(1).max(7),
    ],
    daysError,
  )
  .transform((given) => {
    const days =
      typeof given === 'string'
        ? (daysOf(given) ?? /* istanbul ignore next -- the refinement has found days */ [])
        : given.map(numberOf);
    return [...new Set(days)].sort((a, b) => a - b);
  })
  .describe('mon-fri, daily, sat, or a list such as [mon, sat]');

const timeError = { error: 'must be a time of day in quotes, such as "06:00"' };

const TimeOfDay = z
  .string(timeError)
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, timeError)
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))
  .describe('Time of day in the zone, "00:00" to "24:00"');

const isDate = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

/** A day of the calendar. */
export const CalendarDate = z
  .string({ error: 'must be a date in quotes, such as "2026-10-01"' })
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'must be a date in quotes, such as "2026-10-01"' })
  .refine(isDate, { error: 'is no day of the calendar' })
  .describe('A date in quotes: "2026-10-01"');

/** When a severity may raise. */
export const ScheduleInFile = z.strictObject({
  zone: z.string().min(1).max(64).describe('IANA time zone: Asia/Shanghai'),
  windows: z
    .array(
      z.strictObject({
        days: Days,
        from: TimeOfDay.refine((minute) => minute < dayMinutes, { error: 'must be before "24:00"' }),
        to: TimeOfDay.describe('At or before `from`: on the next day'),
      }),
    )
    .min(1)
    .max(windowCountMax)
    .describe('Stretches of the week in which the severity may raise'),
  holidays: z.array(CalendarDate).max(holidayCountMax).default([]).describe('Dates with rules of their own'),
  onHolidays: z
    .enum(['open', 'closed'], { error: 'must be open or closed' })
    .optional()
    .describe('Whether it may raise on a holiday'),
});
export type ScheduleInFile = z.infer<typeof ScheduleInFile>;
