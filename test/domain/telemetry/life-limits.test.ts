import {
  forgetLowest,
  hasStepped,
  highestOf,
  highestRecentOf,
  newLife,
  oldestOf,
  recall,
  recentCount,
  remember,
  roll,
} from '../../../functions/domain/telemetry/life.ts';

const day31 = 2_678_400_000;

test('a new life knows nothing', () => {
  const life = newLife('b1');
  expect(life).toStrictEqual({
    boot: 'b1',
    recent: [],
    hashes: new Uint8Array(0),
    older: [],
    clock: undefined,
  });
  expect([recentCount(life), highestOf(life), highestRecentOf(life)]).toEqual([0, -1, -1]);
  expect([oldestOf(life), recall(life, 0)]).toEqual([Number.POSITIVE_INFINITY, undefined]);
});

test('hashes lie in the order of their seqs, four bytes each, greatest first', () => {
  let life = newLife('b1');
  for (const [seq, hash] of [
    [5, 0x01020304],
    [9, 0xfffefdfc],
    [7, 0x80000000],
  ] as const)
    life = remember(life, seq, hash, undefined);
  expect([...life.hashes]).toEqual([1, 2, 3, 4, 0x80, 0, 0, 0, 0xff, 0xfe, 0xfd, 0xfc]);
  expect([recall(life, 5), recall(life, 7), recall(life, 9)]).toEqual([0x01020304, 0x80000000, 0xfffefdfc]);
  expect([recall(life, 6), recall(life, 8), recall(life, 10)]).toEqual([undefined, undefined, undefined]);
});

test('a life that rolls on over gaps remembers 32 older ranges and forgets the lowest', () => {
  let life = remember(newLife('b1'), 0, 1, undefined);
  for (let step = 1; step <= 32; step++) life = roll(life, step * 2, step, undefined);
  expect([life.older.length, oldestOf(life)]).toEqual([32, 0]);
  life = roll(life, 66, 33, undefined);
  expect([life.older.length, oldestOf(life), highestOf(life)]).toEqual([32, 2, 66]);
  expect([recall(life, 0), recall(life, 2), recall(life, 64), recall(life, 66)]).toEqual([
    undefined,
    'seen',
    'seen',
    33,
  ]);
});

test('a life that forgets over gaps remembers 32 older ranges too', () => {
  let life = newLife('b1');
  for (let seq = 0; seq <= 66; seq += 2) life = remember(life, seq, seq, undefined);
  for (let count = 0; count < 33; count++) life = forgetLowest(life);
  expect([life.older.length, oldestOf(life), recentCount(life), highestOf(life)]).toEqual([32, 2, 1, 66]);
});

test.each([
  [-day31, false],
  [-day31 - 1, true],
  [0, false],
  [1_000 + day31, false],
  [1_000 + day31 + 1, true],
])('of a life from 0 to 1000 ms a message at %i ms shows that the clock was set: %p', (atMs, isStep) => {
  const span = { firstMs: 0, lastMs: 1_000, newestMs: 1_000 };
  expect(hasStepped(span, { atMs, newestMs: atMs })).toBe(isStep);
});

test('without a clock on either side nothing shows that it was set', () => {
  const clock = { atMs: 10 * day31, newestMs: 10 * day31 };
  expect(hasStepped(undefined, clock)).toBe(false);
  expect(hasStepped({ firstMs: 0, lastMs: 1, newestMs: 1 }, undefined)).toBe(false);
  expect(hasStepped(undefined, undefined)).toBe(false);
});

test('the span of a life is widened by each message, kept by one without a clock, begun anew when it was set', () => {
  const spans = [
    { atMs: 5_000, newestMs: 4_000 },
    { atMs: 3_000, newestMs: 9_000 },
    undefined,
    { atMs: 8_000, newestMs: 1_000 },
    { atMs: 10 * day31, newestMs: 7 },
  ];
  let life = newLife('b1');
  const told = spans.map((clock, seq) => {
    life = remember(life, seq, 0, clock);
    return life.clock;
  });
  expect(told).toEqual([
    { firstMs: 5_000, lastMs: 5_000, newestMs: 4_000 },
    { firstMs: 3_000, lastMs: 5_000, newestMs: 9_000 },
    { firstMs: 3_000, lastMs: 5_000, newestMs: 9_000 },
    { firstMs: 3_000, lastMs: 8_000, newestMs: 9_000 },
    { firstMs: 10 * day31, lastMs: 10 * day31, newestMs: 7 },
  ]);
});
