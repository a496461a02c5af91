import { commentMax, line, nameMax } from '../../../functions/domain/inventory/text.ts';

const hostile = 'must not contain control, invisible or text-reordering characters';
const spaced = 'must not start or end with a space';

const complaintsOf = (text: string, max = 9): string[] =>
  (line(max).safeParse(text).error?.issues ?? []).map(({ message }) => message);
/** A text with the character in its middle. */
const around = (code: number): string => `a${String.fromCharCode(code)}b`;
const hex = (code: number): [string, number] => [code.toString(16).padStart(4, '0'), code];

test('names have at most 100 characters, comments at most 1000', () => {
  expect(nameMax).toBe(100);
  expect(commentMax).toBe(1000);
});

test('a line has at least one character and at most as many as it is given', () => {
  const fits = (text: string) => line(3).safeParse(text).success;
  expect(['', 'a', 'ab', 'abc', 'abcd'].map(fits)).toEqual([false, true, true, true, false]);
  expect(line(9).parse('Tank 1 氯')).toBe('Tank 1 氯');
});

test.each(
  [
    ...[0x00, 0x01, 0x09, 0x0a, 0x0d, 0x1b, 0x1e, 0x1f],
    ...[0x7f, 0x80, 0x85, 0x9e, 0x9f],
    ...[0x200b, 0x200c, 0x200e, 0x200f],
    ...[0x2028, 0x2029, 0x202a, 0x202d, 0x202e],
    ...[0x2060, 0x2061, 0x2066, 0x2068, 0x2069],
    ...[0xfeff, 0xd800, 0xdbff, 0xdc00, 0xdfff],
  ].map(hex),
)('U+%s is refused, wherever it stands', (_name, code) => {
  const character = String.fromCharCode(code);
  expect(complaintsOf(around(code))).toEqual([hostile]);
  expect(complaintsOf(`${character}b`)).toContain(hostile);
  expect(complaintsOf(`a${character}`)).toContain(hostile);
});

test.each(
  [
    ...[0x20, 0x21, 0x2d, 0x30, 0x41, 0x5c, 0x75, 0x7d, 0x7e, 0xa0, 0xa1],
    ...[0x2009, 0x200a, 0x2010, 0x2011, 0x2026, 0x2027, 0x202f, 0x2030, 0x205f, 0x206a],
    ...[0x4e00, 0x6c2f, 0xe000, 0xfefe, 0xff00],
  ].map(hex),
)('U+%s may stand within a line', (_name, code) => {
  expect(complaintsOf(around(code))).toEqual([]);
});

test('a character of two halves is one that may be used, half of it is not', () => {
  expect(complaintsOf('\u{1f525}')).toEqual([]);
  expect(complaintsOf('\u{1f525}'.slice(1))).toEqual([hostile]);
});

test('a line has no space at either end, but may have some within', () => {
  expect(complaintsOf(' a')).toEqual([spaced]);
  expect(complaintsOf('a ')).toEqual([spaced]);
  expect(complaintsOf(' ')).toEqual([spaced]);
  expect(complaintsOf('a  b')).toEqual([]);
});
