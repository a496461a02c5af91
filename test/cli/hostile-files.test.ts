import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { readProof } from '../../cli/proofs/read-proof.ts';
import { renderProblem } from '../../cli/rules/problem.ts';
import { readRuleFile } from '../../cli/rules/rule-file.ts';
import { readRuleFolder } from '../../cli/rules/rule-folder.ts';

const ruleFile = 'rules/gas/combustible.compartment.yaml';
const rule = await readFile(ruleFile, 'utf8');
const proof = await readFile('rules/gas/combustible.compartment.test.yaml', 'utf8');

/** The text with pieces of it repeated, removed or replaced by something nasty. */
const damaged = (text: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.record({
        at: fc.nat(text.length),
        cut: fc.nat(12),
        put: fc.oneof(
          fc.string({ maxLength: 6, unit: 'binary' }),
          fc.constantFrom(
            '\n',
            ': ',
            '- ',
            '{',
            '}',
            '[',
            ']',
            '&a ',
            '*a',
            '!!x ',
            '"',
            "'",
            '|',
            '>',
            '#',
            '? ',
            '%',
            '@',
            '`',
            '\0',
            '\u202e',
            '__proto__',
            '~',
            '1e999',
            '.nan',
            '0x',
            '<<: ',
          ),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((edits) =>
      edits.reduce((out, { at, cut, put }) => out.slice(0, at) + put + out.slice(at + cut), text),
    );

test('bad input 71: no damage to a rule file makes its reader throw, and every finding can be told', () => {
  let refused = 0;
  fc.assert(
    fc.property(damaged(rule), (text) => {
      const read = readRuleFile(ruleFile, text);
      if (read.ok) return;
      refused++;
      expect(read.problems.length).toBeGreaterThan(0);
      for (const problem of read.problems) {
        expect(problem.line).toBeGreaterThan(0);
        expect(renderProblem(problem)).toContain(`${ruleFile}:${problem.line}:${problem.column}  `);
      }
    }),
    { numRuns: 200 },
  );
  expect(refused).toBeGreaterThan(80);
});

test('bad input 71: no damage to a proof makes its reader throw', () => {
  fc.assert(
    fc.property(damaged(proof), (text) => {
      const read = readProof('x.test.yaml', text, undefined);
      if (!read.ok) for (const problem of read.problems) renderProblem(problem);
    }),
    { numRuns: 200 },
  );
});

test('bad input 71: text that is no YAML at all is refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(readRuleFile(ruleFile, text).ok).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test('bad input 72: a regular expression has no place in a rule', () => {
  const read = readRuleFile(ruleFile, rule.replace('value >= limits.alarm', `'"aaaa".matches("(a+)+$")'`));
  expect(read.ok).toBe(false);
});

/** The findings of the file with one piece replaced. */
const after = (from: string, to: string) => {
  expect(rule).toContain(from);
  const read = readRuleFile(ruleFile, rule.replace(from, to));
  return read.ok ? [] : read.problems;
};

const condition = 'when: value >= limits.alarm';
const inQuotes = (text: string): string => `when: '${text}'`;

test.each([
  ['parentheses', `${'('.repeat(900)}value > 1${')'.repeat(900)}`],
  ['a hundred thousand negations', `${'!'.repeat(100_000)}true`],
  ['a million nodes', Array.from({ length: 1_000_000 }, () => '1').join('+')],
  ['a window of ages', 'avg("9999999999d") > 1'],
  ['a division by zero', 'value / 0 > 1'],
  ['zero by zero', '0 / 0 > value'],
  ['figures of two units (bad input 73)', 'value > rate("10m", "1h")'],
  ['a window of ten years (bad input 73)', 'avg("3650d") > 1'],
  ['a macro in a macro', 'sensors("methane").all(s, sensors("methane").all(t, s.value > t.value))'],
  ['text that is built', '"a" + "b" == "ab"'],
  ['a conversion', 'double("1") > value'],
  ['a list that grows', '[1, 2, 3].map(x, [x, x]).size() > 1'],
])('bad input 72: %s is refused at its place', (_, text) => {
  const [problem] = after(condition, inQuotes(text));
  expect(problem?.line).toBeGreaterThan(0);
  expect(problem && renderProblem(problem).length).toBeLessThan(2_000);
});

test('bad input 72, semantics 29: more windows than a rule may have are refused at the first that is too many, once', () => {
  const windows = (count: number): string =>
    inQuotes(Array.from({ length: count }, (_, i) => `avg("${i + 1}m") > limits.alarm`).join(' || '));
  expect(after(condition, windows(12)).map(({ message }) => message)).not.toContainEqual(
    expect.stringContaining('window'),
  );
  expect(after(condition, windows(14))).toEqual([
    expect.objectContaining({
      field: 'severities.yellow.when',
      message: 'one window too many: a rule may ask 12 different ones',
    }),
  ]);
});

test('bad input 72: names that double each other are refused before they grow', () => {
  const names = Array.from(
    { length: 16 },
    (_, i) => `n${i}: ${i === 0 ? 'value + value' : `n${i - 1} + n${i - 1}`}`,
  );
  const found = after('limits:', `let: { ${names.join(', ')} }\nlimits:`);
  expect(found.some(({ field, message }) => field.startsWith('let.') && message.includes('steps'))).toBe(
    true,
  );
});

test.each([
  ['a field twice', 'trade: gas', 'trade: gas\ntrade: gas'],
  ['a tab', 'limits:\n', 'limits:\n\talarm: 1\n'],
  ['an anchor', 'trade: gas', 'trade: &a gas'],
  ['an alias', 'trade: gas', 'trade: *a'],
  ['a bomb of aliases', 'trade: gas', 'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntrade: [*c, *c]'],
  ['a tag', 'trade: gas', 'trade: !!js/function gas'],
  ['a second document', 'trade: gas', 'trade: gas\n---\ntrade: gas'],
  ['a megabyte', 'trade: gas', `trade: gas # ${'x'.repeat(1_048_576)}`],
  ['a mapping where a text belongs', 'trade: gas', 'trade: { gas: 1 }'],
  ['a list where a mapping belongs', 'silent: { severity: yellow }', 'silent: [yellow]'],
])('bad input 71: %s is refused at its place', (_, from, to) => {
  const [problem] = after(from, to);
  expect(problem?.line).toBeGreaterThan(0);
});

test.each(['', '\n\n', '# nothing\n', '---\n', '~\n', '[]\n', '42\n'])(
  'bad input 71: %j is no rule',
  (text) => {
    expect(readRuleFile(ruleFile, text).ok).toBe(false);
  },
);

test('bad input 71: bytes that are no UTF-8 are refused, and not replaced', async () => {
  const root = await mkdtemp(join(tmpdir(), 'tocsin-'));
  await writeFile(join(root, 'a.yaml'), Buffer.from([0x69, 0x64, 0x3a, 0x20, 0xff, 0xfe]));
  const { problems } = await readRuleFolder(root);
  expect(problems.map(({ message }) => message)).toEqual(['is not UTF-8: this byte begins no character']);
  await rm(root, { recursive: true });
});
