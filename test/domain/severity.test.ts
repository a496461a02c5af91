import { graver, rankOf, severities } from '../../functions/domain/severity.ts';

test('severities go up from what is only recorded to the gravest', () => {
  expect(severities.map(rankOf)).toEqual([0, 1, 2, 3, 4]);
});

test.each([
  [undefined, undefined, undefined],
  ['blue', undefined, 'blue'],
  [undefined, 'signal', 'signal'],
  ['red', 'orange', 'red'],
  ['yellow', 'orange', 'orange'],
  ['blue', 'blue', 'blue'],
] as const)('of %p and %p the graver is %p', (one, other, expected) => {
  expect(graver(one, other)).toBe(expected);
});
