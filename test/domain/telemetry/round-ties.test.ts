import { roundHalfEven } from '../../../functions/domain/telemetry/round.ts';

test.each([
  [2.5000000000000004, 0, 3],
  [3.5000000000000004, 0, 4],
  [2.4999999999999996, 0, 2],
  [-2.5000000000000004, 0, -3],
  [562_949_953_421_312.5, 0, 562_949_953_421_312],
  [562_949_953_421_313.5, 0, 562_949_953_421_314],
  [1.23456789012345e-5, 18, 0.000012345678901234],
])('a number all but a tie or a great one: %p at %p places is %p', (x, places, expected) => {
  expect(roundHalfEven(x, places)).toBe(expected);
});
