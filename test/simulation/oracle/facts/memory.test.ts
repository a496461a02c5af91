import { memberBytesMax, memberCountMax } from '../bounds.ts';
import type { Told } from './alerts.ts';
import type { MemberSpan } from './members.ts';
import { memoryOf } from './memory.ts';

const never = Number.POSITIVE_INFINITY;
const told = (alertId: string, at: number): Told =>
  ({ alertId, phenomenonAt: at, writtenAt: at, decidedAt: at + 1 }) as Told;

/** An alert that stands from `from` to `to`, written and decided on as it happens. */
function span(alertId: string, from: number, to = never): MemberSpan {
  const opener = told(alertId, from);
  const closer = to === never ? undefined : told(alertId, to);
  return { subjectId: `dev/${alertId}`, opener, closer, told: [opener], from, to };
}
const many = (count: number, to?: (index: number) => number): MemberSpan[] =>
  Array.from({ length: count }, (_, index) => span(`al-${index}`, index, to?.(index)));

test.each([
  [-1, never],
  [0, never],
  [1, memberCountMax],
])('%i beside the most alerts: nothing is forgotten before %d', (beside, fullFrom) => {
  expect(memoryOf(many(memberCountMax + beside)).fullFrom).toBe(fullFrom);
});

test('more than fit that stand together are a crowd; more that come and go are none', () => {
  expect(memoryOf(many(memberCountMax)).isCrowded).toBe(false);
  expect(memoryOf(many(memberCountMax + 1)).isCrowded).toBe(true);
  const passing = memoryOf(many(memberCountMax + 1, (index) => index + 10));
  expect(passing).toEqual({ fullFrom: memberCountMax, isCrowded: false });
});

test('who has ended stands for a correlation until that is decided on', () => {
  const undecided = many(memberCountMax + 1, (index) => index + 1).map(
    (one): MemberSpan => ({ ...one, closer: one.closer && { ...one.closer, decidedAt: undefined } }),
  );
  expect(memoryOf(undecided).isCrowded).toBe(true);
});

test('long names leave room for fewer', () => {
  const name = 'x'.repeat(memberBytesMax / 10);
  const few = Array.from({ length: 10 }, (_, index) => span(`${name}${index}`, index));
  expect(memoryOf(few).fullFrom).toBeLessThan(10);
});

test('an alert that comes and goes more often than is kept apart is forgotten in part', () => {
  const episodes = (count: number): MemberSpan[] =>
    Array.from({ length: count }, (_, index) => span('al', index * 10, index * 10 + 5));
  expect(memoryOf(episodes(4)).fullFrom).toBe(never);
  expect(memoryOf(episodes(5)).fullFrom).toBe(0);
});
