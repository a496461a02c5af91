import { gzipSync } from 'node:zlib';
import { decodeMessage } from '../../../functions/domain/telemetry/message.ts';
import { emptyTelemetryState } from '../../../functions/domain/telemetry/state.ts';
import { messageBytesMax } from '../../../functions/domain/telemetry/strict-json.ts';
import { decode, deviceId, envelopeOf, reasonsOf, registration } from './fixtures.ts';

const base = { bn: `${deviceId}/` };
const good = { n: 'ch4-2', v: 0.3 };

/** The record is refused with `reason`, and its neighbours on both sides are readings. */
function expectAlone(record: unknown, reason: string): void {
  const text = typeof record === 'string' ? record : JSON.stringify(record);
  const admitted = decode(`[${JSON.stringify({ ...base, ...good })},${text},${JSON.stringify(good)}]`);
  expect(reasonsOf(admitted)).toEqual([`${reason}@1`]);
  expect(admitted.readings.map(({ index }) => index)).toEqual([0, 2]);
  expect(admitted.counts).toMatchObject({ records: 3, stored: 2, quarantined: 1, duplicate: 0 });
}

function expectWhole(payload: unknown, reason: string): void {
  const admitted = decode(payload);
  expect(reasonsOf(admitted)).toEqual([reason]);
  expect(admitted.readings).toEqual([]);
  expect(admitted.counts).toMatchObject({ records: 1, stored: 0, quarantined: 1, duplicate: 0 });
}

test('bad inputs 1 and 2: an empty body is refused', () => {
  expectWhole('', 'empty-payload');
});

test('bad input 3: bytes that are not UTF-8 are refused', () => {
  expectWhole(Buffer.from([0x5b, 0xff, 0xfe, 0x5d]), 'not-utf8');
  expectWhole(Buffer.from([0x5b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x5d]), 'not-utf8');
});

test('bad input 4: every truncation of a pack is refused', () => {
  const text = JSON.stringify([{ ...base, ...good }, good]);
  for (let length = 1; length < text.length; length++) expectWhole(text.slice(0, length), 'not-json');
});

test.each(['[]x', '[][]', '[]\n{}', '[],', '[]\u0000'])('bad input 5: %p is refused', (text) => {
  expectWhole(text, 'not-json');
});

test('bad input 6: a byte order mark before UTF-8 is skipped, UTF-16 is refused', () => {
  const text = JSON.stringify([{ ...base, ...good }]);
  expect(decode(`\ufeff${text}`).readings).toHaveLength(1);
  expectWhole(Buffer.from(`\ufeff${text}`, 'utf16le'), 'not-utf8');
  expectWhole(Buffer.from(text, 'utf16le'), 'not-json');
});

test('bad input 7: 120 KB are accepted, one byte more is refused', () => {
  const text = JSON.stringify([{ ...base, ...good }]);
  const padded = (bytes: number): string => text + ' '.repeat(bytes - text.length);
  expect(decode(padded(messageBytesMax - 1)).readings).toHaveLength(1);
  expect(decode(padded(messageBytesMax)).readings).toHaveLength(1);
  expectWhole(padded(messageBytesMax + 1), 'too-large');
});

test('bad input 8: JSON of depth 10,000 and of the greatest depth that fits is refused without an overflow', () => {
  expectAlone('['.repeat(10_000) + ']'.repeat(10_000), 'record-not-object');
  expectWhole(`[${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}]`, 'too-deep');
  const half = messageBytesMax / 2;
  expect(decode('['.repeat(half) + ']'.repeat(half)).refusals).toHaveLength(1);
});

test('bad input 8: nesting below a record is searched to 32 levels and refused beyond', () => {
  const nested = (levels: number): string =>
    `[${'{"a":'.repeat(levels - 1)}1${'}'.repeat(levels - 1)},${JSON.stringify({ ...base, ...good })}]`;
  expect(reasonsOf(decode(nested(31)))).toEqual(['field-type@0']);
  expect(reasonsOf(decode(nested(32)))).toEqual(['field-type@0']);
  expectWhole(nested(33), 'too-deep');
});

test('bad input 9: 500 readings are accepted, 501 are refused, and so are 100,000', () => {
  const pack = (count: number): unknown[] => [
    { ...base, boot: 'b', seq: 1 },
    ...Array.from({ length: count }, (_, at) => ({ n: 'ch4-2', v: 0.3, t: -at })),
  ];
  expect(decode(pack(499)).readings).toHaveLength(499);
  expect(decode(pack(500)).readings).toHaveLength(500);
  expectWhole(pack(501), 'too-many-readings');
  expectWhole(`[${'{},'.repeat(39_999)}{}]`, 'too-many-readings');
  expectWhole(`[${'0,'.repeat(50_000)}0]`, 'too-many-readings');
  expectWhole(JSON.stringify(pack(100_000)), 'too-large');
});

test.each([
  ['v twice', '{"n":"ch4-2","v":1,"v":99}'],
  ['v twice, once escaped', '{"n":"ch4-2","v":1,"\\u0076":99}'],
  ['n twice with equal values', '{"n":"ch4-2","n":"ch4-2","v":1}'],
  ['an ignored field twice', '{"n":"ch4-2","v":1,"x":1,"x":1}'],
  ['a key that is lost to a colon elsewhere', '{"n":"ch4-2","v":1,"v":2,"x":"a:b","y":":"}'],
])('bad input 10: a record with %s is refused alone', (_, record) => {
  expectAlone(record, 'duplicate-key');
});

test('bad input 10: a doubled base spoils what rests on it, a doubled header field spoils the message', () => {
  const first = JSON.stringify({ ...base, ...good });
  const rest = `[${first},{"bt":0,"bt":1,"n":"ch4-2","v":1},{"n":"ch4-2","v":1}]`;
  expect(reasonsOf(decode(rest))).toEqual(['duplicate-key@1', 'duplicate-key@2']);
  expectWhole('[{"bn":"mine-07/","boot":"a","seq":1,"seq":2,"n":"ch4-2","v":1}]', 'duplicate-key');
});

test('bad input 10: an array of indices does not hide a doubled key', () => {
  expect(reasonsOf(decode('[{"bn":"mine-07/"},[1],{"n":"ch4-2","v":1,"v":2}]'))).toEqual([
    'record-not-object@1',
    'duplicate-key@2',
  ]);
});

test.each(['__proto__', 'constructor', 'prototype'])('bad input 11: a field %s is refused', (name) => {
  const before = Object.getOwnPropertyNames(Object.prototype);
  expectAlone(`{"n":"ch4-2","v":1,"${name}":{"polluted":true}}`, 'forbidden-field');
  expectAlone(`{"n":"ch4-2","v":1,"${name}":1}`, 'forbidden-field');
  expectAlone(`{"n":"ch4-2","v":1,"x":{"${name}":{"polluted":true}}}`, 'field-type');
  expectWhole(`{"${name}":{"polluted":true}}`, 'not-a-pack');
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  expect('polluted' in {}).toBe(false);
});

test('bad input 12: fields that shadow methods have no effect', () => {
  const { readings, refusals } = decode([
    { ...base, ...good, toString: 1, hasOwnProperty: 2, valueOf: 'x', length: 5, toJSON: null },
  ]);
  expect(refusals).toEqual([]);
  expect(readings[0]).toMatchObject({ sensorId: 'ch4-2', value: 0.3 });
});

test.each([
  ['a number as text', '{"n":"ch4-2","v":"0.5"}', 'field-type'],
  ['a text as switch', '{"n":"fan-1","vb":"true"}', 'field-type'],
  ['a time as text', '{"n":"ch4-2","v":1,"t":"5"}', 'field-type'],
  ['1e999', '{"n":"ch4-2","v":1e999}', 'number-out-of-range'],
  ['a time of 1e999', '{"n":"ch4-2","v":1,"t":-1e999}', 'number-out-of-range'],
  ['2^53 + 1', '{"n":"ch4-2","v":9007199254740993}', 'number-out-of-range'],
])('bad input 13: %s is refused alone', (_, record, reason) => {
  expectAlone(record, reason);
});

test.each(['0x10', 'NaN', 'Infinity', '.5', '+1', '01', '1.', "'1'"])(
  'bad input 13: the literal %s is no JSON',
  (literal) => {
    expectWhole(`[{"bn":"mine-07/","n":"ch4-2","v":${literal}}]`, 'not-json');
  },
);

test('bad input 13: -0 is a zero that was printed with a sign, and 2^53 - 1 is the largest number', () => {
  const { readings } = decode('[{"bn":"mine-07/","n":"ch4-2","v":-0.0},{"n":"ch4-2","v":9007199254740991}]');
  expect(Object.is(readings[0]?.value, 0)).toBe(true);
  expect(readings[1]?.value).toBe(Number.MAX_SAFE_INTEGER);
});

test.each([
  ['a lone surrogate', '"ch4\\ud800"'],
  ['NUL', '"ch4\\u0000"'],
  ['a right-to-left override', '"ch4\\u202e"'],
  ['a zero-width space', '"ch4\\u200b-2"'],
  ['a long text', JSON.stringify('x'.repeat(100_000))],
])('bad input 14: a name with %s is refused, and is harmless in the detail', (_, name) => {
  const admitted = decode(`[{"bn":"mine-07/","n":${name},"v":1},${JSON.stringify(good)}]`);
  expect(reasonsOf(admitted)).toEqual(['sensor-unknown@0']);
  expect(admitted.refusals[0]?.detail).toMatch(/^[ -~…]{1,400}$/);
  expect(admitted.readings).toHaveLength(1);
});

test.each(['a\u0000b', 'a\u202eb', 'é', '', ' ', 'x'.repeat(33)])(
  'bad input 14: boot %p is refused',
  (boot) => {
    expectWhole([{ ...base, boot, seq: 1, ...good }], 'header-field');
  },
);

test('bad inputs 15 and 16: compressed and binary bodies are refused', () => {
  expectWhole(gzipSync(JSON.stringify([{ ...base, ...good }])), 'not-utf8');
  expectWhole(Buffer.from('81a2216531...'.replaceAll('.', ''), 'hex'), 'not-utf8');
  expectWhole(Buffer.from([0x08, 0x96, 0x01]), 'not-utf8');
});

test('bad input 17: a value beyond the range is kept, flagged and counted, not silent', () => {
  const admitted = decode([
    { ...base, n: 'ch4-1', v: 4.01 },
    { n: 'ch4-1', v: -5 },
  ]);
  expect(admitted.readings.map(({ value, quality }) => [value, quality])).toEqual([
    [4.01, 'over-range'],
    [-5, 'fault'],
  ]);
  expect(admitted.counts).toMatchObject({ stored: 2, outOfRange: 2 });
});

test('bad input 18: a changed unit is refused alone', () => {
  expectAlone({ n: 'ch4-2', v: 20, u: '%{LEL}' }, 'unit-mismatch');
  expectAlone({ n: 'ch4-2', v: 20, u: '' }, 'unit-mismatch');
});

test('bad input 19: a future version is refused as a whole, so that it can be replayed', () => {
  expectWhole([{ ...base, bver: 11, ...good }], 'future-version');
  expectWhole([{ ...base, bver: 5, ...good }], 'header-field');
  expect(decode([{ ...base, bver: 10, ...good }]).readings).toHaveLength(1);
});

test('bad input 20: a record whose field was renamed is refused alone, not taken for empty', () => {
  expectAlone({ n: 'ch4-2', value: 0.5 }, 'no-value');
  expectAlone({ name: 'ch4-2', v: 0.5 }, 'no-name');
  expectAlone({ name: 'ch4-2', value: 0.5 }, 'no-name');
  expectAlone({}, 'no-name');
  expect(reasonsOf(decode([{ ...base, boot: 'b', seq: 1, name: 'ch4-2', value: 0.5 }]))).toEqual([
    'no-name@0',
  ]);
});

test('bad input 21: a pack that names another device is refused as a whole', () => {
  expectWhole([{ bn: 'mine-08/', ...good }], 'identity-mismatch');
  expectWhole(
    [
      { ...base, ...good },
      { bn: 'mine-08/', ...good },
    ],
    'identity-mismatch',
  );
  expectWhole([{ n: 'mine-08/ch4-2', v: 1 }], 'identity-mismatch');
  expectWhole([{ bn: 'mine-071/', ...good }], 'identity-mismatch');
});

test('a device that is not registered, or is revoked, is refused before its payload is read', () => {
  const revoked = { ...registration, status: 'revoked' as const };
  const reasons = [undefined, revoked, registration].map((known) =>
    reasonsOf(decodeMessage(envelopeOf('rubbish'), 'senml', known, emptyTelemetryState)),
  );
  expect(reasons).toEqual([['device-unregistered'], ['device-revoked'], ['not-json']]);
});
