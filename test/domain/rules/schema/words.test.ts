import {
  atMost,
  Condition,
  camelName,
  conditionLengthMax,
  Duration,
  durationMaxMs,
  durationOf,
  StandardInFile,
  TimeSpan,
  words,
} from '../../../../functions/domain/rules/schema/words.ts';

const messageOf = (result: {
  readonly error?: { readonly issues: readonly { readonly message: string }[] } | undefined;
}) => result.error?.issues[0]?.message;

test.each([
  ['0s', 0],
  ['30s', 30_000],
  ['10m', 600_000],
  ['1h', 3_600_000],
  ['2d', 172_800_000],
  ['1h30m', 5_400_000],
  ['1d2h3m4s', 93_784_000],
  ['9999999s', 9_999_999_000],
  ['999999m', 59_999_940_000],
  ['99999h', 359_996_400_000],
  ['999d', 86_313_600_000],
])('%s is %i ms', (text, expected) => {
  expect(durationOf(text)).toBe(expected);
});

test.each([
  '',
  's',
  '30',
  '1.5h',
  '-1s',
  '30s10m',
  '1h 30m',
  '30S',
  '1w',
  'x30s',
  '30sx',
  '10000000s',
  '1000d',
  '1ms',
])('%j is no duration', (text) => {
  expect(durationOf(text)).toBeUndefined();
  expect(messageOf(Duration.safeParse(text))).toBe('must be a duration such as 30s, 10m or 1h30m');
});

test('a duration is at most 31 days', () => {
  expect(Duration.safeParse('30d23h59m59s').data).toBe(durationMaxMs - 1_000);
  expect(Duration.safeParse('31d').data).toBe(2_678_400_000);
  expect(messageOf(Duration.safeParse('31d1s'))).toBe('must be at most 31d');
  expect(messageOf(Duration.safeParse(30))).toBe('must be a duration such as 30s, 10m or 1h30m');
});

test('a span of time lasts longer than nothing', () => {
  expect(messageOf(TimeSpan.safeParse('0s'))).toBe('must be longer than 0s');
  expect(messageOf(TimeSpan.safeParse('0d0h'))).toBe('must be longer than 0s');
  expect(TimeSpan.safeParse('1s').data).toBe(1_000);
});

test.each([
  [0, false],
  [1, true],
  [conditionLengthMax, true],
  [conditionLengthMax + 1, false],
])('a condition of %i characters is read: %s', (length, isGood) => {
  expect(Condition.safeParse('v'.repeat(length)).success).toBe(isGood);
});

test('a condition is text', () => {
  expect(messageOf(Condition.safeParse(true))).toBe(
    'must be a condition in text, such as: value >= limits.alarm',
  );
});

test.each([
  ['a', true],
  ['highHigh2', true],
  [`a${'b'.repeat(31)}`, true],
  [`a${'b'.repeat(32)}`, false],
  ['High', false],
  ['2high', false],
  ['high-high', false],
  ['', false],
])('%s is a camelCase name: %s', (name, isGood) => {
  expect(messageOf(camelName.safeParse(name))).toBe(isGood ? undefined : 'must be a camelCase name');
});

test.each([
  [[], false],
  [['a'], true],
  [['a', 'b'], true],
  [['a', 'b', 'c'], false],
  [[''], false],
  [['a'.repeat(48)], true],
  [['a'.repeat(49)], false],
])('%j is a list of one or two words: %s', (list, isGood) => {
  expect(words(2).safeParse(list).success).toBe(isGood);
});

test('a mapping has so many entries at most', () => {
  const [isFew, { error }] = atMost(2, 'limits');
  expect([{}, { a: 1 }, { a: 1, b: 2 }, { a: 1, b: 2, c: 3 }].map(isFew)).toEqual([true, true, true, false]);
  expect(error).toBe('must hold at most 2 limits');
});

test('a standard has an id, a clause, and says whether somebody has read it', () => {
  const standard = { id: 'AQ 1029-2019', clause: '7.2', verified: false };
  expect(StandardInFile.safeParse(standard).data).toEqual(standard);
  for (const field of ['id', 'clause']) {
    expect(StandardInFile.safeParse({ ...standard, [field]: 'x'.repeat(80) }).success).toBe(true);
    expect(StandardInFile.safeParse({ ...standard, [field]: 'x'.repeat(81) }).success).toBe(false);
    expect(StandardInFile.safeParse({ ...standard, [field]: '' }).success).toBe(false);
  }
  expect(messageOf(StandardInFile.safeParse({ ...standard, verified: 'no' }))).toMatch(
    /^must be true or false/,
  );
});
