import { nestingMax, nestingOf } from '../../cli/rules/nesting.ts';
import { renderProblem } from '../../cli/rules/problem.ts';
import { readYaml } from '../../cli/rules/yaml-document.ts';
import { ruleFileBytesMax } from '../../functions/domain/rules/schema/words.ts';

const messages = (text: string): string[] => readYaml('x.yaml', text).problems.map(({ message }) => message);

test('plain data comes back as data', () => {
  expect(readYaml('x.yaml', 'a: { b: [1, "2", true] }').value).toEqual({ a: { b: [1, '2', true] } });
});

test.each([
  ['an anchor', 'a: &x 1', 'anchor &x is not allowed'],
  ['a tag of the core schema', 'a: !!str 1', 'tag tag:yaml.org,2002:str is not allowed'],
  ['the key __proto__', 'a:\n  __proto__: { b: 1 }', 'field __proto__ is not allowed'],
  ['the key constructor', 'constructor: 1', 'field constructor is not allowed'],
  ['a repeated key', 'a: 1\na: 2', 'Map keys must be unique'],
  ['a second document', 'a: 1\n---\nb: 2', 'a second document begins here'],
  ['a key that is a list', '? [a]\n: 1', 'With stringKeys, all keys must be strings'],
  ['a tab as indentation', 'a:\n\tb: 1', 'Tabs are not allowed as indentation'],
  ['an empty file', '', 'the file is empty'],
])('%s is refused', (_, text, message) => {
  expect(messages(text)).toContain(message);
});

test('an alias is refused before it is followed', () => {
  expect(messages('a: &x [1]\nb: [*x, *x]')).toEqual([
    'anchor &x is not allowed',
    'alias *x is not allowed',
    'alias *x is not allowed',
  ]);
});

test('a billion laughs are refused in no time', () => {
  const levels = Array.from({ length: 20 }, (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}, *l${i}]`);
  const document = readYaml('x.yaml', `l0: &l0 lol\n${levels.join('\n')}`);
  expect(document.value).toBeUndefined();
  expect(document.problems.length).toBeGreaterThan(20);
});

test('a tag of a foreign type is refused', () => {
  expect(messages('a: !!js/function "x"').join()).toContain('js/function');
});

test('prototypes are as before after every hostile text', () => {
  readYaml('x.yaml', '__proto__: { polluted: true }');
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('YAML 1.1 words stay text: yes, no, on, off', () => {
  expect(readYaml('x.yaml', 'a: [yes, no, on, off]').value).toEqual({ a: ['yes', 'no', 'on', 'off'] });
});

test.each([-1, 0])('a file of the largest size and %i bytes is read', (more) => {
  const text = `a: "${'x'.repeat(ruleFileBytesMax - 5 + more)}"`;
  expect(Buffer.byteLength(text)).toBe(ruleFileBytesMax + more);
  expect(messages(text)).toEqual([]);
});

test('a file of one byte more is refused, counted in bytes and not in characters', () => {
  expect(messages(`a: "${'x'.repeat(ruleFileBytesMax - 4)}"`)).toEqual([
    `the file has ${ruleFileBytesMax + 1} bytes, at most ${ruleFileBytesMax} are allowed`,
  ]);
  expect(messages(`a: "${'气'.repeat(ruleFileBytesMax / 3)}"`).join()).toContain('bytes, at most');
});

test.each([
  [nestingMax - 1, true],
  [nestingMax, true],
  [nestingMax + 1, false],
])('nesting of %i brackets is accepted: %s', (depth, accepted) => {
  const text = `${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}`;
  expect(nestingOf(text)).toBe(depth);
  expect(messages(text).length === 0).toBe(accepted);
});

test.each(['[', '{', '- ', '? ', '[{'])('%j sixty thousand times is refused before it is parsed', (token) => {
  expect(messages(token.repeat(Math.floor(60_000 / token.length)))).toEqual([
    `nested more than ${nestingMax} deep`,
  ]);
});

test('nesting by indentation counts too', () => {
  const text = Array.from({ length: nestingMax + 1 }, (_, i) => `${' '.repeat(i)}a:`).join('\n');
  expect(messages(text)).toEqual([`nested more than ${nestingMax} deep`]);
});

test('a finding is located at the field, with its line', () => {
  const document = readYaml('x.yaml', 'a: 1\nb:\n  c: "wrong"\n');
  expect(document.problemAt(['b', 'c'], 'no', 'fix it', 2)).toEqual({
    file: 'x.yaml',
    line: 3,
    column: 9,
    field: 'b.c',
    message: 'no',
    remedy: 'fix it',
    excerpt: '  c: "wrong"',
  });
});

test('a finding about a missing field is located at what should hold it', () => {
  const document = readYaml('x.yaml', 'a: 1\nb:\n  c: 2\n');
  expect(document.problemAt(['b', 'd'], 'is missing')).toMatchObject({ line: 3, column: 3, field: 'b.d' });
});

test('brackets in a comment count for both readers, so that whatever is wrong elsewhere can still be told', () => {
  const text = `# ${'['.repeat(nestingMax + 1)}\na: 1\n`;
  expect(messages(text)).toEqual([`nested more than ${nestingMax} deep`]);
});

test('control characters in the name of a field do not reach the terminal', () => {
  const problem = readYaml('x.yaml', 'a: { "\\u001b[2J": 1 }').problemAtKey(
    ['a'],
    '\u001b[2J',
    'unknown field',
  );
  expect(renderProblem(problem).split('\n')[0]).toBe('x.yaml:1:6  a.\ufffd[2J: unknown field');
});
