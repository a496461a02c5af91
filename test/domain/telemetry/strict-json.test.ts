import { strictItems } from '../../../functions/domain/telemetry/strict-json.ts';

const refusalOf = (payload: string | Uint8Array): unknown => {
  const strict = strictItems(Buffer.from(payload));
  return strict.ok ? strict : strict.refusal;
};
const doubledOf = (text: string): unknown => {
  const strict = strictItems(Buffer.from(text));
  return strict.ok ? [...strict.doubled] : strict.refusal;
};

test('the items of an array are handed on as they are', () => {
  expect(strictItems(Buffer.from('[1,"a",null,{"n":"a","v":1}]'))).toStrictEqual({
    ok: true,
    items: [1, 'a', null, { n: 'a', v: 1 }],
    doubled: new Map(),
  });
  expect(strictItems(Buffer.from('[]'))).toStrictEqual({ ok: true, items: [], doubled: new Map() });
});

test.each([
  ['', 'empty-payload', 'the body is empty; send a SenML pack; an empty body says nothing'],
  ['{}', 'not-a-pack', 'the body is not a JSON array; send a JSON array of records (RFC 8428)'],
  ['null', 'not-a-pack', 'the body is not a JSON array; send a JSON array of records (RFC 8428)'],
  ['[', 'not-json', 'the body is not JSON; send one complete JSON array and nothing after it'],
  [
    '[]x',
    'not-json',
    'the body is not JSON (at character 2); send one complete JSON array and nothing after it',
  ],
  [
    '[123456789] x',
    'not-json',
    'the body is not JSON (at character 12); send one complete JSON array and nothing after it',
  ],
])('%j is refused: %s, %s', (text, reason, detail) => {
  expect(refusalOf(text)).toStrictEqual({ reason, detail });
});

test('bytes that are not UTF-8, too many bytes and too many levels are refused', () => {
  expect(refusalOf(Buffer.from([0x5b, 0xff, 0x5d]))).toStrictEqual({
    reason: 'not-utf8',
    detail: 'the body is not UTF-8; encode JSON as UTF-8',
  });
  expect(refusalOf(`[]${' '.repeat(122_879)}`)).toStrictEqual({
    reason: 'too-large',
    detail: 'the body has 122881 bytes, more than 122880; send at most 120 KB in a message',
  });
  expect(refusalOf(`[]${' '.repeat(122_878)}`)).toMatchObject({ ok: true });
  expect(refusalOf(`[${'{"a":'.repeat(32)}1${'}'.repeat(32)}]`)).toStrictEqual({
    reason: 'too-deep',
    detail: 'the body is nested too deeply; nest at most 32 levels; a SenML pack needs two',
  });
});

test.each([
  ['a text', '["a",{"n":"x","v":1,"v":2}]', [[1, 'v']]],
  ['a number', '[1,{"n":"x","v":1,"v":2}]', [[1, 'v']]],
  ['null', '[null,{"n":"x","v":1,"v":2}]', [[1, 'v']]],
  ['an array', '[[1],{"n":"x","v":1,"v":2}]', [[1, 'v']]],
  ['an object of objects', '[{"a":{"b":1}},{"n":"x","v":1,"v":2}]', [[1, 'v']]],
  ['a colon in a text', '[{"n":":"},{"n":"x","v":1}]', []],
])('%s hides no doubled key', (_, text, doubled) => {
  expect(doubledOf(text)).toEqual(doubled);
});
