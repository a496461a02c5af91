import { backlogAgeMaxMs, backlogOf, shiftOf } from '../../sensors-sim/replay/backlog.ts';
import { instrumentOf } from '../../sensors-sim/replay/device.ts';
import { readSeries, replayRowsMax } from '../../sensors-sim/replay/series.ts';
import { SimError } from '../../sensors-sim/sim-error.ts';

const hour = 3_600_000;
const columns = { timeColumns: ['year', 'month', 'day', 'hour'], valueColumn: 'pm2.5', zone: '+08:00' };
const header = 'No,year,month,day,hour,pm2.5';

test('columns of year, month, day and hour make local instants', () => {
  const rows = readSeries(`${header}\n1,2010,3,22,0,85\n2,2010,3,22,1,79`, columns);
  expect(rows.map(({ at }) => new Date(at).toISOString())).toEqual([
    '2010-03-21T16:00:00.000Z',
    '2010-03-21T17:00:00.000Z',
  ]);
  expect(rows.map(({ value }) => value)).toEqual([85, 79]);
});

test('one column with date and time is enough, with or without its own offset', () => {
  const text = 'timestamp,value\n2013-12-02 21:15:00,73.9\n2013-12-02T21:20:00+08:00,74\n';
  const rows = readSeries(text, { timeColumns: ['timestamp'], valueColumn: 'value' });
  expect(rows.map(({ at }) => new Date(at).toISOString())).toEqual([
    '2013-12-02T13:20:00.000Z',
    '2013-12-02T21:15:00.000Z',
  ]);
});

test.each(['NA', '', '-999999', '-200', '-200.0'])('the cell "%s" is no value', (cell) => {
  expect(readSeries(`${header}\n1,2010,3,22,0,${cell}`, columns)[0]?.value).toBeUndefined();
});

test.each([
  [`${header}\n1,2010,3,22,0,n/a`, 'line 2, column "pm2.5": "n/a" is no number; name it with --sentinels'],
  [`${header}\n1,2010,13,22,0,5`, 'line 2: year, month, day, hour is no time: "2010 13 22 0"'],
  ['a,b\n1,2', 'the CSV has no column "year"; it has a, b'],
  [header, 'the CSV has a header and no row'],
  [`${header}\n1,2`, 'the CSV cannot be read: Invalid Record Length'],
])('%j is refused with place and remedy', (text, detail) => {
  expect(() => readSeries(text, columns)).toThrow(SimError);
  expect(() => readSeries(text, columns)).toThrow(detail);
});

test('a zone that is none is refused', () => {
  expect(() => readSeries(`${header}\n1,2010,3,22,0,5`, { ...columns, zone: 'Beijing' })).toThrow(
    '--zone must look like +08:00',
  );
});

test.each([
  [replayRowsMax - 1, true],
  [replayRowsMax, true],
  [replayRowsMax + 1, false],
])('%i rows are read: %s', (count, isRead) => {
  const text = `t,v\n${'2010-01-01,1\n'.repeat(count)}`;
  const read = (): unknown => readSeries(text, { timeColumns: ['t'], valueColumn: 'v' });
  if (isRead) expect(read()).toHaveLength(count);
  else expect(read).toThrow('at most 20000');
});

test.each([0, 1, hour - 1])(
  'a series that ended a year and %i ms ago moves by whole hours and ends within the last hour',
  (rest) => {
    const rows = [
      { at: 0, value: 1 },
      { at: 5 * hour, value: 2 },
    ];
    const now = 365 * 24 * hour + rest;
    const shift = shiftOf(rows, now);
    expect(shift % hour).toBe(0);
    expect(5 * hour + shift).toBeLessThanOrEqual(now);
    expect(now - (5 * hour + shift)).toBeLessThan(hour);
  },
);

test('a row without a value travels as the fault of an instrument, and packs hold 500', () => {
  const rows = Array.from({ length: 501 }, (_, index) => ({
    at: index * hour,
    value: index === 3 ? undefined : index,
  }));
  const packs = backlogOf(rows, { sensorId: 's', unit: 'ug/m3' }, 501 * hour);
  expect(packs.map((pack) => pack.length)).toEqual([500, 1]);
  expect(packs[0]?.[3]).toMatchObject({ value: undefined, quality: 'fault' });
  expect(packs[0]?.[4]).not.toHaveProperty('quality');
});

test.each([
  [backlogAgeMaxMs - 1, true],
  [backlogAgeMaxMs, true],
  [backlogAgeMaxMs + 1, false],
])('a series whose first record is %i ms old is taken: %s', (age, isTaken) => {
  const now = 1_700_000_000_000 - (1_700_000_000_000 % hour);
  const rows = [
    { at: now - age, value: 1 },
    { at: now, value: 1 },
  ];
  const pack = (): unknown => backlogOf(rows, { sensorId: 's', unit: 'mm' }, now);
  if (isTaken) expect(pack()).toHaveLength(1);
  else expect(pack).toThrow('cut it to 30');
});

test('a quantity that no instrument measures is refused with those that there are', () => {
  expect(() => instrumentOf('luck')).toThrow('no quantity "luck"; there are methane');
});
