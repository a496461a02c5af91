import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import { enter, newRing, type Ring } from '../../../../functions/domain/rules/windows/ring.ts';
import { readRing, writeRing } from '../../../../functions/domain/rules/windows/ring-codec.ts';
import type { WindowShape } from '../../../../functions/domain/rules/windows/shape.ts';
import { hour, ringOf, shapeWith, t0 } from '../../../support/engine/rings.ts';

const avg = shapeWith(['avg'], 600_000);

const bytesOf = (shape: WindowShape, ring: Ring, base = t0): Uint8Array => {
  const writer = byteWriter();
  writeRing(writer, shape, ring, base);
  return writer.finish();
};

const forms = ['plain', 'whole', 'short'];

test.each([
  [2 ** 49, 'plain'],
  [2 ** 49 - 1, 'whole'],
  [-(2 ** 49), 'plain'],
  [1 - 2 ** 49, 'whole'],
  [-(2 ** 52), 'plain'],
  [-2_001, 'whole'],
  [2_000, 'short'],
  [-2_000, 'short'],
  [0, 'short'],
])('semantics 29: a sum of %d is written in the form "%s" and read as it was', (sum, form) => {
  const ring = ringOf(avg, [0, sum]);
  const bytes = bytesOf(avg, ring);
  // The number of buckets, then two bits for the form.
  expect([Math.floor((bytes[0] ?? 0) / 4), forms[(bytes[0] ?? 0) % 4]]).toEqual([1, form]);
  expect(readRing(byteReader(bytes), avg, t0)).toEqual(ring);
});

test('semantics 29: one number with all its places is enough to write all with theirs', () => {
  const ring = ringOf(avg, [0, 2_000], [30_000, 2_001], [60_000, 3_000]);
  const bytes = bytesOf(avg, ring);
  expect(forms[(bytes[0] ?? 0) % 4]).toBe('whole');
  expect(readRing(byteReader(bytes), avg, t0)).toEqual(ring);
});

test.each(['Asia/Shanghai', 'Europe/Berlin'])(
  'semantics 29: the buckets of a day in %s are read as they were written',
  (dayIn) => {
    const day = shapeWith(['avg', 'max'], 24 * hour, { dayIn });
    const ring = newRing();
    const from = Date.parse('2026-10-24T20:00:00+02:00');
    // Every 20 minutes, then now and then, through the day that has 25 hours in Berlin.
    const times = [...Array.from({ length: 60 }, (_, i) => i / 3), 21, 24.5, 24.6, 26, 28, 28.9, 29, 29.5];
    for (const [i, hours] of times.entries()) enter(day, ring, from + hours * hour, i * 1_000);
    const base = from + 29.5 * hour;
    const read = readRing(byteReader(bytesOf(day, ring, base)), day, base);
    expect(read.newest).toBe(ring.newest);
    for (let at = 0; at < ring.data.length; at += day.stride) {
      const [count] = [ring.data[at] ?? 0];
      const numbers = (of: Ring): readonly number[] => of.data.slice(at, at + day.stride);
      expect(count === 0 ? [read.data[at]] : numbers(read)).toEqual(count === 0 ? [0] : numbers(ring));
    }
  },
);

test('semantics 29: a ring that never saw a reading is one byte, and read as nothing', () => {
  const bytes = bytesOf(avg, newRing());
  expect([...bytes]).toEqual([0]);
  expect(readRing(byteReader(bytes), avg, t0)).toEqual(newRing());
});

test('semantics 17, 29: of a window that only counts, the numbers and times of its buckets are written', () => {
  const count = shapeWith(['count'], 600_000);
  const ring = ringOf(count, [0, 7], [1_000, 8], [60_000, 9]);
  expect(readRing(byteReader(bytesOf(count, ring)), count, t0)).toEqual(ring);
});
