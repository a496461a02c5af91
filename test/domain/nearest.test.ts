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
