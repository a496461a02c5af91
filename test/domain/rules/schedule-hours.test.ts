import {
  isBoundary,
  isOpenAt,
  isOpenWithin,
  nextBoundary,
  nextOpening,
  type Schedule,
} from '../../../functions/domain/rules/schedule.ts';

const daily = [1, 2, 3, 4, 5, 6, 7];
const utc = (
  windows: readonly (readonly [readonly number[], number, number])[],
  more: Partial<Schedule> = {},
): Schedule => ({
  zone: 'UTC',
  windows: windows.map(([days, fromMinute, toMinute]) => ({ days, fromMinute, toMinute })),
  holidays: [],
  onHolidays: 'closed',
  ...more,
});
const ms = (text: string): number => Date.parse(`${text}Z`);
const iso = (t: number | undefined): string | undefined =>
  t === undefined ? t : new Date(t).toISOString().replace(':00.000Z', '');

/** The boundaries after `from`, as many as there are, at most `count`. */
function boundaries(schedule: Schedule, from: string, count: number): readonly (string | undefined)[] {
  const found: (string | undefined)[] = [];
  for (let t: number | undefined = ms(from); t !== undefined && found.length < count; ) {
    t = nextBoundary(schedule, t);
    found.push(iso(t));
  }
  return found;
}

test.each([1, 2, 3, 4, 5, 6, 7])(
  'semantics 16: day %i is the one of the calendar, Monday first',
  (weekday) => {
    const schedule = utc([[[weekday], 600, 660]]);
    // 2026-11-30 and 1969-12-29 are Mondays.
    const days = (monday: string): readonly number[] =>
      daily.filter((at) => isOpenAt(schedule, ms(monday) + (at - 1) * 86_400_000));
    expect(days('2026-11-30T10:30')).toEqual([weekday]);
    expect(days('1969-12-29T10:30')).toEqual([weekday]);
    expect(days('1969-12-22T10:30')).toEqual([weekday]);
  },
);

test.each<readonly [string, Schedule, readonly string[]]>([
  [
    'two stretches',
    utc([
      [[1], 780, 840],
      [[1], 480, 540],
    ]),
    ['2026-11-30T08:00', '2026-11-30T09:00', '2026-11-30T13:00', '2026-11-30T14:00'],
  ],
  [
    'two that touch',
    utc([
      [[1], 480, 540],
      [[1], 540, 600],
    ]),
    ['2026-11-30T08:00', '2026-11-30T10:00'],
  ],
  [
    'two that overlap',
    utc([
      [[1], 480, 560],
      [[1], 540, 600],
    ]),
    ['2026-11-30T08:00', '2026-11-30T10:00'],
  ],
  [
    'one inside of another',
    utc([
      [[1], 480, 600],
      [[1], 500, 520],
    ]),
    ['2026-11-30T08:00', '2026-11-30T10:00'],
  ],
  ['one until midnight', utc([[[1], 480, 1_440]]), ['2026-11-30T08:00', '2026-12-01T00:00']],
  ['one over midnight', utc([[[1], 1_320, 120]]), ['2026-11-30T22:00', '2026-12-01T02:00']],
  ['one over midnight of a Sunday', utc([[[7], 1_320, 120]]), ['2026-11-30T02:00', '2026-12-06T22:00']],
  ['one from midnight to midnight', utc([[[2], 0, 0]]), ['2026-12-01T00:00', '2026-12-02T00:00']],
  ['two days that touch', utc([[[1, 2], 0, 1_440]]), ['2026-12-02T00:00', '2026-12-07T00:00']],
])('semantics 16: of %s nothing but what opens and closes is a boundary', (_, schedule, expected) => {
  expect(boundaries(schedule, '2026-11-30T00:00', expected.length)).toEqual(expected);
});

test.each([
  ['in one', [[daily, 0, 1_440]]],
  ['from noon to noon', [[daily, 720, 720]]],
  [
    'in two that touch',
    [
      [daily, 0, 600],
      [daily, 600, 1_440],
    ],
  ],
  [
    'in two that overlap',
    [
      [daily, 0, 700],
      [daily, 600, 1_440],
    ],
  ],
  ['day by day', daily.map((day) => [[day], 0, 0] as const)],
] as const)('semantics 16: what is always open %s has no boundary but holidays', (_, windows) => {
  expect(boundaries(utc(windows), '2026-11-30T00:00', 3)).toEqual([undefined]);
  const holidays = ['2034-01-05', '2031-05-01', '2031-05-02'];
  expect(boundaries(utc(windows, { holidays }), '2026-11-30T00:00', 9)).toEqual([
    '2031-05-01T00:00',
    '2031-05-03T00:00',
    '2034-01-05T00:00',
    '2034-01-06T00:00',
    undefined,
  ]);
  expect(boundaries(utc(windows, { holidays, onHolidays: 'open' }), '2026-11-30T00:00', 9)).toEqual([
    undefined,
  ]);
});

test.each([
  ['Asia/Shanghai', '2031-04-30T16:00', '2031-05-01T16:00'],
  ['Pacific/Kiritimati', '2031-04-30T10:00', '2031-05-01T10:00'],
  ['America/New_York', '2031-05-01T04:00', '2031-05-02T04:00'],
])('semantics 16: a holiday is a day of %s', (zone, opens, closes) => {
  const schedule = utc([], { zone, holidays: ['2031-05-01'], onHolidays: 'open' });
  expect(boundaries(schedule, '2026-11-30T00:00', 3)).toEqual([opens, closes, undefined]);
  expect(boundaries(schedule, opens, 2)).toEqual([closes, undefined]);
  expect([ms(opens) - 1, ms(opens), ms(closes) - 1, ms(closes)].map((t) => isOpenAt(schedule, t))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('semantics 16: what reaches over midnight into a holiday ends there, and begins where it reaches out of one', () => {
  const schedule = utc([[daily, 1_320, 120]], { holidays: ['2026-12-01'] });
  expect(boundaries(schedule, '2026-11-30T12:00', 4)).toEqual([
    '2026-11-30T22:00',
    '2026-12-01T00:00',
    '2026-12-02T00:00',
    '2026-12-02T02:00',
  ]);
});

test('a schedule without an hour never opens', () => {
  expect(nextBoundary(utc([]), ms('2026-11-30T00:00'))).toBeUndefined();
  expect(nextOpening(utc([]), ms('2026-11-30T00:00'))).toBeUndefined();
  expect(isOpenWithin(utc([]), 0, ms('2099-01-01T00:00'))).toBe(false);
});

const morning = utc([[[1], 480, 540]]);
const [opens, closes] = [ms('2026-11-30T08:00'), ms('2026-11-30T09:00')];
const week = 7 * 86_400_000;

test('the next opening is after the instant, whether it is open there or not', () => {
  expect(nextOpening(morning, opens - 1)).toBe(opens);
  expect(nextOpening(morning, opens)).toBe(opens + week);
  expect(nextOpening(morning, closes)).toBe(opens + week);
});

test('what is open for good opens no more', () => {
  const once = utc([[daily, 0, 0]], { holidays: ['2026-11-30'] });
  expect(nextOpening(once, ms('2026-11-29T12:00'))).toBe(ms('2026-12-01T00:00'));
  expect(nextOpening(once, ms('2026-12-01T00:00'))).toBeUndefined();
});

test.each([
  [-1, -1, false],
  [-9, -1, false],
  [-9, 0, true],
  [0, 0, true],
  [0, -1, false],
  [3_599_999, 3_599_999, true],
  [3_599_999, 9_999_999, true],
  [3_600_000, 9_999_999, false],
  [3_600_000, week - 1, false],
  [3_600_000, week, true],
])('within %i to %i ms of an opening it is open: %s', (from, to, expected) => {
  expect(isOpenWithin(morning, opens + from, opens + to)).toBe(expected);
});

test('an instant at which it opens or closes is a boundary, those beside it are not', () => {
  const around = (t: number): readonly boolean[] => [t - 1, t, t + 1].map((at) => isBoundary(morning, at));
  expect(around(opens)).toEqual([false, true, false]);
  expect(around(closes)).toEqual([false, true, false]);
});

test('semantics 16: an hour that the clocks skip opens late, one that they show twice is open twice', () => {
  const sunday = utc([[[7], 150, 210]], { zone: 'Europe/Berlin' });
  expect(boundaries(sunday, '2026-03-28T12:00', 2)).toEqual(['2026-03-29T01:00', '2026-03-29T01:30']);
  expect(boundaries(sunday, '2026-10-24T12:00', 4)).toEqual([
    '2026-10-25T00:30',
    '2026-10-25T01:00',
    '2026-10-25T01:30',
    '2026-10-25T02:30',
  ]);
});

test('semantics 16: a window that begins each day at midnight ends each day', () => {
  expect(boundaries(utc([[daily, 0, 600]]), '2026-11-30T00:00', 2)).toEqual([
    '2026-11-30T10:00',
    '2026-12-01T00:00',
  ]);
});

test('semantics 16: no midnight between two open days is a boundary, whatever the zone', () => {
  const schedule = utc([[[1, 2], 0, 1_440]], { zone: 'Asia/Shanghai' });
  expect(boundaries(schedule, '2026-11-30T00:00', 2)).toEqual(['2026-12-01T16:00', '2026-12-06T16:00']);
});
