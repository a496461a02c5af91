import type { GivenInputs } from '../../cli/rules/cel/compile.ts';
import { compileCondition } from '../../cli/rules/cel/compile.ts';
import { stepsMax } from '../../cli/rules/cel/cost.ts';
import type { Type } from '../../cli/rules/cel/finding.ts';
import { textLengthMax } from '../../cli/rules/cel/literals.ts';
import { listLengthMax } from '../../cli/rules/cel/translate.ts';
import { conditionLengthMax } from '../../functions/domain/rules/schema/words.ts';

const inputs: GivenInputs = new Map<string, Type>([
  ['value', 'number'],
  ['quality', 'string'],
  ['limits.alarm', 'number'],
  ['limits.cut', 'number'],
]);

const tree = (text: string, known: GivenInputs = inputs) => {
  const compiled = compileCondition(text, known);
  if (!compiled.ok) throw new Error(compiled.findings.map(({ message }) => message).join('; '));
  return compiled.expression;
};

const findings = (text: string, known: GivenInputs = inputs) => {
  const compiled = compileCondition(text, known);
  return compiled.ok ? [] : compiled.findings;
};

const messages = (text: string): string[] => findings(text).map(({ message }) => message);

test('a comparison becomes plain data', () => {
  expect(tree('value >= limits.alarm')).toEqual({
    op: 'ge',
    left: { op: 'input', name: 'value' },
    right: { op: 'input', name: 'limits.alarm' },
  });
});

test('semantics 27: an integer literal is widened, so that value == 1 is a comparison of doubles', () => {
  expect(tree('value == 1')).toEqual({
    op: 'eq',
    left: { op: 'input', name: 'value' },
    right: { op: 'literal', value: 1 },
  });
  expect(tree('value * 2 > 1')).toMatchObject({ op: 'gt', left: { op: 'multiply' } });
  expect(tree('value in [1, 2.5, -3]')).toMatchObject({ op: 'in', list: [1, 2.5, -3] });
});

test('a minus before a number is part of the number', () => {
  expect(tree('value < -1.5')).toMatchObject({ right: { op: 'literal', value: -1.5 } });
});

test.each([
  ['!(value < 1)', 'not'],
  ['value < 1 && value > 0', 'and'],
  ['value < 1 || value > 2', 'or'],
  ['value != 1', 'ne'],
  ['value <= 1', 'le'],
  ['value < 0 ? -value > 1 : value > 1', 'if'],
  ['quality == "good"', 'eq'],
  ['quality in ["good", "over-range"]', 'in'],
  ['(value + 1) / 2 - limits.cut > 0', 'gt'],
])('%s is part of the language', (text, op) => {
  expect(tree(text).op).toBe(op);
});

test.each([
  ['size("a") > 1', 'unknown function `size()`'],
  ['"a".size() > 1', 'unknown function `size()`'],
  ['quality.matches("(a+)+$")', 'unknown function `matches()`'],
  ['quality.split("") == quality.split("")', 'unknown function `split()`'],
  ['["a"].exists(x, x == quality)', 'unknown function `exists()`'],
  ['[1, 2].all(x, x > 0)', 'unknown function `all()`'],
  ['double("1") > value', 'unknown function `double()`'],
  ['has(limits.alarm)', 'unknown function `has()`'],
  ['value % 2 == 0', '`%` is not allowed: all numbers are decimals'],
  ['{"a": 1}["a"] > 0', 'maps, indexes and optional fields are not allowed'],
  ['limits["alarm"] > 1', 'maps, indexes and optional fields are not allowed'],
  ['[value] == [1]', 'a list stands only after `in`'],
  ['value == null', 'null is not a value of a condition'],
  ['value > 1u', 'unsigned integers and bytes are not allowed'],
  ['quality == b"x"', 'unsigned integers and bytes are not allowed'],
  ['value in limits.alarm', '`in` needs a list of literals'],
  ['value in [limits.alarm]', 'only literals may stand in a list'],
  ['value in ["a"]', 'a string in a list for a number'],
  ['value == "a"', 'compares a number with a string'],
  ['quality > "a"', '`>` needs a number, this is a string'],
  ['quality + "a" == "b"', '`+` needs a number, this is a string'],
  ['value && true', '`&&` needs a boolean, this is a number'],
  ['!value', '`!` needs a boolean, this is a number'],
  ['value ? true : false', '`? :` needs a boolean, this is a number'],
  ['value > 1 ? true : 1', 'one branch is a boolean, the other a number'],
  ['value + 1', 'a condition must be true or false, this is a number'],
  ['value > 9007199254740993', 'an integer that no double holds exactly'],
])('%s is refused: %s', (text, message) => {
  expect(messages(text)).toContain(message);
});

test('an unknown name is refused with the name that was probably meant', () => {
  expect(findings('vlaue >= limits.alrm')).toEqual([
    { start: 0, end: 5, message: 'unknown name `vlaue`', remedy: 'did you mean `value`?' },
    { start: 9, end: 20, message: 'unknown name `limits.alrm`', remedy: 'did you mean `limits.alarm`?' },
  ]);
});

test('all findings of a condition come at once', () => {
  expect(messages('foo > 1 && bar() && value == "a"')).toHaveLength(3);
});

test('a syntax error is a finding at its place', () => {
  expect(findings('value >= ')).toMatchObject([{ message: 'Unexpected token: EOF' }]);
  expect(findings('value >> 1')[0]?.start).toBe(7);
});

/** `2 * terms + 1` steps in as few characters as can be. */
const sum = (terms: number): string => `${Array.from({ length: terms }, () => '1').join('+')}<1`;

test.each([
  [stepsMax - 1, true],
  [stepsMax + 1, false],
])('semantics 27: a condition of %i steps is accepted: %s', (steps, accepted) => {
  const text = sum((steps - 1) / 2);
  const compiled = compileCondition(text, inputs);
  expect(compiled.ok).toBe(accepted);
  if (compiled.ok) expect(compiled.steps).toBe(steps);
  else expect(compiled.findings[0]?.message).toBe(`${steps} steps, at most ${stepsMax} are allowed`);
});

test('semantics 27: a condition of exactly 1,000 steps is accepted', () => {
  const compiled = compileCondition(`!(${sum(499)})`, inputs);
  expect(compiled.ok && compiled.steps).toBe(stepsMax);
});

test.each([
  [conditionLengthMax - 1, true],
  [conditionLengthMax, true],
  [conditionLengthMax + 1, false],
])('a condition of %i characters is accepted: %s', (length, accepted) => {
  expect(compileCondition('value > 1'.padEnd(length), inputs).ok).toBe(accepted);
});

test('the deepest condition that its length allows is refused for its steps', () => {
  expect(messages(`${'!'.repeat(conditionLengthMax - 4)}true`)).toEqual([
    `${conditionLengthMax - 3} steps, at most ${stepsMax} are allowed`,
  ]);
});

test.each([1_000, 10_000, 100_000])('parentheses %i deep are refused, not a stack overflow', (depth) => {
  expect(findings(`${'('.repeat(depth)}true${')'.repeat(depth)}`)).toHaveLength(1);
  expect(findings(`${'!'.repeat(depth + 1)}true`)).toHaveLength(1);
});

test.each([
  [listLengthMax - 1, true],
  [listLengthMax, true],
  [listLengthMax + 1, false],
])('a list of %i members is accepted: %s', (members, accepted) => {
  const list = Array.from({ length: members }, (_, i) => i).join(', ');
  expect(compileCondition(`value in [${list}]`, inputs).ok).toBe(accepted);
});

test('semantics 27: each member of a list is a step', () => {
  const compiled = compileCondition('value in [1, 2, 3]', inputs);
  expect(compiled.ok && compiled.steps).toBe(5);
});

test('an empty list is refused', () => {
  expect(messages('value in []')).toContain(`a list of 0 members`);
});

test.each([
  [textLengthMax - 1, true],
  [textLengthMax, true],
  [textLengthMax + 1, false],
])('a text of %i characters is accepted: %s', (length, accepted) => {
  expect(compileCondition(`quality == "${'x'.repeat(length)}"`, inputs).ok).toBe(accepted);
});

test('a switch and an enumeration have types of their own', () => {
  expect(tree('value', new Map([['value', 'boolean' as const]]))).toEqual({ op: 'input', name: 'value' });
  expect(tree('value == "open"', new Map([['value', 'string' as const]])).op).toBe('eq');
  expect(findings('value > 1', new Map([['value', 'boolean' as const]]))).toHaveLength(1);
});
