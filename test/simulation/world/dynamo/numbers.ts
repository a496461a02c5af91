/** Decimal numbers as DynamoDB keeps them: text, exact, at most 38 significant digits. */
import { validation } from './errors.ts';

/** Most significant digits of a number. */
const digitsMax = 38;
/** Least and greatest decimal exponent of the first digit. */
const exponentLeast = -130;
const exponentMost = 125;

/** At most this long, a canonical number is exact as a JavaScript number. */
const exactLength = 15;

const zero = 0x30;
const one = 0x31;
const nine = 0x39;

const decimal = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,4}))?$/;

interface Decimal {
  readonly digits: bigint;
  /** Power of ten that `digits` stands for. */
  readonly exponent: number;
}

/**
 * The one way to write this number: no leading or trailing zeros, no exponent, no plus.
 *
 * @throws ValidationException for what is no number, has too many digits or is out of range
 */
export const canonicalNumber = (text: string): string =>
  isPlainInteger(text) ? text : textOf(checked(parsed(text)));

/** True for most numbers there are: digits alone, not too many, and already in their one way. */
function isPlainInteger(text: string): boolean {
  const { length } = text;
  if (length === 0 || length >= exactLength) return false;
  const first = text.charCodeAt(0);
  if (first < one || first > nine) return text === '0';
  for (let at = 1; at < length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < zero || unit > nine) return false;
  }
  return true;
}

/** Below, at or above zero as `a` is less than, equal to or greater than `b`; both canonical. */
export function compareNumbers(a: string, b: string): number {
  if (a === b) return 0;
  if (a.length <= exactLength && b.length <= exactLength) return Number(a) - Number(b);
  const [left, right] = aligned(parsed(a), parsed(b));
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** `a + b`, or `a - b`. @throws ValidationException when the result has too many digits */
export function addNumbers(a: string, b: string, sign: '+' | '-'): string {
  const first = parsed(a);
  const second = parsed(b);
  const [left, right] = aligned(first, second);
  const exponent = Math.min(first.exponent, second.exponent);
  return textOf(checked(trimmed(sign === '+' ? left + right : left - right, exponent)));
}

function parsed(text: string): Decimal {
  const match = decimal.exec(text);
  const [, sign = '', whole = '', part = '', power = '0'] = match ?? [];
  if (match === null || whole + part === '')
    throw validation(`The parameter cannot be converted to a numeric value: ${text}`);
  const magnitude = BigInt(whole + part);
  return trimmed(sign === '-' ? -magnitude : magnitude, Number(power) - part.length);
}

/** Without the zeros at its end. */
function trimmed(digits: bigint, exponent: number): Decimal {
  if (digits === 0n) return { digits, exponent: 0 };
  let rest = digits;
  let power = exponent;
  while (rest % 10n === 0n) {
    rest /= 10n;
    power += 1;
  }
  return { digits: rest, exponent: power };
}

function checked(number: Decimal): Decimal {
  if (number.digits === 0n) return number;
  const count = String(number.digits).replace('-', '').length;
  if (count > digitsMax) throw validation('Attempting to store more than 38 significant digits in a Number');
  const first = number.exponent + count - 1;
  if (first > exponentMost)
    throw validation(
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    );
  if (first < exponentLeast)
    throw validation(
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    );
  return number;
}

function aligned(a: Decimal, b: Decimal): [bigint, bigint] {
  const exponent = Math.min(a.exponent, b.exponent);
  const at = ({ digits, exponent: own }: Decimal) => digits * 10n ** BigInt(own - exponent);
  return [at(a), at(b)];
}

function textOf({ digits, exponent }: Decimal): string {
  if (exponent >= 0) return String(digits * 10n ** BigInt(exponent));
  const sign = digits < 0n ? '-' : '';
  const all = String(digits)
    .replace('-', '')
    .padStart(1 - exponent, '0');
  return `${sign}${all.slice(0, exponent)}.${all.slice(exponent)}`;
}
