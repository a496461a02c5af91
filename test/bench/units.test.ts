import { itemBytes, readUnits, writeUnits } from '../../bench/calls/units.ts';

test('a write unit is a started KB, a read unit a started 4 KB, half of it when not consistent', () => {
  expect([0, 1023, 1024, 1025].map(writeUnits)).toEqual([1, 1, 1, 2]);
  expect([0, 4095, 4096, 4097].map((bytes) => readUnits(bytes, true))).toEqual([1, 1, 1, 2]);
  expect([0, 4096, 4097].map((bytes) => readUnits(bytes, false))).toEqual([0.5, 0.5, 1]);
});

test('an item is as large as the names and values of its attributes', () => {
  expect(itemBytes({ id: { S: 'DEV#1' } })).toBe(2 + 5);
  expect(itemBytes({ 名: { S: '甲' } })).toBe(3 + 3);
  expect(itemBytes({ state: { B: new Uint8Array(100) } })).toBe(105);
  // Two digits a byte, and one more; zeros at either end are free.
  expect(itemBytes({ n: { N: '1234' } })).toBe(1 + 3);
  expect(itemBytes({ n: { N: '-0.0012' } })).toBe(1 + 2);
  expect(itemBytes({ n: { N: '1000' } })).toBe(1 + 2);
  expect(itemBytes({ ok: { BOOL: true } })).toBe(3);
  expect(itemBytes({ l: { L: [{ S: 'ab' }, { S: 'c' }] } })).toBe(1 + 3 + 3 + 2);
  expect(itemBytes({ m: { M: { k: { S: 'ab' } } } })).toBe(1 + 3 + 3 + 1);
});
