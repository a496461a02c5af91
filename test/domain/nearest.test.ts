import { nearest } from '../../functions/domain/nearest.ts';

test.each([
  ['vlaue', 'value'],
  ['limits.alrm', 'limits.alarm'],
  ['Quality', 'quality'],
  ['qualit', 'quality'],
])('%s was probably %s', (word, meant) => {
  expect(nearest(word, ['value', 'quality', 'limits.alarm', 'limits.cut'])).toBe(meant);
});

test('a word that is far from all known words suggests nothing', () => {
  expect(nearest('temperature', ['value', 'quality'])).toBeUndefined();
});

test('of two candidates the closer one is suggested', () => {
  expect(nearest('clearFo', ['clear', 'clearFor'])).toBe('clearFor');
});

test('a word too long for a typing error is not compared', () => {
  expect(nearest('x'.repeat(65), ['x'.repeat(66)])).toBeUndefined();
  expect(nearest('x'.repeat(64), ['x'.repeat(65)])).toBe('x'.repeat(65));
});

test.each([
  ['bac', 'abc', true],
  ['bca', 'abc', false],
  ['abx', 'abc', true],
  ['axx', 'abc', false],
  ['badcef', 'abcdef', true],
  ['badcfe', 'abcdef', false],
  ['abcd', 'abcdef', true],
  ['abc', 'abcdef', false],
  ['abcdefgh', 'abcdef', true],
  ['xxcdef', 'abcdef', true],
  ['xxxdef', 'abcdef', false],
  ['axbxcxdef', 'abcdef', true],
  ['ab', 'ba', true],
  ['ab', 'ca', false],
  ['ab', 'bc', false],
  ['a', 'b', true],
  ['', 'a', true],
  ['', 'ab', false],
])(
  'a third of the longer word may be wrong, a swap of neighbours counts once: from %j to %j is near: %s',
  (word, known, isNear) => {
    expect(nearest(word, [known])).toBe(isNear ? known : undefined);
  },
);

test('of equally close words the first is suggested, wherever it stands', () => {
  expect(nearest('cat', ['bat', 'rat'])).toBe('bat');
  expect(nearest('clear', ['clean', 'clear', 'cleat'])).toBe('clear');
});
