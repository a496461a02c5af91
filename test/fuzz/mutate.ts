/** New inputs out of old ones: the same random numbers give the same inputs. */

/** Numbers from 0 to below 1. */
export type Random = () => number;

export interface MutationParts {
  readonly random: Random;
  /** Pieces that the code under test knows. */
  readonly words: readonly Buffer[];
  /** Another input, to take pieces from. */
  readonly other: () => Buffer;
  readonly bytesMax: number;
}

const oddBytes = Buffer.from('{}[]()"\'\\,:;=&%#*!?|<>~`^$@/._- \n\r\t\0\x7f0123456789eExX+', 'latin1');
const oddPieces: readonly Buffer[] = [
  ...[
    '\u202e',
    '\ufeff',
    '\u2028',
    'é',
    '气',
    '😀',
    '\u00a0',
    '\\ud800',
    '\\u0000',
    '%00',
    '%ff',
    '__proto__',
  ],
  ...['constructor', 'prototype', 'toString', 'null', 'true', '[]', '{}', '""', '\r\n', '--', '../'],
].map((text) => Buffer.from(text));
const badUtf8: readonly Buffer[] = [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf8, 0x88], [0xe6]].map(
  (bytes) => Buffer.from(bytes),
);
const oddNumbers: readonly Buffer[] = [
  ...[
    '0',
    '-0',
    '-1',
    '1',
    '00',
    '0.1',
    '1e999',
    '-1e999',
    '1e-400',
    '9007199254740993',
    '2147483648',
    '1e21',
  ],
  ...[
    '4294967296',
    '268435456',
    '1772323200',
    '1772323200000',
    '0x10',
    '.5',
    '5.',
    '+1',
    'NaN',
    'Infinity',
    '1_000',
  ],
].map((text) => Buffer.from(text));

/** Most changes of one input. */
const changesMax = 8;
const repeatsMax = 64;

const below = (random: Random, count: number): number => Math.floor(random() * count);

function pick<T>(random: Random, from: readonly T[], otherwise: T): T {
  return from[below(random, from.length)] ?? otherwise;
}

/** A short range of `input`, mostly of a few bytes. */
function range(random: Random, input: Buffer): readonly [number, number] {
  const from = below(random, input.length + 1);
  const most = random() < 0.8 ? 16 : input.length;
  return [from, Math.min(input.length, from + 1 + below(random, most))];
}

const replaced = (input: Buffer, from: number, to: number, put: Uint8Array): Buffer =>
  Buffer.concat([input.subarray(0, from), put, input.subarray(to)]);

function digitsNear(input: Buffer, from: number): readonly [number, number] | undefined {
  const isDigit = (at: number): boolean => (input[at] ?? 0) >= 0x30 && (input[at] ?? 0) <= 0x39;
  let start = from;
  while (start < input.length && !isDigit(start)) start++;
  if (start >= input.length) return undefined;
  while (start > 0 && isDigit(start - 1)) start--;
  let end = start;
  while (isDigit(end)) end++;
  return [start, end];
}

type Change = (input: Buffer, parts: MutationParts) => Buffer;
const empty = Buffer.alloc(0);

const setByte =
  (value: (random: Random, old: number) => number): Change =>
  (input, { random }) => {
    const copy = Buffer.from(input);
    const at = below(random, input.length);
    if (at < copy.length) copy[at] = value(random, copy[at] ?? 0) & 0xff;
    return copy;
  };

const put =
  (piece: (parts: MutationParts, input: Buffer) => Uint8Array, isOver: boolean): Change =>
  (input, parts) => {
    const [from, to] = range(parts.random, input);
    return replaced(input, from, isOver ? to : from, piece(parts, input));
  };

const word = ({ random, words }: MutationParts): Buffer => pick(random, words, empty);
const foreign = ({ random, other }: MutationParts): Buffer => {
  const from = other();
  return from.subarray(...range(random, from));
};
const own = ({ random }: MutationParts, input: Buffer): Buffer => input.subarray(...range(random, input));
const many = ({ random }: MutationParts, input: Buffer): Buffer => {
  const piece =
    random() < 0.5
      ? input.subarray(...range(random, input))
      : Buffer.of(oddBytes[below(random, oddBytes.length)] ?? 0);
  return Buffer.concat(Array.from({ length: 1 + below(random, repeatsMax) }, () => piece));
};

const changes: readonly Change[] = [
  setByte((random, old) => old ^ (1 << below(random, 8))),
  setByte((random) => below(random, 256)),
  setByte((random) => oddBytes[below(random, oddBytes.length)] ?? 0),
  (input, { random }) => replaced(input, ...range(random, input), empty),
  (input, { random }) => {
    const at = below(random, input.length + 1);
    return replaced(input, at, at + 1, empty);
  },
  put(({ random }) => Buffer.of(oddBytes[below(random, oddBytes.length)] ?? 0), false),
  put(word, false),
  put(word, true),
  put(word, true),
  put(({ random }) => pick(random, oddPieces, empty), false),
  put(({ random }) => pick(random, oddPieces, empty), true),
  put(({ random }) => pick(random, badUtf8, empty), false),
  put(foreign, false),
  put(foreign, true),
  put(own, false),
  put(own, true),
  put(many, false),
  (input, { random }) => {
    const found = digitsNear(input, below(random, input.length + 1));
    return found === undefined ? input : replaced(input, ...found, pick(random, oddNumbers, empty));
  },
];

/** `input` with a few changes, cut to `bytesMax`. */
export function mutate(input: Buffer, parts: MutationParts): Buffer {
  const { random, bytesMax } = parts;
  let changed = input;
  const count = 1 + below(random, random() < 0.7 ? 3 : changesMax);
  for (let i = 0; i < count; i++) changed = pick(random, changes, (same: Buffer) => same)(changed, parts);
  return changed.length > bytesMax ? changed.subarray(0, bytesMax) : changed;
}
