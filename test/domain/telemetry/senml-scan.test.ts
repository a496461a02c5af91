import fc from 'fast-check';
import { murmur32 } from '../../../functions/domain/telemetry/murmur.ts';
import { readSenml } from '../../../functions/domain/telemetry/senml.ts';
import { scanSenml } from '../../../functions/domain/telemetry/senml-scan.ts';
import { instant } from '../../../functions/domain/time.ts';

const context = { deviceId: 'mine-1', receivedAt: instant(1_700_000_000_000) };
const scan = (text: string) => scanSenml(Buffer.from(text), context);
const read = (text: string) => readSenml(Buffer.from(text), context);

const ordinary =
  '[{"bn":"mine-1/","boot":"b-1","seq":7,"sent":1700000000.25,"n":"ch4","t":1699999999.125,"v":-0.42,"u":"%{vol}"},' +
  '{"n":"fan","vb":true,"q":"maintenance"},{"bt":1699999000,"bu":"Cel","n":"t1","t":1.5,"v":21}]';

test('an ordinary pack is read the short way, to what the long way reads', () => {
  const pack = scan(ordinary);
  expect(pack?.records).toHaveLength(3);
  expect(read(ordinary)).toEqual({ ok: true, pack });
});

/** What a device may write where a number, a text or a switch stands: usual, unusual and wrong. */
const decimal = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.nat(999_999_999_999),
    fc.constantFrom('', '.', '.0', '.125', '.30', '.000001'),
  )
  .map((parts) => parts.join(''));
const number = fc.oneof(
  { weight: 8, arbitrary: decimal },
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom(
    '0',
    '-0',
    '01',
    '-',
    '.5',
    '1e3',
    '1E-2',
    '9007199254740993',
    '1700000000.123',
    'null',
    '"1"',
    '1 ',
  ),
);
const text = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom('"a"', '"ch4"', '"%{vol}"', '"good"', '"fault"', '"mine-1/"', '"mine-2/"'),
  },
  fc.string({ maxLength: 6, unit: 'grapheme' }).map((value) => JSON.stringify(value)),
  fc.constantFrom(
    '""',
    '"a/b"',
    '"a b"',
    '"\\u0061"',
    '"é"',
    '"a',
    'a"',
    '7',
    'null',
    '"\u007f"',
    `"${'x'.repeat(40)}"`,
  ),
);
const flip = fc.constantFrom('true', 'false', 'tru', 'truee', '1', 'null');
const texts = ['n', 'u', 'q', 'vs', 'bn', 'bu', 'boot'];
const numbers = ['v', 't', 'bt', 'seq', 'sent', 'bv', 'bver'];
const field = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...texts), text) },
  { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...numbers), number) },
  fc.tuple(fc.constant('vb'), flip),
  fc.tuple(fc.constantFrom('s', 'vd', 'x', 'x_', '\\u0076', '__proto__', ''), fc.oneof(number, text)),
);
const record = fc
  .tuple(
    fc.array(field, { maxLength: 4 }),
    fc.constantFrom(',', ',', ',', ', ', ',,', ''),
    fc.constantFrom(':', ':', ':', ':', ' :', ''),
  )
  .map(([fields, between, is]) => `{${fields.map(([key, value]) => `"${key}"${is}${value}`).join(between)}}`);
/** A record that is good, so that packs are not all refused for their first. */
const good = fc
  .tuple(fc.constantFrom('ch4', 'fan', 'a'), decimal)
  .map(([name, value]) => `{"n":"${name}","t":1699999999.5,"v":${value}}`);
const header = fc.constantFrom(
  '{"bn":"mine-1/","boot":"b1","seq":3,"sent":1700000000.2,"n":"ch4","v":1}',
  '{"bn":"mine-1/","bt":1699999990.5,"bu":"%{vol}"}',
  '{"boot":"b 1","seq":3.5,"n":"ch4","v":1}',
);
const pack = fc
  .tuple(
    fc.array(fc.oneof(header, good, good, record), { maxLength: 4 }),
    fc.constantFrom(',', ',', ',', ',\n', ';'),
    fc.constantFrom(']', ']', ']', '', ']]', '] ', '}'),
  )
  .map(([records, between, end]) => `[${records.join(between)}${end}`);

test('whatever is read the short way is read the same the long way', () => {
  fc.assert(
    fc.property(pack, (bytes) => {
      const found = scan(bytes);
      if (found === undefined) return;
      expect(read(bytes)).toStrictEqual({ ok: true, pack: found });
    }),
    { numRuns: 20_000, seed: 4 },
  );
});

test('of the packs that are asked one in twenty and more can be read the short way', () => {
  const packs = fc.sample(pack, { numRuns: 2_000, seed: 4 });
  expect(packs.filter((bytes) => scan(bytes) !== undefined).length).toBeGreaterThan(100);
});

test('a pack that breaks off anywhere is not ordinary', () => {
  for (let length = 0; length < ordinary.length; length++)
    expect(scan(ordinary.slice(0, length))).toBeUndefined();
});

test.each([
  ['a blank', ordinary.replace('"seq":7', '"seq": 7')],
  ['an escape', ordinary.replace('ch4', 'c\\u0068')],
  ['a letter beyond ASCII', ordinary.replace('ch4', 'çh4')],
  ['an exponent', ordinary.replace('21', '2.1e1')],
  ['sixteen digits', ordinary.replace('21', '2100000000000000')],
  ['a field that comes twice', ordinary.replace('"u":', '"v":1,"u":')],
  ['a field that we do not know', ordinary.replace('"u":', '"x":1,"u":')],
  ['a header in a later record', ordinary.replace('"n":"fan"', '"n":"fan","seq":8')],
  ['another device', ordinary.replace('mine-1/', 'mine-2/')],
  ['a base value', ordinary.replace('"bt"', '"bv":1,"bt"')],
  ['more behind the pack', `${ordinary}]`],
])('%s is left to the long way', (_, text) => {
  expect(text).not.toBe(ordinary);
  expect(scan(text)).toBeUndefined();
});

test('every decimal of fifteen digits is the double that JSON.parse makes of it', () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.bigInt({ min: 0n, max: 999_999_999_999_999n }),
      fc.nat(14),
      (minus, digits, places) => {
        const all = digits.toString().padStart(places + 1, '0');
        const cut = all.length - places;
        const written = `${minus ? '-' : ''}${all.slice(0, cut)}${places > 0 ? `.${all.slice(cut)}` : ''}`;
        expect(scan(`[{"n":"a","v":${written}}]`)?.records[0]?.value).toBe(JSON.parse(written));
      },
    ),
    { numRuns: 5_000, seed: 4 },
  );
});

test.each([
  ['', 0],
  ['a', 0x3c2569b2],
  ['abc', 0xb3dd93fa],
  ['abcd', 0x43ed676a],
  ['Hello, world!', 0xc0363e43],
  ['The quick brown fox jumps over the lazy dog', 0x2e4ff723],
])('MurmurHash3 of %j is as published', (text, hash) => {
  expect(murmur32(Buffer.from(text))).toBe(hash);
});
