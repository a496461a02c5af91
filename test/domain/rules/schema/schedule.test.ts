import { CalendarDate, ScheduleInFile } from '../../../../functions/domain/rules/schema/schedule.ts';

type Given = Readonly<Record<string, unknown>>;
const window = { days: 'daily', from: '06:00', to: '22:00' };
const parsed = (given: Given) => ScheduleInFile.safeParse({ zone: 'UTC', windows: [window], ...given });
const windowOf = (given: Given) => parsed({ windows: [{ ...window, ...given }] }).data?.windows[0];
const wrongWith = (given: Given): readonly string[] =>
  parsed(given).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
const wrongWindow = (given: Given) => wrongWith({ windows: [{ ...window, ...given }] });

test.each([
  ['daily', [1, 2, 3, 4, 5, 6, 7]],
  ['mon', [1]],
  ['sun', [7]],
  ['mon-fri', [1, 2, 3, 4, 5]],
  ['mon-sun', [1, 2, 3, 4, 5, 6, 7]],
  ['wed-wed', [3]],
  ['fri-mon', [1, 5, 6, 7]],
  ['sun-mon', [1, 7]],
  [
    ['sat', 'mon', 'sat'],
    [1, 6],
  ],
  [
    ['sun', 'tue'],
    [2, 7],
  ],
] as const)('%s stands for days of the week in their order', (days, expected) => {
  expect(windowOf({ days })?.days).toEqual(expected);
});

test.each([['monday'], ['mon-'], ['-fri'], ['xmon-fri'], ['mon-fri-sun'], ['weekend'], [''], [['day']], [5]])(
  '%j is no day of the week',
  (days) => {
    expect(wrongWindow({ days })).toEqual([
      'windows.0.days: must be days such as mon-fri, daily or [mon, sat]',
    ]);
  },
);

test('a list of days names at least one', () => {
  expect(windowOf({ days: [] })).toBeUndefined();
});

test.each([
  ['00:00', 0],
  ['00:01', 1],
  ['06:30', 390],
  ['19:59', 1_199],
  ['23:59', 1_439],
  ['24:00', 1_440],
])('%s is minute %i of the day', (to, minute) => {
  expect(windowOf({ to })?.to).toBe(minute);
});

test.each(['24:01', '25:00', '6:00', '06:60', '006:00', '06:000', '0600', 360])(
  '%s is no time of day',
  (to) => {
    expect(wrongWindow({ to })).toEqual(['windows.0.to: must be a time of day in quotes, such as "06:00"']);
  },
);

test.each([
  ['23:59', []],
  ['24:00', ['windows.0.from: must be before "24:00"']],
])('nothing begins at %s that would be the next day', (from, problems) => {
  expect(wrongWindow({ from })).toEqual(problems);
});

test.each(['2026-10-01', '2028-02-29', '0999-12-31'])('%s is a day of the calendar', (date) => {
  expect(CalendarDate.safeParse(date).data).toBe(date);
});

test.each([
  ['2026-02-29', 'is no day of the calendar'],
  ['2026-04-31', 'is no day of the calendar'],
  ['2026-13-01', 'is no day of the calendar'],
  ['2026-00-10', 'is no day of the calendar'],
  ['26-10-01', 'must be a date in quotes, such as "2026-10-01"'],
  ['2026-10-01T00', 'must be a date in quotes, such as "2026-10-01"'],
  ['x2026-10-01', 'must be a date in quotes, such as "2026-10-01"'],
  [20_261_001, 'must be a date in quotes, such as "2026-10-01"'],
])('%s is none: it %s', (date, message) => {
  expect(CalendarDate.safeParse(date).error?.issues[0]?.message).toBe(message);
});

test.each([
  [0, false],
  [1, true],
  [14, true],
  [15, false],
])('of %i stretches of the week a schedule is made: %s', (count, isGood) => {
  expect(parsed({ windows: Array(count).fill(window) }).success).toBe(isGood);
});

test.each([
  [0, true],
  [100, true],
  [101, false],
])('of %i holidays a schedule is made: %s', (count, isGood) => {
  expect(parsed({ holidays: Array(count).fill('2026-10-01') }).success).toBe(isGood);
});

test('a schedule has no holidays unless it names some, and says whether they are open', () => {
  expect(parsed({}).data).toEqual({
    zone: 'UTC',
    windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: 360, to: 1_320 }],
    holidays: [],
  });
  expect(parsed({ onHolidays: 'open' }).data?.onHolidays).toBe('open');
  expect(wrongWith({ onHolidays: 'half' })).toEqual(['onHolidays: must be open or closed']);
  expect(parsed({ zone: '' }).success).toBe(false);
  expect(parsed({ until: '22:00' }).success).toBe(false);
});
