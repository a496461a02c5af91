import { recentCount } from '../../../functions/domain/telemetry/life.ts';
import { clockOf, keyOf, twin, upTo } from '../../support/told-twin.ts';

test.each([
  ['the point itself', 2 ** 16],
  ['beyond the point', 2 ** 16 + 5],
])('what has counted to %s does not wrap there any more', (_, highest) => {
  const device = twin();
  device.pack(highest, 1);
  expect(device.pack(3, 2)).toBe('sequence-reset');
});

test('near a wrap a low seq of an earlier time is late, not wrapped', () => {
  const device = twin();
  device.pack(2 ** 16 - 6, 10);
  expect(device.pack(3, 5)).toBe('late');
});

test('near a wrap a low seq goes on when it has no clock, or what came before had none', () => {
  const timed = twin();
  timed.pack(2 ** 16 - 6, 10);
  expect(timed.tell(keyOf(3)).kind).toBe('fresh');
  expect(timed.memory().lives).toHaveLength(2);
  const timeless = twin();
  timeless.tell(keyOf(2 ** 16 - 6));
  expect(timeless.tell(keyOf(3), clockOf(5)).kind).toBe('fresh');
  expect(timeless.memory().lives).toHaveLength(2);
});

test('a device that counts anew in its second boot gets a third life', () => {
  const device = twin();
  for (const seq of upTo(130, 100)) device.pack(seq, seq, seq + 1, 'b1');
  for (const seq of upTo(230, 200)) device.pack(seq, seq, seq + 1, 'b2');
  const kinds = [0, 1, 2].map((seq) => device.pack(seq, 400 + seq, 7_000 + seq, 'b2'));
  expect(kinds).toEqual(['sequence-reset', 'sequence-reset', 'fresh']);
  expect(device.memory().lives.map(({ boot, recent }) => [boot, recent[0]?.from])).toEqual([
    ['b1', 100],
    ['b2', 200],
    ['b2', 2],
  ]);
});

test('refused packs of two boots do not add up to a new life', () => {
  const device = twin();
  for (const seq of upTo(130, 100)) device.pack(seq, seq, seq + 1, 'b1');
  for (const seq of upTo(230, 200)) device.pack(seq, seq, seq + 1, 'b2');
  const kinds = [
    device.pack(0, 400, 7_000, 'b1'),
    device.pack(1, 401, 7_001, 'b1'),
    device.pack(2, 402, 7_002, 'b2'),
  ];
  expect(kinds).toEqual(['sequence-reset', 'sequence-reset', 'sequence-reset']);
});

test('refused packs that repeat one seq do not add up to a new life', () => {
  const device = twin();
  for (const seq of upTo(30)) device.tell(keyOf(seq));
  const kinds = [991, 992, 993, 994].map((hash) => device.tell(keyOf(30, 'b1', hash)).kind);
  expect(kinds).toEqual(['conflict', 'conflict', 'conflict', 'conflict']);
});

test.each([
  ['goes back', [100, 90, 80], ['conflict', 'conflict', 'conflict']],
  ['stands still', [100, 100, 100], ['conflict', 'conflict', 'fresh']],
  ['goes on', [100, 101, 102], ['conflict', 'conflict', 'fresh']],
])('refused packs whose clock %s are: %j s, %j', (_, seconds, expected) => {
  const device = twin();
  device.packs(upTo(30));
  expect(seconds.map((second, at) => device.pack(20 + at, second, 7_000 + at))).toEqual(expected);
});

test('a message in order ends a run of refused ones', () => {
  const device = twin();
  device.packs(upTo(300, 100));
  device.packs([0, 1], 400);
  expect(device.memory().run).toStrictEqual({ boot: 'b1', count: 2, seq: 1, atMs: 401_000 });
  expect(device.pack(301, 301)).toBe('fresh');
  expect(device.memory().run).toBeUndefined();
  expect(device.pack(2, 402)).toBe('sequence-reset');
});

test('the run of a device without a clock stands at no time', () => {
  const device = twin();
  for (const seq of upTo(30)) device.tell(keyOf(seq));
  device.tell(keyOf(20, 'b1', 999));
  expect(device.memory().run).toStrictEqual({ boot: 'b1', count: 1, seq: 20, atMs: 0 });
});

test('of refused messages the last eight are known again', () => {
  const device = twin();
  for (const seq of upTo(30)) device.tell(keyOf(seq));
  for (const hash of upTo(1_011, 1_000)) device.tell(keyOf(30, 'b1', hash));
  expect(device.memory().refused).toStrictEqual([
    { seq: 30, hash: 1_004 },
    { seq: 30, hash: 1_005 },
    { seq: 30, hash: 1_006 },
    { seq: 30, hash: 1_007 },
    { seq: 30, hash: 1_008 },
    { seq: 30, hash: 1_009 },
    { seq: 30, hash: 1_010 },
    { seq: 30, hash: 1_011 },
  ]);
});

test('of two boots the older one forgets first', () => {
  const device = twin();
  for (const seq of upTo(39)) device.pack(seq, seq, seq + 1, 'b1');
  for (const seq of upTo(39)) device.pack(seq, 100 + seq, seq + 1, 'b2');
  expect(device.memory().lives.map(recentCount)).toEqual([24, 40]);
  expect(device.memory().lives.map(({ older }) => older)).toEqual([[{ from: 0, to: 15 }], []]);
});

test('many messages without a seq give way to those with one', () => {
  const device = twin();
  for (const digest of upTo(59)) device.tell({ kind: 'digest', digest });
  device.packs(upTo(9));
  expect(device.memory().digests).toEqual(upTo(59, 6));
  expect(device.memory().lives.map(recentCount)).toEqual([10]);
  device.tell({ kind: 'digest', digest: 60 });
  expect(device.memory().digests).toEqual(upTo(60, 7));
});
