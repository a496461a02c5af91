import { never, phases } from '../../../../../functions/domain/rules/engine/cell.ts';
import {
  flag,
  has,
  phaseOf,
  readAt,
  writeAt,
} from '../../../../../functions/domain/rules/engine/stored/at-codec.ts';
import { bytesBy, readAll } from '../../../../support/engine/bytes.ts';

test.each([
  ['no instant', never, [0]],
  ['the base itself', 1_000, [1]],
  ['one before it', 999, [3]],
  ['one after it', 1_001, [2]],
  ['some before it', 990, [21]],
  ['some after it', 1_010, [20]],
  ['the first instant of all', 0, [209, 15]],
])('an instant is written as its distance: %s', (_, at, bytes) => {
  expect(bytesBy((writer) => writeAt(writer, 1_000, at))).toEqual(bytes);
  expect(readAll(bytes, (reader) => readAt(reader, 1_000))).toBe(at);
});

test.each([
  [0, 1],
  [1, 2],
  [5, 32],
])('flag %i is the bit of %i', (bit, value) => {
  expect([flag(true, bit), flag(false, bit)]).toEqual([value, 0]);
  expect([has(value, bit), has(0xff - value, bit)]).toEqual([true, false]);
});

test('a phase is its number, and a number that is none is idle', () => {
  expect([0, 1, 2, 3].map(phaseOf)).toEqual([phases.idle, phases.pending, phases.active, phases.clearing]);
  expect(phaseOf(4)).toBe(phases.idle);
});
