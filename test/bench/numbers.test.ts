import { isMet } from '../../bench/figures.ts';
import { median, percentile, shown } from '../../bench/numbers.ts';

test('the median is the middle value, and the mean of two middle ones', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow(RangeError);
});

test('a percentile is a value that was measured, by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0, 0.5, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([1, 50, 99, 100]);
  expect(percentile([7], 0.99)).toBe(7);
  expect(() => percentile([], 0.5)).toThrow(RangeError);
});

test('figures show three digits that matter', () => {
  expect([432_212, 21.123, 0.000_667_4, 0.05, 10, 0, 1234.6].map(shown)).toEqual([
    '432,212',
    '21.1',
    '0.000667',
    '0.05',
    '10',
    '0',
    '1,235',
  ]);
});

test('a promise holds up to its goal, or from it on, and nothing is said of what was not measured', () => {
  const figure = { name: 'x', unit: 'y', goal: 10 };
  expect([9, 10, 11].map((value) => isMet({ ...figure, value }))).toEqual([true, true, false]);
  expect([9, 10, 11].map((value) => isMet({ ...figure, value, atLeast: true }))).toEqual([false, true, true]);
  expect(isMet(figure)).toBeUndefined();
  expect(isMet({ name: 'x', unit: 'y', value: 1 })).toBeUndefined();
});
