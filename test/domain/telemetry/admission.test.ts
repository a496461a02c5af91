import { clockOf, keyOf, twin, upTo } from '../../support/told-twin.ts';

test('bad input 22: the same boot, seq and bytes a thousand times is one message', () => {
  const device = twin();
  const kinds = upTo(999).map(() => device.pack(7));
  expect(kinds[0]).toBe('fresh');
  expect(new Set(kinds.slice(1))).toEqual(new Set(['duplicate']));
});

test('semantics 11: a duplicate leaves the memory as it is, to the object', () => {
  const device = twin();
  device.packs(upTo(100));
  const before = device.memory();
  expect([device.pack(100), device.pack(37), device.pack(0)]).toEqual([
    'duplicate',
    'duplicate',
    'duplicate',
  ]);
  expect(device.memory()).toBe(before);
});

test('bad input 23: the same boot and seq with other bytes is a conflict, and its repeat changes nothing', () => {
  const device = twin();
  device.packs(upTo(10));
  expect(device.pack(10, 10, 999)).toBe('conflict');
  expect(device.pack(10, 10, 999)).toBe('duplicate');
  expect(device.pack(10)).toBe('duplicate');
  expect(device.pack(11)).toBe('fresh');
});

test('semantics 11: a conflict is told from a duplicate for 64 messages, then the range decides', () => {
  const device = twin();
  device.packs(upTo(64));
  expect(device.pack(1, 1, 999)).toBe('conflict');
  expect(device.pack(0, 0, 999)).toBe('duplicate');
});

test('semantics 11: inside a range is a duplicate, below the oldest is late, in a gap is fresh', () => {
  const device = twin();
  device.packs(upTo(300, 100).filter((seq) => seq !== 150));
  expect(device.pack(120)).toBe('duplicate');
  expect(device.pack(150)).toBe('fresh');
  expect(device.pack(150)).toBe('duplicate');
  expect(device.pack(99)).toBe('late');
  expect(device.pack(99)).toBe('duplicate');
});

test('bad input 24: a seq reset without a new boot is refused twice and starts a life at the third pack', () => {
  const device = twin();
  device.packs(upTo(300, 100));
  const kinds = device.packs([0, 1, 2, 3, 4], 400);
  expect(kinds).toEqual(['sequence-reset', 'sequence-reset', 'fresh', 'fresh', 'fresh']);
  const through = device.packs(upTo(320, 5), 400);
  expect(new Set(through)).toEqual(new Set(['fresh']));
});

test('bad input 24: a reset into remembered seqs is no duplicate, whether its hash is known or forgotten', () => {
  const device = twin();
  device.packs(upTo(100));
  expect(device.pack(0, 200, 7_000)).toBe('sequence-reset');
  expect(device.pack(90, 201, 7_001)).toBe('conflict');
});

test('bad input 24: a device that restarts with its clock in 1970 is heard', () => {
  const device = twin();
  const year2026 = 1_772_323_200;
  device.packs(upTo(200), year2026);
  const kinds = [0, 1, 2, 3].map((seq) => device.pack(seq, seq, 7_000 + seq));
  expect(kinds).toEqual(['sequence-reset', 'sequence-reset', 'fresh', 'fresh']);
});

test('bad input 24: a seq below all that were heard, from a clock in 1970, is a reset and not late', () => {
  const device = twin();
  const year2026 = 1_772_323_200;
  device.packs(upTo(200, 100), year2026);
  expect(device.packs([0, 1, 2, 3])).toEqual(['sequence-reset', 'sequence-reset', 'fresh', 'fresh']);
});

test('bad input 26: a clock that was set within a boot is no reset, and its old time is no alibi for one', () => {
  const device = twin();
  const year2026 = 1_772_323_200;
  device.packs(upTo(200));
  expect(new Set(device.packs(upTo(300, 201), year2026))).toEqual(new Set(['fresh']));
  expect(device.pack(5, 50, 7_000)).toBe('sequence-reset');
});

test('semantics 11: packs that were refused are known again, also after the new life has begun', () => {
  const device = twin();
  device.packs(upTo(300, 100));
  device.packs([0, 1, 2, 3], 400);
  expect(device.packs([0, 1, 2, 3], 400)).toEqual(Array(4).fill('duplicate'));
});

test('semantics 11: what is late from the life before a reset is neither lost nor taken for the new one', () => {
  const device = twin();
  device.packs(upTo(300, 100).filter((seq) => seq !== 200));
  device.packs([0, 1, 2, 3], 400);
  expect(device.pack(150)).toBe('duplicate');
  expect(device.pack(200)).toBe('fresh');
  expect(device.pack(4, 404)).toBe('fresh');
});

test('semantics 11: two devices under one identity stay a conflict, however long it goes on', () => {
  const device = twin();
  const kinds = upTo(50).flatMap((seq) => [device.pack(seq, seq, seq), device.pack(seq, seq, seq + 5_000)]);
  expect(kinds.filter((kind) => kind === 'fresh')).toHaveLength(51);
  expect(kinds.filter((kind) => kind === 'conflict')).toHaveLength(51);
});

test('semantics 11: packs that were refused but do not fit each other start no life', () => {
  const device = twin();
  device.packs(upTo(300, 100));
  const kinds = [5, 4, 3, 2, 1].map((seq, at) => device.pack(seq, 400 + at));
  expect(new Set(kinds)).toEqual(new Set(['sequence-reset']));
});

test('a backlog that leaves later but was measured earlier is no reset', () => {
  const device = twin();
  device.packs(upTo(300, 100).filter((seq) => seq !== 200));
  const sentLater = { atMs: 500_000, newestMs: 200_000 };
  expect(device.tell(keyOf(200), sentLater).kind).toBe('fresh');
  expect(device.tell(keyOf(50), { atMs: 501_000, newestMs: 50_000 }).kind).toBe('late');
});

test('a device without any clock is believed: inside a range it is a duplicate', () => {
  const device = twin();
  for (const seq of upTo(100)) device.tell(keyOf(seq));
  expect(device.tell(keyOf(5, 'b1', 999)).kind).toBe('duplicate');
  expect(device.tell(keyOf(101)).kind).toBe('fresh');
});

test('a new boot starts from any seq, and the old one is still known', () => {
  const device = twin();
  device.packs(upTo(100));
  expect(device.pack(0, 200, 1, 'b2')).toBe('fresh');
  expect(device.pack(100)).toBe('duplicate');
  expect(device.pack(101)).toBe('fresh');
});

test('bad input 25: a gap of a billion is accepted and counted', () => {
  const device = twin();
  device.pack(1);
  const admission = device.tell(keyOf(1_000_000_002), clockOf(10));
  expect([admission.kind, admission.gap]).toEqual(['fresh', 1_000_000_000]);
  expect(device.pack(2)).toBe('fresh');
  expect(device.tell(keyOf(1_000_000_003), clockOf(11)).gap).toBe(0);
});

test.each([2 ** 16, 2 ** 31, 2 ** 32, 2 ** 53])('bad input 25: a seq that wraps at %p goes on', (point) => {
  const device = twin();
  expect(device.pack(point - 2, 1, 1)).toBe('fresh');
  expect(device.pack(point - 1, 2, 2)).toBe('fresh');
  expect(device.pack(0, 3, 3)).toBe('fresh');
  expect(device.pack(1, 4, 4)).toBe('fresh');
  expect(device.pack(point - 1, 2, 2)).toBe('duplicate');
});

test('bad input 25: a wrap is near both ends: 16 lost packs on either side are none, 17 are a reset', () => {
  const wraps = (highest: number, seq: number): string => {
    const device = twin();
    device.pack(highest, 1);
    return device.pack(seq, 2);
  };
  expect(wraps(2 ** 16 - 16, 15)).toBe('fresh');
  expect(wraps(2 ** 16 - 17, 15)).toBe('sequence-reset');
  expect(wraps(2 ** 16 - 16, 16)).toBe('sequence-reset');
});

test('bad input 27: a backlog in reverse order is admitted once each', () => {
  const device = twin();
  const kinds = upTo(2_000)
    .reverse()
    .map((seq) => device.pack(seq));
  expect(kinds.filter((kind) => kind === 'fresh' || kind === 'late')).toHaveLength(2_001);
  expect(new Set(upTo(2_000).map((seq) => device.pack(seq)))).toEqual(new Set(['duplicate']));
});

test('semantics 11: what came before a wrap is known after it, also of a device without a clock', () => {
  const device = twin();
  const before = keyOf(2 ** 16 - 2);
  expect([before, keyOf(3), keyOf(40)].map((key) => device.tell(key).kind)).toEqual([
    'fresh',
    'fresh',
    'fresh',
  ]);
  expect(device.tell(before).kind).toBe('duplicate');
});

test('semantics 11: a device without a clock that counts anew starts a new life with its third pack', () => {
  const device = twin();
  for (const seq of upTo(30)) device.tell(keyOf(seq));
  const anew = [20, 21, 22, 23].map((seq) => device.tell(keyOf(seq, 'b1', 7919)).kind);
  expect(anew).toEqual(['conflict', 'conflict', 'fresh', 'fresh']);
});
