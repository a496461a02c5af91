import { canonicalJson } from '../../../../functions/domain/rules/engine/canonical-json.ts';

test.each<[string, unknown, string]>([
  ['a text', 'a "b" 气', '"a \\"b\\" 气"'],
  ['a number', 0.1, '0.1'],
  ['what is no number', Number.NaN, 'null'],
  ['a truth value', false, 'false'],
  ['null', null, 'null'],
  ['nothing', undefined, 'null'],
  ['an empty list', [], '[]'],
  ['a list with gaps', [1, undefined, 'x', null], '[1,null,"x",null]'],
  ['a list in a list', [[2, 1], []], '[[2,1],[]]'],
  ['an object without fields', {}, '{}'],
  ['one field', { a: 1 }, '{"a":1}'],
  ['fields in any order', { b: 1, a: 2, B: 3, 10: 4, 9: 5 }, '{"10":4,"9":5,"B":3,"a":2,"b":1}'],
  ['fields that are undefined', { a: undefined, b: 0, c: undefined }, '{"b":0}'],
  ['only such', { a: undefined }, '{}'],
  ['fields that are null, false or empty', { a: null, b: false, c: '' }, '{"a":null,"b":false,"c":""}'],
  ['names that need quotes', { 'a"b': 1, '': 2 }, '{"":2,"a\\"b":1}'],
  [
    'objects in lists in objects',
    { z: [{ b: 1, a: { d: [], c: 2 } }] },
    '{"z":[{"a":{"c":2,"d":[]},"b":1}]}',
  ],
])('%s has one text', (_, value, expected) => {
  expect(canonicalJson(value)).toBe(expected);
});
