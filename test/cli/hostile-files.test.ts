import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { readProof } from '../../cli/proofs/read-proof.ts';
import { renderProblem } from '../../cli/rules/problem.ts';
import { readRuleFile } from '../../cli/rules/rule-file.ts';

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
