import {
  readLastGood,
  readValue,
  scaledOf,
  unscaled,
  writeLastGood,
  writeValue,
} from '../../../../../functions/domain/rules/engine/stored/value-codec.ts';
import type { Value } from '../../../../../functions/domain/telemetry/reading.ts';
import { bytesBy, readAll } from '../../../../support/engine/bytes.ts';

const digitsMax = 2 ** 40;

test.each([
  [0, 0],
  [1, 4],
  [-1, -4],
  [0.5, 21],
  [-1.25, -498],
  [0.001, 7],
  [-0.001, -1],
  [12.345, 49_383],
  [digitsMax - 1, (digitsMax - 1) * 4],
  [1 - digitsMax, (1 - digitsMax) * 4],
])('%f is one integer: %i', (value, coded) => {
  expect(scaledOf(value)).toBe(coded);
  expect(unscaled(coded)).toBe(value);
});

test.each([
  ['four places', 0.0001],
  ['minus nothing', -0],
  ['more digits than have room', digitsMax],
  ['more digits below nothing than have room', -digitsMax],
  ['a third', 1 / 3],
  ['no number', Number.NaN],
  ['an infinite one', Number.POSITIVE_INFINITY],
  ['a switch', true],
  ['a name', '5'],
  ['nothing', undefined],
])('a value is no small integer: %s', (_, value) => {
  expect(scaledOf(value)).toBeUndefined();
});

test.each<[string, Value, readonly number[]]>([
  ['a switch that is off', false, [0]],
  ['a switch that is on', true, [1]],
  ['a number', 1, [2, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]],
  ['minus nothing', -0, [2, 0, 0, 0, 0, 0, 0, 0, 0x80]],
  ['a name', 'on', [3, 2, 111, 110]],
])('a value lies in bytes and is found again: %s', (_, value, bytes) => {
  expect(bytesBy((writer) => writeValue(writer, value))).toEqual(bytes);
  expect(readAll(bytes, readValue)).toBe(value);
});

test.each<[string, Value | undefined, readonly number[]]>([
  ['missing', undefined, [21, 0]],
  ['a decimal of few places', 0.5, [21, 1, 42]],
  ['a switch', true, [21, 2, 1]],
  ['a name', 'on', [21, 2, 3, 2, 111, 110]],
])('the last good value lies in bytes and is found again: %s', (_, value, bytes) => {
  expect(bytesBy((writer) => writeLastGood(writer, 1_000, { at: 990, value }))).toEqual(bytes);
  expect(readAll(bytes, (reader) => readLastGood(reader, 1_000))).toEqual({ at: 990, value });
});
