/** What somebody reads who has written a field wrong: what it must be, with an example where one helps. */
import type * as z from 'zod';
import { CorrelationFile } from '../../../../functions/domain/rules/schema/correlation.ts';
import { LimitInFile } from '../../../../functions/domain/rules/schema/limit.ts';
import { ScheduleInFile } from '../../../../functions/domain/rules/schema/schedule.ts';
import {
  QualityInFile,
  SelectInFile,
  SilentInFile,
} from '../../../../functions/domain/rules/schema/select.ts';
import { SeverityInFile } from '../../../../functions/domain/rules/schema/severity.ts';
import {
  Condition,
  camelName,
  Duration,
  StandardInFile,
  TimeSpan,
} from '../../../../functions/domain/rules/schema/words.ts';

/** The issues of one field of `given`; those of a wrong key stand one level deeper. */
const problemsOf = (shape: z.ZodType, given: unknown, field: string): readonly string[] =>
  (shape.safeParse(given).error?.issues ?? []).flatMap((issue) => {
    if (issue.path.join('.') !== field) return [];
    return issue.code === 'invalid_key' ? issue.issues.map(({ message }) => message) : [issue.message];
  });

const within = (correlate: object) => ({ correlate: { within: '1m', per: 'site', ...correlate } });
const counting = (of: string) => within({ count: { of: [of], least: 2 } });
const breach = (times: object) => ({ when: 'value >= 1', times: { count: 3, within: '1m', ...times } });
const open = { days: 'daily', from: '06:00', to: '22:00' };
const week = (window: object) => ({ zone: 'UTC', windows: [{ ...open, ...window }] });
const limit = (given: object) => ({ value: 1, tighter: 'lower', ...given });

const ofRules = 'must be the id of a rule, or its beginning and a star, such as coal-mine.methane.*';
const inCommon = 'must be device, source, site, or group: and the beginning of a tag, such as group:face-';
const time = 'must be a time of day in quotes, such as "06:00"';
const date = 'must be a date in quotes, such as "2026-10-01"';
const days = 'must be days such as mon-fri, daily or [mon, sat]';
const effects = 'must be raise, stale, hold, ignore or unknown';
const silence = 'must be `off`, or a severity and perhaps `after`, such as { after: 30s, severity: orange }';
const span = 'must be a duration such as 30s, 10m or 1h30m';
const verified = 'must be true or false: has somebody read the figure in the official text?';
const cas = 'must be a CAS number such as 7783-06-4';
const direction = 'must be lower or higher: the direction in which the limit is stricter';

test.each<[string, z.ZodType, unknown, string, string]>([
  ['a member that is shouted', CorrelationFile, counting('Gas.*'), 'correlate.count.of.0', ofRules],
  ['a member with a dot too many', CorrelationFile, counting('gas..x'), 'correlate.count.of.0', ofRules],
  ['a member with something before it', CorrelationFile, counting(' gas.x'), 'correlate.count.of.0', ofRules],
  ['a member with something after it', CorrelationFile, counting('gas.* '), 'correlate.count.of.0', ofRules],
  ['what nothing has in common', CorrelationFile, within({ per: 'city' }), 'correlate.per', inCommon],
  ['a group without a tag', CorrelationFile, within({ per: 'group:' }), 'correlate.per', inCommon],
  ['a site with something before it', CorrelationFile, within({ per: 'my site' }), 'correlate.per', inCommon],
  ['a site with something after it', CorrelationFile, within({ per: 'sites' }), 'correlate.per', inCommon],
  ['no CAS number', LimitInFile, limit({ bySubstance: { water: 1 } }), 'bySubstance.water', cas],
  [
    'one after something',
    LimitInFile,
    limit({ bySubstance: { 'a7732-18-5': 1 } }),
    'bySubstance.a7732-18-5',
    cas,
  ],
  [
    'one before something',
    LimitInFile,
    limit({ bySubstance: { '7732-18-5a': 1 } }),
    'bySubstance.7732-18-5a',
    cas,
  ],
  [
    'a CAS number with a slip',
    LimitInFile,
    limit({ bySubstance: { '7732-18-4': 1 } }),
    'bySubstance.7732-18-4',
    'is no CAS number: its check digit is wrong',
  ],
  ['grade 5', LimitInFile, limit({ byGrade: { 5: 1 } }), 'byGrade.5', 'must be a grade, 1 to 4'],
  ['grade 12', LimitInFile, limit({ byGrade: { 12: 1 } }), 'byGrade.12', 'must be a grade, 1 to 4'],
  ['grade 51', LimitInFile, limit({ byGrade: { 51: 1 } }), 'byGrade.51', 'must be a grade, 1 to 4'],
  ['a figure in quotes', LimitInFile, limit({ value: '1' }), 'value', 'must be a number'],
  ['no direction', LimitInFile, { value: 1 }, 'tighter', direction],
  ['a day that is none', ScheduleInFile, week({ days: 'montag' }), 'windows.0.days', days],
  ['a day that is a number', ScheduleInFile, week({ days: 1 }), 'windows.0.days', days],
  ['an hour that is none', ScheduleInFile, week({ to: '24:30' }), 'windows.0.to', time],
  ['an hour without quotes', ScheduleInFile, week({ to: 360 }), 'windows.0.to', time],
  [
    'midnight as a beginning',
    ScheduleInFile,
    week({ from: '24:00' }),
    'windows.0.from',
    'must be before "24:00"',
  ],
  ['a date without quotes', ScheduleInFile, { ...week({}), holidays: [20261001] }, 'holidays.0', date],
  ['a date in words', ScheduleInFile, { ...week({}), holidays: ['1 May'] }, 'holidays.0', date],
  ['a date before words', ScheduleInFile, { ...week({}), holidays: ['2026-10-01x'] }, 'holidays.0', date],
  ['a date after words', ScheduleInFile, { ...week({}), holidays: ['x2026-10-01'] }, 'holidays.0', date],
  [
    'the 30th of February',
    ScheduleInFile,
    { ...week({}), holidays: ['2026-02-30'] },
    'holidays.0',
    'is no day of the calendar',
  ],
  ['perhaps', ScheduleInFile, { ...week({}), onHolidays: 'perhaps' }, 'onHolidays', 'must be open or closed'],
  [
    'a quantity that is a number',
    SelectInFile,
    { quantity: 7 },
    'quantity',
    'must be a quantity, or a list of them',
  ],
  [
    'an area in words',
    SelectInFile,
    { area: ['a22'] },
    'area.0',
    'must be an area code in quotes, such as "2201"',
  ],
  [
    'an area and words',
    SelectInFile,
    { area: ['22a'] },
    'area.0',
    'must be an area code in quotes, such as "2201"',
  ],
  ['no effect', QualityInFile, { calibrating: 'mute' }, 'calibrating', effects],
  ['a silence that is on', SilentInFile, 'on', '', silence],
  ['half a breach', SeverityInFile, breach({ count: 2.5 }), 'times.count', 'must be a whole number'],
  [
    'one breach',
    SeverityInFile,
    breach({ count: 1 }),
    'times.count',
    'must be 2 or more: one breach is what `when` says without it',
  ],
  ['no time at all', TimeSpan, '0s', '', 'must be longer than 0s'],
  ['a time without a unit', Duration, '30', '', span],
  ['a time that is a number', Duration, 30, '', span],
  ['32 days', Duration, '32d', '', 'must be at most 31d'],
  [
    'a condition that is a number',
    Condition,
    1,
    '',
    'must be a condition in text, such as: value >= limits.alarm',
  ],
  ['a name with a capital', camelName, 'Alarm', '', 'must be a camelCase name'],
  ['a name with a hyphen', camelName, 'my-alarm', '', 'must be a camelCase name'],
  ['a name after a blank', camelName, ' alarm', '', 'must be a camelCase name'],
  [
    'a yes in quotes',
    StandardInFile,
    { id: 'AQ 1029-2019', clause: '7.2', verified: 'yes' },
    'verified',
    verified,
  ],
])('%s is refused in words', (_, shape, given, field, message) => {
  expect(problemsOf(shape, given, field)[0]).toBe(message);
});

test.each(['gas.*', 'gas.level', 'coal-mine.methane.coal-face', 'gas'])('%s may be a member', (name) => {
  expect(problemsOf(CorrelationFile, counting(name), 'correlate.count.of.0')).toEqual([]);
});

test.each(['device', 'source', 'site', 'group:face-'])('members may have the %s in common', (per) => {
  expect(problemsOf(CorrelationFile, within({ per }), 'correlate.per')).toEqual([]);
});
