import { doubledKeys } from '../../../functions/domain/telemetry/doubled-keys.ts';

const found = (text: string): unknown => {
  const doubled = doubledKeys(text);
  return doubled === 'too-deep' ? doubled : [...doubled];
};

test.each([
  ['a key in two items', '[{"a":1},{"a":1}]'],
  ['a key that is another value', '[{"a":"b","b":"a","c":"c"}]'],
  ['a key and the same one further down', '[{"a":{"a":{"a":1}}}]'],
  ['a key and the same one in its neighbour', '[{"x":{"a":1},"y":{"a":2}}]'],
  ['texts of an array', '[["a","a"],{"a":["a","a"]}]'],
  ['a text that looks like keys', '[{"a":"\\"b\\":1,\\"b\\":2"}]'],
  ['a text alone', '"a"'],
  ['no items', '[]'],
])('%s is not doubled', (_, text) => {
  expect(found(text)).toEqual([]);
});

test.each([
  ['[{"a":1,"a":2}]', [[0, 'a']]],
  ['[1,[2,3],{"x":[1,2]},{"a":1,"a":2}]', [[3, 'a']]],
  [
    '[{"b":1,"a":1,"a":2,"b":3},{},{"c":1,"c":1}]',
    [
      [0, 'a'],
      [2, 'c'],
    ],
  ],
  ['[{"x":{"y":[{"a":1,"a":2}]}}]', [[0, 'a']]],
  ['[{"a" :1,"a"\t:2}]', [[0, 'a']]],
  ['[{"a"\n:1,"a"\r:2}]', [[0, 'a']]],
  ['[{"a"  \n  :1,"a":2}]', [[0, 'a']]],
  ['[{"v":1,"\\u0076":2}]', [[0, 'v']]],
  ['[{"a\\"":1,"a\\"":2}]', [[0, 'a"']]],
  ['[{"a\\\\":1,"a\\\\":2}]', [[0, 'a\\']]],
  ['[{"":1,"":2}]', [[0, '']]],
])('of %s the doubled keys are %j', (text, doubled) => {
  expect(found(text)).toEqual(doubled);
});

test('32 levels are searched, 33 are too deep', () => {
  expect(found('['.repeat(32) + ']'.repeat(32))).toEqual([]);
  expect(found('['.repeat(33) + ']'.repeat(33))).toBe('too-deep');
  expect(found(`[${'{"a":[]},'.repeat(50)}{}]`)).toEqual([]);
});
