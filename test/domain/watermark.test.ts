import fc from 'fast-check';
import { type Instant, instant } from '../../functions/domain/time.ts';
import {
  arrive,
  beginWatermark,
  canaryAheadMax,
  canaryEvery,
  canaryLostAfter,
  earlyCountMax,
  freshFor,
  judgeDelay,
  type Watermark,
} from '../../functions/domain/watermark.ts';

const t0 = 1_000_000_000;
const nth = (count: number): Instant => instant(t0 + count * canaryEvery);

/** The watermark after these canaries arrived in this order, all at `now`. */
const markOf = (
  counts: readonly number[],
  now: Instant,
  from: Watermark = beginWatermark(nth(0)),
): Watermark =>
  counts.reduce<Watermark>((known, count) => arrive(known, nth(count), now).after ?? known, from);

describe('the watermark (semantics 13)', () => {
  test('is the newest canary before which none is missing', () => {
    expect(markOf([0, 1, 3], nth(4))).toEqual({ firstDueAt: nth(0), until: nth(1), early: [nth(3)] });
  });

  test('jumps over what came early once the missing one comes', () => {
    expect(markOf([0, 2, 3, 1], nth(4))).toEqual({ firstDueAt: nth(0), until: nth(3), early: [] });
  });

  test('is nothing while the first canary that was due is missing', () => {
    expect(markOf([1, 2], nth(3)).until).toBeUndefined();
  });

  test('begins with the first canary when nothing is known', () => {
    expect(arrive(undefined, nth(7), nth(7))).toMatchObject({
      outcome: 'advanced',
      after: { firstDueAt: nth(7), until: nth(7) },
    });
  });

  test('a repeated canary changes nothing, early or committed', () => {
    const known = markOf([0, 2], nth(3));
    expect(arrive(known, nth(0), nth(3))).toEqual({ outcome: 'repeated', after: known, skippedCount: 0 });
    expect(arrive(known, nth(2), nth(3))).toEqual({ outcome: 'repeated', after: known, skippedCount: 0 });
  });

  test.each([
    ['one step below', canaryLostAfter - canaryEvery, 0, undefined],
    ['at', canaryLostAfter, 1, 1],
    ['one step above', canaryLostAfter + canaryEvery, 1, 1],
  ])('a canary missing for %s 10 min is skipped only once the time is full', (_, age, skipped, until) => {
    const known = markOf([1], nth(2));
    const newest = Math.floor(age / canaryEvery);
    const arrival = arrive(known, nth(newest), instant(nth(0) + age));
    expect(arrival.skippedCount).toBe(skipped);
    expect(arrival.after?.until).toBe(until === undefined ? undefined : nth(until));
  });

  test('after a long outage each lost canary is counted once', () => {
    const known = markOf([0], nth(0));
    const late = 100_000;
    const first = arrive(known, nth(late), nth(late));
    const lost = late - canaryLostAfter / canaryEvery;
    expect(first.skippedCount).toBe(lost);
    expect(first.after).toEqual({ firstDueAt: nth(0), until: nth(lost), early: [nth(late)] });
    expect(arrive(first.after, nth(late - 1), nth(late)).skippedCount).toBe(0);
  });

  test.each([
    ['one step below', canaryAheadMax - canaryEvery, 'early'],
    ['at', canaryAheadMax, 'early'],
    ['one step above', canaryAheadMax + canaryEvery, 'refused'],
  ])('a canary %s the longest lead is %s', (_, ahead, outcome) => {
    const known = markOf([0], nth(0));
    expect(arrive(known, instant(nth(1) + ahead), nth(1)).outcome).toBe(outcome);
  });

  test('an instant between the steps is refused and leaves even an unknown watermark alone', () => {
    const refused = { outcome: 'refused', after: undefined, skippedCount: 0 };
    expect(arrive(undefined, instant(t0 + 1), nth(1))).toEqual(refused);
  });

  test('at most what fits between given up and too far ahead waits for a missing canary', () => {
    const counts = Array.from({ length: earlyCountMax + 30 }, (_, count) => count + 1);
    let known = beginWatermark(nth(0));
    const lengths = counts.map((count) => {
      const now = instant(Math.max(nth(0), nth(count) - canaryAheadMax));
      known = arrive(known, nth(count), now).after ?? known;
      return known.early.length;
    });
    expect(earlyCountMax).toBe(132);
    expect(Math.max(...lengths)).toBe(earlyCountMax - 1);
  });

  test('the order and repetition of arrivals within 10 min do not matter', () => {
    const counts = fc.uniqueArray(fc.nat({ max: 100 }), { minLength: 1, maxLength: 60 });
    const orders = counts.chain((some) =>
      fc.tuple(
        fc.constant(some),
        fc.shuffledSubarray([...some, ...some], { minLength: some.length * 2, maxLength: some.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(orders, ([some, shuffled]) => {
        const known = markOf(shuffled, nth(101));
        const held = new Set(some);
        let expected = -1;
        while (held.has(expected + 1)) expected += 1;
        expect(known.until).toBe(expected < 0 ? undefined : nth(expected));
        expect(known.early).toEqual(
          some
            .filter((count) => count > expected)
            .toSorted((a, b) => a - b)
            .map(nth),
        );
      }),
    );
  });
});

describe('telemetry is delayed (semantics 13)', () => {
  const begun = beginWatermark(nth(0));

  test.each([
    ['one ms below', freshFor - 1, 'too-soon'],
    ['at', freshFor, 'fresh'],
    ['one ms above', freshFor + 1, 'delayed'],
  ])('without any canary, %s 30 s after the first one was due: %s', (_, ms, judgement) => {
    expect(judgeDelay(begun, instant(nth(0) + ms))).toBe(judgement);
  });

  test.each([
    ['at', freshFor, 'fresh'],
    ['one ms above', freshFor + 1, 'delayed'],
  ])('a watermark %s 30 s old: %s', (_, age, judgement) => {
    const known = { ...begun, until: nth(100) };
    expect(judgeDelay(known, instant(nth(100) + age))).toBe(judgement);
  });
});
