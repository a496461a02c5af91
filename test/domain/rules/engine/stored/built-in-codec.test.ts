import { AssertionError } from 'node:assert';
import { AlertId } from '../../../../../functions/domain/ids.ts';
import {
  type BuiltInCell,
  newBuiltInCell,
  phases,
} from '../../../../../functions/domain/rules/engine/cell.ts';
import {
  isBuiltInBlank,
  readBuiltIn,
  readHint,
  writeBuiltIn,
  writeHint,
} from '../../../../../functions/domain/rules/engine/stored/built-in-codec.ts';
import { bytesBy, readAll } from '../../../../support/engine/bytes.ts';

const base = 1_000;
const hint = { alertId: AlertId.parse('alert-1'), alertVersion: 7 };
const hintBytes = [7, ...Buffer.from('alert-1'), 7];
const cellOf = (more: Partial<BuiltInCell>): BuiltInCell => ({ ...newBuiltInCell(), ...more });

test('an alert is named by its id and its version', () => {
  expect(bytesBy((writer) => writeHint(writer, hint))).toEqual(hintBytes);
  expect(readAll(hintBytes, readHint)).toEqual(hint);
});

test('bytes that name an alert by what is no id are a broken invariant', () => {
  const read = () => readAll([0, 7], readHint);
  expect(read).toThrow(AssertionError);
  expect(read).toThrow('stored state names an alert by what is no id');
});

test.each<[string, BuiltInCell, readonly number[]]>([
  ['none', newBuiltInCell(), [0]],
  ['an alert that is over', cellOf({ rank: 2, hint }), [28, ...hintBytes]],
  [
    'one that stands',
    cellOf({ phase: phases.active, rank: 1, since: 990, clearSince: -1, lastAt: 999 }),
    [18, 21, 0, 3],
  ],
  [
    'one that clears, with its alert',
    cellOf({ phase: phases.clearing, rank: 3, since: 990, clearSince: 995, lastAt: 1_000, hint }),
    [39, 21, 11, 1, ...hintBytes],
  ],
])('an alert on data lies in bytes and is found again: %s', (_, cell, bytes) => {
  expect(bytesBy((writer) => writeBuiltIn(writer, base, cell))).toEqual(bytes);
  expect(readAll(bytes, (reader) => readBuiltIn(reader, base))).toEqual(cell);
});

test('there is nothing to write of an alert on data that is idle and was never told', () => {
  expect([{}, { rank: 2 }].map(cellOf).map(isBuiltInBlank)).toEqual([true, true]);
  expect(
    [{ hint }, { phase: phases.active }, { phase: phases.active, hint }].map(cellOf).map(isBuiltInBlank),
  ).toEqual([false, false, false]);
});
