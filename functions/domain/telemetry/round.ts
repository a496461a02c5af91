/** What this room knows: what devices say. This file: rounding that treats a double as the decimal it stands for. */

const powers = Array.from({ length: 16 }, (_, places) => 10 ** places);

/** How near to a tie a product may lie before its last bits decide it; 4 ulp cover the two roundings made. */
const doubtUlps = 4;

/**
 * `x` rounded to `places` decimals, ties to the even neighbour (semantics 4).
 *
 * The decimal meant by `x` is the shortest one that reads back as `x`, so `1.005` ties and gives `1`; what lies
 * clearly to one side is decided by one multiplication, only ties go through digits. A value that is not finite
 * stays as it is.
 *
 * @param places from 0; those to 15 are the fast ones
 * @example roundHalfEven(0.1 + 0.2, 5) // 0.3
 */
export function roundHalfEven(x: number, places: number): number {
  const power = powers[places] ?? 10 ** places;
  const scaled = x * power;
  const size = Math.abs(scaled);
  if (size < 2 ** 49) {
    const below = Math.floor(scaled);
    const rest = scaled - below;
    if (Math.abs(rest - 0.5) > size * doubtUlps * Number.EPSILON)
      return positiveZero((rest > 0.5 ? below + 1 : below) / power);
  }
  return Number.isFinite(x) ? positiveZero(roundDigits(x, places)) : x;
}

/**
 * The digits of `x`, with the point `places` further right: an exact integer and a rest below it.
 *
 * Comes to what is huge or all but a tie, so that the first digit stands one place behind the point at most.
 */
function roundDigits(x: number, places: number): number {
  const text = Math.abs(x).toExponential();
  const mark = text.indexOf('e');
  const digits = text.slice(0, mark).replace('.', '');
  const kept = 1 + Number(text.slice(mark + 1)) + places;
  if (kept >= digits.length) return x;
  const whole = BigInt(digits.slice(0, kept) || '0');
  const next = digits.charCodeAt(kept) - 48;
  const isTie = next === 5 && digits.length === kept + 1;
  const up = isTie ? whole % 2n === 1n : next >= 5;
  return Math.sign(x) * Number(`${up ? whole + 1n : whole}e-${places}`);
}

/** No minus before a zero: `-0` would print and compare differently in stored state. */
const positiveZero = (x: number): number => x + 0;
