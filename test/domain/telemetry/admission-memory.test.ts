import fc from 'fast-check';
import { recentCount } from '../../../functions/domain/telemetry/life.ts';
import { twin, upTo } from '../../support/told-twin.ts';

test('messages without boot and seq are known by 64 digests', () => {
  const device = twin();
  const digest = (value: number): string => device.tell({ kind: 'digest', digest: value }).kind;
  expect(new Set(upTo(64).map(digest))).toEqual(new Set(['fresh']));
  expect([digest(64), digest(1)]).toEqual(['duplicate', 'duplicate']);
  expect(digest(0)).toBe('fresh');
});

test('the memory is bounded: 64 keys, 4 lives, 32 ranges, 8 refused', () => {
  const device = twin();
  for (const boot of ['b1', 'b2', 'b3', 'b4', 'b5'])
    for (const at of upTo(100)) device.pack(at * 2, at, at, boot);
  for (const at of upTo(20)) device.pack(at * 2, at, 5_000 + at, 'b5');
  for (const digest of upTo(10)) device.tell({ kind: 'digest', digest });
  const { lives, digests, refused } = device.memory();
  expect(lives.map(({ boot }) => boot)).toEqual(['b2', 'b3', 'b4', 'b5']);
  expect(lives.reduce((sum, life) => sum + recentCount(life), 0) + digests.length).toBe(64);
  expect(lives.map(({ older }) => older.length)).toEqual([32, 32, 32, 32]);
  expect(refused.length).toBeLessThanOrEqual(8);
});

/** A shuffled delivery of packs 0 … n, some of them several times. */
const delivery = fc
  .integer({ min: 1, max: 60 })
  .chain((count) =>
    fc.tuple(
      fc.shuffledSubarray(upTo(count - 1), { minLength: count, maxLength: count }),
      fc.array(fc.integer({ min: 0, max: count - 1 }), { maxLength: 40 }),
      fc.array(fc.nat(200), { maxLength: 40 }),
    ),
  )
  .map(([order, repeats, places]) =>
    repeats.reduce((all, seq, at) => all.toSpliced((places[at] ?? 0) % (all.length + 1), 0, seq), order),
  );

test('in any order and with any repeats each message is admitted exactly once', () => {
  fc.assert(
    fc.property(delivery, fc.integer({ min: 0, max: 10_000 }), (order, start) => {
      const device = twin();
      const admitted = order.filter((seq) => {
        const kind = device.pack(start + seq, 1_000 + seq);
        expect(['fresh', 'late', 'duplicate']).toContain(kind);
        return kind !== 'duplicate';
      });
      expect(admitted.toSorted((a, b) => a - b)).toEqual(upTo(admitted.length - 1));
    }),
    { numRuns: 1_000 },
  );
});

test('order leaves no trace: the same messages in another order are remembered alike', () => {
  fc.assert(
    fc.property(delivery, (order) => {
      const device = twin();
      const sorted = twin();
      device.packs(order);
      sorted.packs(order.toSorted((a, b) => a - b));
      expect(device.memory()).toEqual(sorted.memory());
    }),
    { numRuns: 1_000 },
  );
});

test('a message that was never seen is never called a duplicate', () => {
  const message = fc.record({
    boot: fc.constantFrom('b1', 'b2'),
    seq: fc.integer({ min: 0, max: 120 }),
    seconds: fc.integer({ min: 0, max: 200 }),
  });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 200 }), (messages) => {
      const device = twin();
      const seen = new Set<string>();
      messages.forEach(({ boot, seq, seconds }, at) => {
        const kind = device.pack(seq, seconds, at, boot);
        if (!seen.has(`${boot} ${seq}`)) expect(kind).not.toBe('duplicate');
        seen.add(`${boot} ${seq}`);
      });
    }),
    { numRuns: 1_000 },
  );
});
