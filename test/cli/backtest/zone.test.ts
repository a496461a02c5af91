import { readTime } from '../../../cli/backtest/input/written-time.ts';
import { zoneOf } from '../../../cli/backtest/input/zone.ts';

const iso = (text: string, zone?: string): string => {
  const read = readTime(text, zone === undefined ? undefined : zoneOf(zone));
  return read.ok ? new Date(read.at).toISOString() : read.why;
};

test.each([
  ['2026-03-01T08:00:00+08:00', undefined, '2026-03-01T00:00:00.000Z'],
  ['2026-03-01 08:00:00.250+0800', undefined, '2026-03-01T00:00:00.250Z'],
  ['2026/3/1 8:00', '+08:00', '2026-03-01T00:00:00.000Z'],
  ['20260301080000', '+08:00', '2026-03-01T00:00:00.000Z'],
  ['2026-03-01', 'Asia/Shanghai', '2026-02-28T16:00:00.000Z'],
  ['2026-03-01 24:00', 'UTC', '2026-03-02T00:00:00.000Z'],
  ['1772323200', undefined, '2026-03-01T00:00:00.000Z'],
  ['1772323200500', undefined, '2026-03-01T00:00:00.500Z'],
  ['2026-03-01 08:00', undefined, 'no-zone'],
  ['2026-02-29', 'UTC', 'no-time'],
  ['2026-03-01 25:00', 'UTC', 'no-time'],
  ['01.03.2026', 'UTC', 'no-time'],
  ['soon', 'UTC', 'no-time'],
  ['1970-01-01', 'UTC', 'not-plausible'],
])('%s in %s is %s', (text, zone, expected) => {
  expect(iso(text, zone)).toBe(expected);
});

test('around the change of clocks: of two instants the first, in the hour that is left out one hour on', () => {
  expect(iso('2026-10-25 02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  expect(iso('2026-03-29 02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
});

test('a zone that nobody knows is none', () => {
  expect(zoneOf('Mars/Olympus')).toBeUndefined();
  expect(zoneOf('+25:00')).toBeUndefined();
});
