import { edgesOf } from '../../../../functions/domain/rules/engine/plain.ts';
import { input, literal } from '../../../support/engine/rules.ts';

const unset = () => undefined;

test('a truth value turns nowhere, a number is no condition', () => {
  expect(edgesOf(literal(true), unset)).toEqual([]);
  expect(edgesOf(literal(5), unset)).toBeUndefined();
});

test('a list of values turns at its numbers, one of what is fixed nowhere, and one of the quality is asked anew', () => {
  expect(edgesOf({ op: 'in', left: input('value'), list: [3, 1] }, unset)).toEqual([3, 1]);
  expect(edgesOf({ op: 'in', left: input('mode'), list: ['normal'] }, unset)).toEqual([]);
  expect(edgesOf({ op: 'in', left: input('quality'), list: ['good'] }, unset)).toBeUndefined();
});
