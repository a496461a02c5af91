import { instant } from '../../../functions/domain/time.ts';
import { decode, deviceId, packAt, t0 } from './fixtures.ts';

const bn = `${deviceId}/`;

test('what is found wrong in the pack comes before what is too old', () => {
  const { refusals, counts } = decode([
    { bn, n: 'ch4-1', v: 1, t: -32 * 86_400 },
    { n: 'ch4-9', v: 1 },
  ]);
  expect(refusals.map(({ reason, recordIndex }) => [reason, recordIndex])).toEqual([
    ['sensor-unknown', 1],
    ['too-old', 0],
  ]);
  expect(counts).toMatchObject({ records: 2, stored: 0, quarantined: 2 });
});

test('a conflict of a wrong clock is flagged, and the clock stays as it was known', () => {
  const first = decode(packAt(7, t0 - 3_600_000));
  const second = decode(packAt(7, t0 - 3_500_000, 9), first.next, { receivedAt: instant(t0 + 5) });
  expect([second.admission, second.clockSuspect]).toEqual(['conflict', true]);
  expect(second.next.clock).toBe(first.next.clock);
});
