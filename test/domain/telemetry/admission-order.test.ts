import { clockOf, keyOf, twin, upTo } from '../../support/told-twin.ts';

const bootsOf = (device: ReturnType<typeof twin>): string[] => device.memory().lives.map(({ boot }) => boot);

test('a new boot that counts on above the old one is a life of its own, without a gap', () => {
  const device = twin();
  device.packs(upTo(100));
  expect(device.tell(keyOf(500, 'b2'), clockOf(200))).toMatchObject({ kind: 'fresh', gap: 0 });
  expect(bootsOf(device)).toEqual(['b1', 'b2']);
  expect(device.tell(keyOf(501, 'b2'), clockOf(201))).toMatchObject({ kind: 'fresh', gap: 0 });
});

test('the same seq and bytes in another boot are another message', () => {
  const device = twin();
  device.pack(20);
  expect(device.pack(20, 20, 21, 'b2')).toBe('fresh');
});

test('a message that was refused is known again by its seq and bytes alone', () => {
  const device = twin();
  device.packs(upTo(30));
  expect(device.pack(30, 30, 999)).toBe('conflict');
  expect(device.pack(20, 40, 21, 'b2')).toBe('fresh');
  expect(device.pack(30, 41, 999, 'b2')).toBe('duplicate');
  expect(device.pack(30, 41, 998, 'b2')).toBe('fresh');
});

test.each([
  ['among the first sixteen', 1, 5, 3],
  ['above them', 1, 20, 18],
  ['of one', 3, 5, 1],
  ['of none', 3, 4, 0],
])('the gap %s is counted: after %i comes %i, %i are missing', (_, first, second, gap) => {
  const device = twin();
  device.pack(first);
  expect(device.tell(keyOf(second), clockOf(second))).toMatchObject({ kind: 'fresh', gap });
});

test('what comes late or fills a gap opens none', () => {
  const device = twin();
  device.packs([10, 14]);
  expect(device.tell(keyOf(12), clockOf(12))).toMatchObject({ kind: 'fresh', gap: 0 });
  expect(device.tell(keyOf(3), clockOf(3))).toMatchObject({ kind: 'late', gap: 0 });
});

test('a message without a clock fills a gap of a device that has one, and the other way round', () => {
  const timed = twin();
  timed.packs([1, 2, 40]);
  expect(timed.tell(keyOf(30)).kind).toBe('fresh');
  expect(timed.tell(keyOf(0)).kind).toBe('late');
  const timeless = twin();
  for (const seq of [1, 2, 40]) timeless.tell(keyOf(seq));
  expect(timeless.pack(30)).toBe('fresh');
  expect(timeless.pack(0)).toBe('late');
});

test('of a seq whose bytes are forgotten a message without a clock is a duplicate, as in a life without one', () => {
  const timed = twin();
  timed.packs(upTo(100));
  expect(timed.tell(keyOf(5, 'b1', 999)).kind).toBe('duplicate');
  const timeless = twin();
  for (const seq of upTo(100)) timeless.tell(keyOf(seq));
  expect(timeless.pack(5, 5, 999)).toBe('duplicate');
});

test.each([
  [0, 0, 'duplicate'],
  [100, 100, 'duplicate'],
  [101, 5, 'sequence-reset'],
  [50, 101, 'sequence-reset'],
  [-1, -1, 'sequence-reset'],
])(
  'a forgotten seq that leaves at %i s with a value of %i s, in a life of 0 to 100 s, is a %s',
  (atS, newestS, kind) => {
    const device = twin();
    device.packs(upTo(100));
    const clock = { atMs: atS * 1000, newestMs: newestS * 1000 };
    expect(device.tell(keyOf(5, 'b1', 999), clock).kind).toBe(kind);
  },
);

test.each([
  [301, 301, 'sequence-reset'],
  [300, 301, 'fresh'],
  [200, 500, 'fresh'],
  [301, 300, 'fresh'],
])(
  'an unseen seq that leaves at %i s with a value of %i s, in a life up to 300 s, is %s',
  (atS, newestS, kind) => {
    const device = twin();
    device.packs(upTo(300, 100).filter((seq) => seq !== 200));
    const clock = { atMs: atS * 1000, newestMs: newestS * 1000 };
    expect(device.tell(keyOf(200), clock).kind).toBe(kind);
  },
);

test('a message that leaves in the instant in which a new life began belongs to it', () => {
  const device = twin();
  device.packs(upTo(300, 100));
  device.packs([0, 1, 2], 400);
  expect(device.tell(keyOf(50), clockOf(402))).toMatchObject({ kind: 'fresh', gap: 47 });
});

test('a message that leaves before the new life began belongs to the old one', () => {
  const device = twin();
  device.packs(upTo(300, 100));
  device.packs([0, 1, 2], 400);
  expect(device.tell(keyOf(50), { atMs: 401_999, newestMs: 50_000 }).kind).toBe('late');
});
