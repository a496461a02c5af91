import { instant } from '../../../functions/domain/time.ts';
import { dueWhileWaiting, storedDue, waitForWatermarkMs } from '../../../functions/domain/twin/due.ts';

const at = (ms: number | undefined) => (ms === undefined ? undefined : instant(ms));

test.each([
  ['none is next', 500, undefined, undefined],
  ['none is stored', undefined, 500, 500],
  ['the next comes earlier', 500, 400, 400],
  ['the next is the same', 500, 500, 500],
  ['more than half of the time is left', 551, 1_000, 551],
  ['half of the time is left', 550, 1_000, 1_000],
  ['the stored one has passed', 90, 1_000, 1_000],
])('where %s, what is stored is moved only then', (_, stored, next, expected) => {
  expect(storedDue(at(stored), at(next), instant(100))).toBe(expected);
});

test('a deadline that may not be judged yet is looked at a little later, any other when it falls due', () => {
  const now = instant(1_000);
  expect(dueWhileWaiting(instant(999), now)).toBe(1_000 + waitForWatermarkMs);
  expect(dueWhileWaiting(now, now)).toBe(1_000 + waitForWatermarkMs);
  expect(dueWhileWaiting(instant(1_001), now)).toBe(1_001);
  expect(dueWhileWaiting(undefined, now)).toBeUndefined();
});
