import {
  branchesOf,
  isProvenEmpty,
  isTypedDefault,
  isTypedHole,
  withoutReason,
} from '../../local/checks/branches.ts';
import { unreachableAt, unreachableNames } from '../../local/checks/unreachable.ts';

const at = (line?: number, column = 0) => ({ start: line === undefined ? {} : { line, column } });

const file = (more: object) => ({
  path: '/repo/functions/domain/x.ts',
  branchMap: {},
  b: {},
  fnMap: {},
  f: {},
  ...more,
});

test('a way that no test takes is told with its place, an else that is not written with that of its if', () => {
  const report = {
    a: file({
      branchMap: {
        0: { type: 'if', loc: at(7, 2), locations: [at(7, 2), at()] },
        1: { type: 'cond-expr', loc: at(9), locations: [at(9, 4), at(9, 8)] },
      },
      b: { 0: [3, 0], 1: [1, 1] },
    }),
  };
  expect(branchesOf(report, '/repo', () => [])).toEqual({
    files: 1,
    total: 4,
    holes: 0,
    excluded: [],
    notTaken: ['functions/domain/x.ts:7:3 if, way 2 of 2'],
  });
});

test('a function that no test calls counts as a branch', () => {
  const report = { a: file({ fnMap: { 0: { name: 'never', loc: at(3, 1) } }, f: { 0: 0 } }) };
  expect(branchesOf(report, '/repo', () => [])).toMatchObject({
    total: 1,
    notTaken: ['functions/domain/x.ts:3:2 function never'],
  });
});

test.each([
  ['/* istanbul ignore next */', 1],
  ['/* istanbul ignore next -- no */', 1],
  ['/* istanbul ignore else -- the book refuses any other kind */', 0],
  ['// v8 ignore next', 1],
  ['const ignored = 1;', 0],
])('%s has %i exclusions without a reason', (text, count) => {
  expect(withoutReason(text)).toHaveLength(count);
});

test.each([
  ['const a = list[i] ?? ', '0;', true],
  ['sum += (data[offset + slot] ?? ', '0) * 2;', true],
  ['const text = words[at] ?? ', "'';", true],
  ['const rank = cells[slot]?.rank ?? ', 'never;', true],
  ['const last = (runs.at(-1)?.rank ?? ', '-1) >= 0;', true],
  ['const severity = severities[rank] ?? ', "'red';", true],
  ['const many = counts.get(name) ?? ', '0;', false],
  ['const limit = rule.limits[name] ?? ', '{};', false],
  ['const first = list[0] ?? ', 'assert.fail();', false],
  ['const port = given ?? ', '0;', false],
  ['const much = list[i] ?? ', '10;', false],
])('in "%s%s" the fallback is a hole that only the types know: %s', (before, after, isHole) => {
  expect(isTypedHole(before + after, before.length)).toBe(isHole);
});

test('a hole is counted by itself, and the first way of a fallback never is one', () => {
  const branch = { type: 'binary-expr', loc: at(1), locations: [at(1, 10), at(1, 21)] };
  const report = { a: file({ branchMap: { 0: branch }, b: { 0: [0, 0] } }) };
  const lines = () => ['const a = list[i] ?? 0;'];
  expect(branchesOf(report, '/repo', lines)).toMatchObject({
    holes: 1,
    notTaken: ['functions/domain/x.ts:1:11 binary-expr, way 1 of 2'],
  });
});

test.each([
  ['    default:', '      return state satisfies never;', true],
  ['    default:', '      return state;', false],
  ["    case 'firing':", '      return state satisfies never;', false],
])('that "%s" and "%s" are proven empty: %s', (line, next, isProven) => {
  expect(isProvenEmpty(line, next)).toBe(isProven);
});

test.each([
  ['const [head = ', "'', second = ''] = name.split('.');", true],
  ["const [head = '', second = ", "''] = name.split('.');", true],
  ['function of(list: readonly number[] = ', '[]): void {', false],
  ['const { year = ', '0 } = parts;', false],
])('in "%s%s" the default is a hole that only the types know: %s', (before, after, isHole) => {
  expect(isTypedDefault(before + after, before.length)).toBe(isHole);
});

test('a way that is excluded by its line is told by its exclusion, once for each way', () => {
  const branch = { type: 'if', loc: at(1), locations: [at(1), at()] };
  const report = { a: file({ branchMap: { 0: branch, 1: branch }, b: { 0: [0, 5], 1: [2, 3] } }) };
  const exclusionOf = (name: string, line: string) =>
    name === 'functions/domain/x.ts' && line === 'if (!machine) return;' ? 'no such machine' : undefined;
  expect(branchesOf(report, '/repo', () => ['if (!machine) return;'], exclusionOf)).toMatchObject({
    notTaken: [],
    excluded: ['no such machine'],
  });
});

test('each exclusion by its line is written once, and says its file', () => {
  expect(new Set(unreachableNames).size).toBe(unreachableNames.length);
  const [first = ''] = unreachableNames;
  const [name = '', text = ''] = first.split(': ');
  expect(unreachableAt(name, `    ${text} // more`)).toBe(first);
  expect(unreachableAt('elsewhere.ts', text)).toBeUndefined();
});
