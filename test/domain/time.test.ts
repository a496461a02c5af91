import {
  days,
  duration,
  hours,
  Instant,
  instant,
  minutes,
  Rfc3339,
  rfc3339,
  seconds,
} from '../../functions/domain/time.ts';

test('lengths of time are milliseconds, whatever they were said in', () => {
  expect([duration(5), seconds(30), seconds(0.0004), minutes(2), hours(3), days(4)]).toEqual([
    5, 30_000, 0, 120_000, 10_800_000, 345_600_000,
  ]);
});

test('an instant is written in UTC with its milliseconds', () => {
  expect(rfc3339(instant(0))).toBe('1970-01-01T00:00:00.000Z');
  expect(rfc3339(instant(1_772_323_200_007))).toBe('2026-03-01T00:00:00.007Z');
});

test.each([
  ['2026-03-01T08:00:00+08:00', 1_772_323_200_000],
  ['2026-03-01T00:00:00.007Z', 1_772_323_200_007],
  ['1970-01-01T00:00:00Z', 0],
])('%s is the instant %i', (text, ms) => {
  expect(Rfc3339.parse(text)).toBe(ms);
});

test.each([
  ['1969-12-31T23:59:59.999Z', 'must lie after 1970'],
  ['2026-03-01', 'must be an RFC 3339 instant such as 2026-01-02T03:04:05Z'],
  ['2026-03-01T08:00:00', 'must be an RFC 3339 instant such as 2026-01-02T03:04:05Z'],
])('%s is no instant: %s', (text, message) => {
  expect(Rfc3339.safeParse(text).error?.issues.map((issue) => issue.message)).toEqual([message]);
});

test.each([-1, 0.5, Number.NaN, '0'])('%p is no instant', (value) => {
  expect(Instant.safeParse(value).success).toBe(false);
});
