import {
  type Cell,
  newCell,
  newMachine,
  nobody,
  phases,
} from '../../../../functions/domain/rules/engine/cell.ts';
import { cellOfSnapshot, note, noted } from '../../../../functions/domain/rules/engine/snapshot.ts';
import { filledCell } from '../../../support/engine/filled.ts';

const again = (cell: Cell): Cell => {
  note(cell);
  return cellOfSnapshot(noted());
};

test('a cell that was noted is the same again, without its hint', () => {
  const cell = filledCell();
  expect(again(cell)).toEqual(cell);
  expect(again({ ...cell, hint: undefined }).owner).toBe(nobody);
});

test.each(['isCalm', 'isStale', 'isHoldOver', 'isUnknownOver', 'wasToldStale'] as const)(
  'a cell of which only %s is true is so again',
  (flag) => {
    const cell = { ...newCell(1, 7), [flag]: true };
    expect(again(cell)).toEqual(cell);
    const others = { ...filledCell(), [flag]: false };
    expect(again(others)).toEqual(others);
  },
);

test('of a cell with fewer severities, or shorter stretches, nothing of the one before is left', () => {
  note(filledCell());
  const cell = newCell(1, 5);
  expect(again(cell)).toEqual(cell);
  expect(again(newCell(0, 5))).toEqual(newCell(0, 5));
});

test('a list of numbers holds no more than the cell', () => {
  note(newCell(1, 5));
  const { numbers, lists } = noted();
  note({ ...newCell(0, 5), machines: [{ ...newMachine(), spans: [1, 2, 3] }] });
  expect([numbers.length, lists.length, noted().numbers.length]).toEqual([21, 1, 24]);
});

test('what was noted stays when the cell changes and when another is noted', () => {
  const cell = filledCell();
  note(cell);
  const before = noted();
  cell.machines[0]?.spans.push(1, 2, 3);
  cell.evaluatedAt = 999;
  note(newCell(3, 0));
  expect(cellOfSnapshot(before)).toEqual(filledCell());
});

test('the lists that are replaced and never changed are shared', () => {
  const [before] = filledCell().machines;
  const cell = { ...newCell(0, 0), machines: before ? [before] : [] };
  const [after] = again(cell).machines;
  expect(after?.closed).toBe(before?.closed);
  expect(after?.gaps).toBe(before?.gaps);
  expect(after?.counting).toBe(before?.counting);
});

test.each(Object.values(phases))('a severity and a silence in phase %d stay in it', (phase) => {
  const cell: Cell = { ...newCell(0, 0), silence: phase, machines: [{ ...newMachine(), phase }] };
  expect(again(cell)).toEqual(cell);
});
