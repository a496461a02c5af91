import fc from 'fast-check';
import { roundHalfEven } from '../../../functions/domain/telemetry/round.ts';

test('semantics 4: what is computed is rounded half-even as the decimal that it stands for', () => {
  expect(roundHalfEven(0.1 + 0.2, 4)).toBe(0.3);
  expect(roundHalfEven(10 * 0.8 - 8 + 0.8, 5)).toBe(0.8);
  expect(roundHalfEven(1.005, 2)).toBe(1);
  expect(roundHalfEven(1.015, 2)).toBe(1.02);
  expect(roundHalfEven(2.675, 2)).toBe(2.68);
});

test.each([
  [0.5, 0, 0],
  [1.5, 0, 2],
  [2.5, 0, 2],
  [-0.5, 0, 0],
  [-1.5, 0, -2],
  [-2.5, 0, -2],
  [0.125, 2, 0.12],
  [0.375, 2, 0.38],
  [0.05, 0, 0],
  [1e-12, 5, 0],
  [4e-7, 6, 0],
  [6e-7, 6, 0.000001],
  [9e-8, 6, 0],
  [999_999.9995, 3, 1_000_000],
  [4e-17, 16, 0],
  [6e-17, 16, 1e-16],
])('%p at %p places is %p', (x, places, expected) => {
  expect(roundHalfEven(x, places)).toBe(expected);
});

test('what is not finite and what has no decimals stays as it is, zero without its sign', () => {
  expect(roundHalfEven(Number.POSITIVE_INFINITY, 2)).toBe(Number.POSITIVE_INFINITY);
  expect(roundHalfEven(Number.NaN, 2)).toBeNaN();
  expect(roundHalfEven(2 ** 53, 3)).toBe(2 ** 53);
  expect(roundHalfEven(1e300, 3)).toBe(1e300);
  expect(Object.is(roundHalfEven(-0.0001, 2), 0)).toBe(true);
  expect(Object.is(roundHalfEven(-0, 2), 0)).toBe(true);
});

/** Half-even on the shortest decimal, digit by digit and without any floating point. */
function slowly(x: number, places: number): number {
  const [mantissa = '', exponent = ''] = Math.abs(x).toExponential().split('e');
  const digits = BigInt(mantissa.replace('.', ''));
  const scale = places + Number(exponent) - (mantissa.length > 1 ? mantissa.length - 2 : 0);
  if (scale >= 0) return x + 0;
  const unit = 10n ** BigInt(-scale);
  const whole = digits / unit;
  const twice = (digits % unit) * 2n;
  const up = twice > unit || (twice === unit && whole % 2n === 1n);
  return Math.sign(x) * Number(`${up ? whole + 1n : whole}e-${places}`) + 0;
}

test('the fast way and the way over digits agree', () => {
  const decimal = fc
    .tuple(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.integer({ min: 0, max: 9 }))
    .map(([whole, places]) => Number(`${whole}e-${places}`));
  const anything = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 });
  fc.assert(
    fc.property(fc.oneof(decimal, anything), fc.integer({ min: 0, max: 8 }), (x, places) => {
      expect(roundHalfEven(x, places)).toBe(slowly(x, places));
    }),
    { numRuns: 5_000 },
  );
});

test('sums of decimals that were sent are the decimal sum', () => {
  const cents = fc.integer({ min: -(10 ** 7), max: 10 ** 7 });
  fc.assert(
    fc.property(cents, cents, (a, b) => {
      expect(roundHalfEven(a / 100 + b / 100, 5)).toBe((a + b) / 100 + 0);
    }),
    { numRuns: 1_000 },
  );
});
