/** What this room knows: what a rule means. This file: when a severity may raise (semantics 16). */

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
