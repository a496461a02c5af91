import { zoneOffsetAt } from '../../../functions/domain/rules/zone-offset.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  ['UTC', '2026-11-30T12:00Z', 0, '2026-12-01T00:00Z'],
  ['Asia/Shanghai', '2026-11-30T23:59:59.999Z', 8 * hour, '2026-12-01T00:00Z'],
  ['Asia/Shanghai', '2026-12-01T00:00Z', 8 * hour, '2026-12-02T00:00Z'],
  ['America/New_York', '1969-12-31T23:59:59.500Z', -5 * hour, '1970-01-01T00:00Z'],
  ['Europe/Berlin', '2026-03-29T00:59:59.999Z', hour, '2026-03-29T01:00Z'],
  ['Europe/Berlin', '2026-03-29T01:00Z', 2 * hour, '2026-03-30T00:00Z'],
  ['Europe/Berlin', '2026-10-25T00:59:59.999Z', 2 * hour, '2026-10-25T01:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00Z', hour, '2026-10-26T00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T14:59Z', 11 * hour, '2026-04-04T15:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z', 10.5 * hour, '2026-04-05T00:00Z'],
  ['America/St_Johns', '2010-03-14T03:30Z', -3.5 * hour, '2010-03-14T03:31Z'],
  ['America/St_Johns', '2010-03-14T03:31Z', -2.5 * hour, '2010-03-15T00:00Z'],
  // Before there were zones each town had a time of its own, to the second.
  ['Asia/Shanghai', '1900-06-01T00:00Z', 8 * hour + 5 * minute + 43_000, '1900-06-02T00:00Z'],
])('%s at %s is so far from UTC, and until when', (zone, at, offsetMs, until) => {
  expect(zoneOffsetAt(zone, Date.parse(at))).toEqual({ offsetMs, until: Date.parse(until) });
});

test('a zone that does not exist has no offset', () => {
  expect(() => zoneOffsetAt('Mars/Olympus', 0)).toThrow(RangeError);
});

test('a day is remembered until 400 others have been asked; it is answered the same again', () => {
  const [zone, first] = ['America/Chicago', Date.UTC(2020, 2, 8)];
  const before = zoneOffsetAt(zone, first);
  expect(before).toEqual({ offsetMs: -6 * hour, until: first + 8 * hour });
  expect(zoneOffsetAt(zone, first + hour)).toBe(before);
  for (let other = 1; other <= 401; other++) zoneOffsetAt(zone, first + other * day);
  const again = zoneOffsetAt(zone, first + hour);
  expect(again).not.toBe(before);
  expect(again).toEqual(before);
  expect(zoneOffsetAt(zone, first + 8 * hour)).toEqual({ offsetMs: -5 * hour, until: first + day });
});
