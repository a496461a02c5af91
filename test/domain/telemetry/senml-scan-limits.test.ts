import { scanSenml } from '../../../functions/domain/telemetry/senml-scan.ts';
import { isKey, odd, textEnd } from '../../../functions/domain/telemetry/senml-tokens.ts';
import { instant } from '../../../functions/domain/time.ts';

const receivedMs = 1_700_000_000_000;
const context = { deviceId: 'mine-1', receivedAt: instant(receivedMs) };
const scan = (text: string) => scanSenml(Buffer.from(text), context);
const numberIn = (value: string): unknown => scan(`[{"n":"a","v":${value}}]`)?.records[0]?.value;

test('all fields that the short way knows', () => {
  const text =
    '[{"bn":"mine-1/","bt":-1,"bu":"Cel","boot":"b1","seq":0,"sent":0,"n":"a/b","t":1.5,"v":-2.5,"u":"mm"},' +
    '{"n":"c","vs":"open"},{"n":"d","vb":false,"q":"x"},{"n":"e","vb":true},{"n":"f","q":"fault"}]';
  const bare = { baseValue: 0, baseUnit: 'Cel', unit: undefined, flag: undefined };
  expect(scan(text)).toStrictEqual({
    boot: 'b1',
    seq: 0,
    sentAtMs: 0,
    hasClock: true,
    records: [
      { ...bare, index: 0, sensorId: 'a/b', deviceAtMs: 500, value: -2.5, unit: 'mm' },
      { ...bare, index: 1, sensorId: 'c', deviceAtMs: -1_000, value: 'open' },
      { ...bare, index: 2, sensorId: 'd', deviceAtMs: -1_000, value: false, flag: 'x' },
      { ...bare, index: 3, sensorId: 'e', deviceAtMs: -1_000, value: true },
      { ...bare, index: 4, sensorId: 'f', deviceAtMs: -1_000, value: undefined, flag: 'fault' },
    ],
    refusals: [],
  });
});

test('a value alone, in a part of a larger buffer, was measured when it was received', () => {
  const text = '[{"n":"a","v":1}]';
  const bytes = new Uint8Array(Buffer.from(`xx${text}yy`)).subarray(2, 2 + text.length);
  expect(scanSenml(bytes, context)).toStrictEqual({
    boot: undefined,
    seq: undefined,
    sentAtMs: undefined,
    hasClock: false,
    records: [
      {
        index: 0,
        sensorId: 'a',
        deviceAtMs: receivedMs,
        value: 1,
        baseValue: 0,
        unit: undefined,
        baseUnit: undefined,
        flag: undefined,
      },
    ],
    refusals: [],
  });
});

test.each([
  ['another beginning', 'x{"n":"a","v":1}]'],
  ['another beginning of a record', '[x"n":"a","v":1}]'],
  ['another end of a record', '[{"n":"a","v":1]]'],
  ['no quote before a key', '[{xn":"a","v":1}]'],
  ['no colon behind a key of one letter', '[{"n"x"a","v":1}]'],
  ['no colon behind a key of two', '[{"n":"a","vs"x"b"}]'],
  ['a time that comes twice', '[{"n":"a","t":1,"t":2,"v":1}]'],
  ['a time beyond the year 9999', '[{"n":"a","t":253402300800,"v":1}]'],
  ['a base time beyond it', '[{"bt":253402300800,"n":"a","v":1}]'],
  ['a key like bn', '[{"xn":"mine-1/","n":"a","v":1}]'],
  ['a key like bt', '[{"xt":1,"n":"a","v":1}]'],
  ['a key like bu', '[{"xu":"m","n":"a","v":1}]'],
  ['a key like vs', '[{"xs":"b","n":"a"}]'],
  ['a key like vb', '[{"vx":true,"n":"a"}]'],
  ['a switch that is none', '[{"n":"a","vb":no}]'],
  ['a switch of five other letters', '[{"n":"a","vb":wrong}]'],
  ['a switch as a text', '[{"n":"a","vb":"true"}]'],
  ['a value as text and as number', '[{"n":"a","v":1,"vs":"b"}]'],
  ['a base name without its first quote', '[{"bn":xmine-1/","n":"a","v":1}]'],
  ['a base name without its slash', '[{"bn":"mine-1x","n":"a","v":1}]'],
  ['a base name without its last quote', '[{"bn":"mine-1/x,"n":"a","v":1}]'],
  ['a longer base name', '[{"bn":"mine-1/a","n":"a","v":1}]'],
  ['a boot without characters', '[{"boot":"","n":"a","v":1}]'],
  ['a boot of 33 characters', `[{"boot":"${'x'.repeat(33)}","n":"a","v":1}]`],
  ['a seq below 0', '[{"seq":-1,"n":"a","v":1}]'],
  ['a seq with decimals', '[{"seq":1.5,"n":"a","v":1}]'],
  ['a sent below 0', '[{"sent":-1,"n":"a","v":1}]'],
  ['a sent beyond the year 9999', '[{"sent":253402300800,"n":"a","v":1}]'],
  ['a slash in a name without a base', '[{"n":"a/b","v":1}]'],
  ['no name', '[{"v":1}]'],
  ['no value', '[{"n":"a"}]'],
  ['no value, called good', '[{"n":"a","q":"good"}]'],
  ['no record', '[]'],
  ['a text that does not end', '[{"n":"a'],
])('a pack with %s is left to the long way', (_, text) => {
  expect(scan(text)).toBeUndefined();
});

test.each(['1.2.3', '.5', '1.', '-', '01', '-01', '1234567890123456', '1.234567890123456'])(
  'the number %s is left to the long way',
  (text) => {
    expect(numberIn(text)).toBeUndefined();
  },
);

test('numbers of up to fifteen digits are read', () => {
  expect(numberIn('0.00000000000001')).toBe(1e-14);
  expect(numberIn('-123456789012345')).toBe(-123_456_789_012_345);
  expect([numberIn('0'), numberIn('-0.5'), numberIn('10.25')]).toEqual([0, -0.5, 10.25]);
});

test('the last time, the longest boot and the first absolute second are read', () => {
  expect(scan('[{"n":"a","t":253402300799,"v":1}]')?.records[0]?.deviceAtMs).toBe(253_402_300_799_000);
  expect(scan(`[{"boot":"${'x'.repeat(32)}","n":"a","v":1}]`)?.boot).toBe('x'.repeat(32));
  const packs = [268_435_455, 268_435_456].map((t) => scan(`[{"n":"a","t":${t},"v":1}]`));
  expect(packs.map((pack) => [pack?.hasClock, pack?.records[0]?.deviceAtMs])).toEqual([
    [false, 1_968_435_455_000],
    [true, 268_435_456_000],
  ]);
});

test('500 records and 122880 bytes are read the short way, one more is not', () => {
  const many = (count: number): string => `[${'{"n":"a","v":1},'.repeat(count - 1)}{"n":"a","v":1}]`;
  expect([scan(many(500))?.records.length, scan(many(501))]).toEqual([500, undefined]);
  const large = (size: number): string => `[{"n":"a","vs":"${'x'.repeat(size - 19)}"}]`;
  expect([large(122_880).length, scan(large(122_880))?.records.length]).toEqual([122_880, 1]);
  expect(scan(large(122_881))).toBeUndefined();
});

test.each([
  ['"ab"', 4],
  ['""', 2],
  ['" ~"', 4],
  ['ab"', odd],
  ['"ab', odd],
  ['"\u001f"', odd],
  ['"\u007f"', odd],
  ['"\\""', odd],
])('the text %j ends at %i', (text, end) => {
  expect(textEnd(Buffer.from(text), 0)).toBe(end);
});

test('a key is told by all of its bytes', () => {
  const key = [...Buffer.from('seq":')];
  const isKeyOf = (text: string): boolean => isKey(Buffer.from(text), 1, key);
  expect(['"seq":', '"seq"', '"seq"x', '"xeq":'].map(isKeyOf)).toEqual([true, false, false, false]);
});
