import { zoneOffsetAt } from '../../../functions/domain/rules/zone-offset.ts';

const hour = 3_600_000;
const day = 24 * hour;

test('a zone is as far from UTC as its clocks show, until they change', () => {
  // 2026-03-29T01:00Z: Berlin goes from +1 h to +2 h.
  const changes = Date.UTC(2026, 2, 29, 1);
  expect(zoneOffsetAt('Europe/Berlin', changes - 1)).toEqual({ offsetMs: hour, until: changes });
  expect(zoneOffsetAt('Europe/Berlin', changes)).toEqual({ offsetMs: 2 * hour, until: changes + 23 * hour });
});

test('more days than are remembered are answered all the same, and again', () => {
  const first = Date.UTC(2020, 0, 1);
  const summer = Date.UTC(2020, 6, 1);
  for (let at = first; at < first + 402 * day; at += day) {
    const { offsetMs } = zoneOffsetAt('America/New_York', at);
    expect([-4 * hour, -5 * hour]).toContain(offsetMs);
  }
  expect(zoneOffsetAt('America/New_York', first).offsetMs).toBe(-5 * hour);
  expect(zoneOffsetAt('America/New_York', summer).offsetMs).toBe(-4 * hour);
});
