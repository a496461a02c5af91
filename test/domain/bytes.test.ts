import { AssertionError } from 'node:assert';
import fc from 'fast-check';
import { byteReader, byteWriter } from '../../functions/domain/bytes.ts';

const field = fc.oneof(
  fc.record({ kind: fc.constant('uint' as const), value: fc.maxSafeNat() }),
  fc.record({ kind: fc.constant('int' as const), value: fc.integer({ min: -(2 ** 52), max: 2 ** 52 - 1 }) }),
  fc.record({ kind: fc.constant('double' as const), value: fc.double() }),
  fc.record({ kind: fc.constant('text' as const), value: fc.string({ unit: 'grapheme' }) }),
  fc.record({ kind: fc.constant('bytes' as const), value: fc.uint8Array({ maxLength: 400 }) }),
);

test('everything that is written is read back in order, and nothing is left', () => {
  fc.assert(
    fc.property(fc.array(field, { maxLength: 40 }), (fields) => {
      const writer = byteWriter();
      for (const { kind, value } of fields) {
        if (kind === 'text') writer.text(value);
        else if (kind === 'bytes') writer.bytes(value);
        else writer[kind](value);
      }
      const reader = byteReader(writer.finish());
      for (const { kind, value } of fields) expect(reader[kind]()).toEqual(value);
      expect(reader.done()).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  [0, 1],
  [127, 1],
  [128, 2],
  [16_383, 2],
  [16_384, 3],
  [2 ** 53 - 1, 8],
])('the unsigned integer %p takes %p bytes', (value, length) => {
  const writer = byteWriter();
  writer.uint(value);
  expect(writer.finish()).toHaveLength(length);
});

test.each([
  [0, 1],
  [-64, 1],
  [63, 1],
  [-65, 2],
  [64, 2],
])('the signed integer %p takes %p bytes', (value, length) => {
  const writer = byteWriter();
  writer.int(value);
  expect(writer.finish()).toHaveLength(length);
});

test.each([-1, 1.5, 2 ** 53, Number.NaN])('%p is no unsigned integer', (value) => {
  expect(() => byteWriter().uint(value)).toThrow(AssertionError);
});

test('bytes that end early are a broken invariant, at every length', () => {
  const writer = byteWriter();
  writer.text('abc');
  writer.double(1);
  const whole = writer.finish();
  for (let length = 0; length < whole.length; length++) {
    const reader = byteReader(whole.subarray(0, length));
    expect(() => [reader.text(), reader.double()]).toThrow(AssertionError);
  }
});

test('what was finished is a copy: writing on does not change it', () => {
  const writer = byteWriter();
  writer.uint(1);
  const first = writer.finish();
  writer.uint(2);
  expect([...first]).toEqual([1]);
  expect([...writer.finish()]).toEqual([1, 2]);
});

test('what was measured is passed over and read again later, and what comes after it is read before', () => {
  for (const size of [0, 1, 127, 128, 20_000]) {
    const writer = byteWriter();
    writer.uint(7);
    const start = writer.length();
    for (let i = 0; i < size; i++) writer.uint(i % 100);
    writer.measure(start);
    writer.text('after');
    const reader = byteReader(writer.finish());
    expect(reader.uint()).toBe(7);
    const passed = reader.pass();
    expect(reader.text()).toBe('after');
    const again = reader.again(passed, () => Array.from({ length: size }, () => reader.uint()));
    expect(again).toEqual(Array.from({ length: size }, (_, i) => i % 100));
    expect(reader.done()).toBe(true);
  }
});

test('only the very bytes that are expected are passed over', () => {
  const writer = byteWriter();
  writer.raw(Uint8Array.of(1, 2, 3));
  writer.uint(9);
  const reader = byteReader(writer.finish());
  expect(reader.takes(Uint8Array.of(1, 2, 4))).toBe(false);
  expect(reader.takes(Uint8Array.of(1, 2, 3, 9, 9))).toBe(false);
  expect(reader.takes(Uint8Array.of(1, 2, 3))).toBe(true);
  expect(reader.uint()).toBe(9);
});

test('a count of more things than there are bytes left is damage, found before there is room for them', () => {
  const writer = byteWriter();
  writer.uint(3);
  writer.raw(Uint8Array.of(1, 2, 3));
  const whole = writer.finish();
  expect(byteReader(whole).count()).toBe(3);
  expect(() => byteReader(whole.subarray(0, 3)).count()).toThrow(AssertionError);
});

test.each([248, 249, 255, 256, 257, 512])('a state of %i bytes grows at whatever is written next', (size) => {
  const more = {
    double: 1.5,
    text: 'x'.repeat(300),
    bytes: new Uint8Array(300).fill(7),
    uint: 2 ** 53 - 1,
  };
  for (const kind of ['double', 'text', 'bytes', 'uint'] as const) {
    const writer = byteWriter();
    writer.raw(new Uint8Array(size));
    if (kind === 'text') writer.text(more.text);
    else if (kind === 'bytes') writer.bytes(more.bytes);
    else writer[kind](more[kind]);
    const reader = byteReader(writer.finish().subarray(size));
    expect(reader[kind]()).toEqual(more[kind]);
    expect(reader.done()).toBe(true);
  }
});

test('what is left to read is known, and what is expected at the very end is found there', () => {
  const reader = byteReader(Uint8Array.of(1, 2));
  expect(reader.done()).toBe(false);
  expect(reader.takes(Uint8Array.of(1, 2))).toBe(true);
  expect(reader.done()).toBe(true);
});

test('a broken invariant says which number or where', () => {
  expect(() => byteWriter().uint(-1)).toThrow('not a uint: -1');
  expect(() => byteReader(Uint8Array.of(0x80)).uint()).toThrow('state ends early at byte 1');
});
