import fc from 'fast-check';
import {
  isOpenAt,
  isOpenWithin,
  nextBoundary,
  nextOpening,
  type Schedule,
} from '../../../functions/domain/rules/schedule.ts';

const workdays = [1, 2, 3, 4, 5];
const daily = [1, 2, 3, 4, 5, 6, 7];
const scheduleOf = (given: Partial<Schedule> = {}): Schedule => ({
  zone: 'Asia/Shanghai',
  windows: [{ days: workdays, fromMinute: 360, toMinute: 1_320 }],
  holidays: [],
  onHolidays: 'closed',
  ...given,
});
const ms = (text: string): number => Date.parse(text);
const iso = (t: number | undefined): string | undefined => (t === undefined ? t : new Date(t).toISOString());

test('semantics 16: a window is open from its first instant to just before its last', () => {
  const schedule = scheduleOf();
  // 2026-11-27 is a Friday; Shanghai is 8 h ahead.
  const opens = ms('2026-11-26T22:00:00Z');
  const closes = ms('2026-11-27T14:00:00Z');
  expect([opens - 1, opens, opens + 1].map((t) => isOpenAt(schedule, t))).toEqual([false, true, true]);
  expect([closes - 1, closes, closes + 1].map((t) => isOpenAt(schedule, t))).toEqual([true, false, false]);
  expect(nextBoundary(schedule, opens - 1)).toBe(opens);
  expect(nextBoundary(schedule, opens)).toBe(closes);
  expect(iso(nextBoundary(schedule, closes))).toBe('2026-11-29T22:00:00.000Z');
  expect(iso(nextOpening(schedule, opens))).toBe('2026-11-29T22:00:00.000Z');
  expect(isOpenWithin(schedule, opens - 10, opens - 1)).toBe(false);
  expect(isOpenWithin(schedule, opens - 10, opens)).toBe(true);
});

test('semantics 16: a window over midnight belongs to the day on which it begins', () => {
  const friday = scheduleOf({ zone: 'UTC', windows: [{ days: [5], fromMinute: 1_320, toMinute: 360 }] });
  const open = ['2026-11-27T21:59Z', '2026-11-27T22:00Z', '2026-11-28T05:59Z', '2026-11-28T06:00Z'];
  expect(open.map((text) => isOpenAt(friday, ms(text)))).toEqual([false, true, true, false]);
  expect(isOpenAt(friday, ms('2026-11-27T03:00Z'))).toBe(false);
  expect(iso(nextBoundary(friday, ms('2026-11-27T23:00Z')))).toBe('2026-11-28T06:00:00.000Z');
});

test.each([
  [0, 1_440],
  [0, 0],
  [600, 600],
])('semantics 16: daily from %i to %i has no boundary', (fromMinute, toMinute) => {
  const always = scheduleOf({ windows: [{ days: daily, fromMinute, toMinute }] });
  expect(isOpenAt(always, ms('2026-11-27T03:00Z'))).toBe(true);
  expect(nextBoundary(always, ms('2026-11-27T03:00Z'))).toBeUndefined();
});

test('semantics 16: on a holiday its own word holds instead of the windows, from midnight to midnight', () => {
  const windows = [{ days: daily, fromMinute: 1_320, toMinute: 360 }];
  const closed = scheduleOf({ zone: 'UTC', windows, holidays: ['2026-10-01'] });
  const at = ['2026-09-30T23:59Z', '2026-10-01T00:00Z', '2026-10-01T23:59Z', '2026-10-02T00:00Z'];
  expect(at.map((text) => isOpenAt(closed, ms(text)))).toEqual([true, false, false, true]);
  const open = scheduleOf({ zone: 'UTC', windows, holidays: ['2026-10-01'], onHolidays: 'open' });
  expect(isOpenAt(open, ms('2026-10-01T12:00Z'))).toBe(true);
  expect(isOpenAt(open, ms('2026-10-02T12:00Z'))).toBe(false);
});

test('semantics 16: only a holiday, however far, makes a boundary of a schedule that is always open', () => {
  const windows = [{ days: daily, fromMinute: 0, toMinute: 1_440 }];
  const schedule = scheduleOf({ windows, holidays: ['2031-05-02', '2031-05-01'] });
  const start = ms('2026-11-27T03:00Z');
  const closes = nextBoundary(schedule, start);
  expect(iso(closes)).toBe('2031-04-30T16:00:00.000Z');
  expect(iso(nextBoundary(schedule, closes ?? 0))).toBe('2031-05-02T16:00:00.000Z');
  expect(nextBoundary(schedule, ms('2031-05-03T00:00Z'))).toBeUndefined();
});

test('semantics 16: local clocks decide: an hour that is skipped opens late, one that comes twice is open twice', () => {
  const spring = scheduleOf({
    zone: 'Europe/Berlin',
    windows: [{ days: [7], fromMinute: 150, toMinute: 210 }],
  });
  expect(iso(nextBoundary(spring, ms('2026-03-28T12:00Z')))).toBe('2026-03-29T01:00:00.000Z');
  expect(iso(nextBoundary(spring, ms('2026-03-29T01:00Z')))).toBe('2026-03-29T01:30:00.000Z');
  const autumn: (string | undefined)[] = [];
  for (let t: number | undefined = ms('2026-10-24T12:00Z'); autumn.length < 4; ) {
    t = nextBoundary(spring, t ?? 0);
    autumn.push(iso(t));
  }
  expect(autumn).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-10-25T01:00:00.000Z',
    '2026-10-25T01:30:00.000Z',
    '2026-10-25T02:30:00.000Z',
  ]);
});

/** The slow, obvious way: what the clocks on the wall show, asked of the platform each time. */
function naiveIsOpen({ zone, windows, holidays, onHolidays }: Schedule, t: number): boolean {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
      hourCycle: 'h23',
    })
      .formatToParts(t)
      .map(({ type, value }) => [type, value]),
  );
  const { year = '', month = '', day = '', hour = '', minute = '' } = parts;
  const date = `${year}-${month}-${day}`;
  if (holidays.includes(date)) return onHolidays === 'open';
  const weekday = ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
  const now = Number(hour) * 60 + Number(minute);
  return windows.some(({ days, fromMinute, toMinute }) => {
    const to = toMinute > fromMinute ? toMinute : toMinute + 1_440;
    const eve = weekday === 1 ? 7 : weekday - 1;
    return (
      (days.includes(weekday) && now >= fromMinute && now < to) ||
      (days.includes(eve) && now + 1_440 >= fromMinute && now + 1_440 < to)
    );
  });
}

const anySchedule: fc.Arbitrary<Schedule> = fc.record({
  zone: fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC'),
  windows: fc.array(
    fc.record({
      days: fc.subarray(daily, { minLength: 1 }),
      fromMinute: fc.nat(1_439),
      toMinute: fc.oneof(fc.nat(1_440), fc.constantFrom(0, 1_440)),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  holidays: fc.subarray(['2026-03-29', '2026-03-30', '2026-10-01', '2026-10-25', '2026-11-02']),
  onHolidays: fc.constantFrom('open', 'closed'),
});

test('semantics 16: open hours and their boundaries are those that the clocks on the wall show', () => {
  const from = ms('2026-01-01T00:00Z');
  const anyInstant = fc.oneof(
    fc.integer({ min: from, max: from + 365 * 86_400_000 }),
    fc.integer({ min: ms('2026-03-28T12:00Z'), max: ms('2026-03-29T12:00Z') }),
    fc.integer({ min: ms('2026-10-24T12:00Z'), max: ms('2026-10-25T12:00Z') }),
  );
  fc.assert(
    fc.property(anySchedule, anyInstant, fc.double({ min: 0, max: 1, noNaN: true }), (schedule, t, share) => {
      const isOpen = naiveIsOpen(schedule, t);
      expect(isOpenAt(schedule, t)).toBe(isOpen);
      const next = nextBoundary(schedule, t);
      const end = next ?? t + 30 * 86_400_000;
      expect(naiveIsOpen(schedule, Math.floor(t + share * (end - 1 - t)))).toBe(isOpen);
      expect(naiveIsOpen(schedule, end - 1)).toBe(isOpen);
      if (next !== undefined) expect([next > t, naiveIsOpen(schedule, next)]).toEqual([true, !isOpen]);
    }),
    { numRuns: 1_000 },
  );
});

test('semantics 16: a schedule whose last holiday is over is open never again', () => {
  const once = scheduleOf({ windows: [], holidays: ['2026-10-01'], onHolidays: 'open' });
  const after = ms('2026-11-27T00:00Z');
  expect(isOpenWithin(once, ms('2026-09-01T00:00Z'), after)).toBe(true);
  expect(isOpenWithin(once, after, after + 400 * 86_400_000)).toBe(false);
});
