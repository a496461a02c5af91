import { readFile } from 'node:fs/promises';
import { caseCountMax } from '../../cli/proofs/proof-file.ts';
import { readProof } from '../../cli/proofs/read-proof.ts';
import { readRuleFile } from '../../cli/rules/rule-file.ts';
import type { Rule } from '../../functions/domain/rules/book.ts';

const file = 'rules/chemical/toxic-gas.h2s.yaml';
const ruleText = await readFile(file, 'utf8');
const good = await readFile(file.replace('.yaml', '.test.yaml'), 'utf8');

function ruleOf(text: string): Rule {
  const read = readRuleFile(file, text);
  if (!read.ok) throw new Error('the rule has findings');
  return read.rule;
}

const findings = (text: string, rule = ruleOf(ruleText)): string[] => {
  const read = readProof('x.test.yaml', text, rule);
  return read.ok
    ? []
    : read.problems.map(
        ({ field, message, remedy }) => `${field}: ${message}${remedy ? ` [${remedy}]` : ''}`,
      );
};

test('the proof of a rule of this repository has no finding', () => {
  expect(findings(good)).toEqual([]);
});

test.each(['fires', 'below', 'recovers', 'silence', 'quality'])(
  'a proof without a case that shows %s is refused',
  (claim) => {
    const other = claim === 'fires' ? 'below' : 'fires';
    expect(findings(good.replaceAll(`shows: ${claim}`, `shows: ${other}`))).toEqual([
      `cases: no case shows \`${claim}\` [add a case with shows: ${claim}]`,
    ]);
  },
);

test('a rule that is silent about silence needs no case that shows it', () => {
  const rule = ruleOf(ruleText.replace('silent: { severity: yellow }', 'silent: off'));
  expect(rule.silent).toBeUndefined();
  expect(findings(good.replaceAll('shows: silence', 'shows: fires'), rule)).toEqual([]);
});

test.each([
  [
    'rule: chemical.toxic-gas.h2s',
    'rule: gas.combustible.compartment',
    'rule: must be the rule beside it [write chemical.toxic-gas.h2s]',
  ],
  ['period: 10s', 'period: 10', 'sensor.period: must be a duration such as 30s, 10m or 1h30m'],
  [
    'change: raised',
    'change: risen',
    'cases.0.expect.0.change: must be one of raised, severity-up, severity-down, stale, firing-again, recovered [did you mean `raised`?]',
  ],
  ['at: 20s', 'att: 20s', 'cases.0.expect.0.att: unknown field [did you mean `at`?]'],
  [
    'readings: 2 9.99',
    'readings: 2 9,99',
    'cases.0.readings: cannot read 9,99: write 0.4, 0.4+0.1x10, 1.2x3, _ or 2!calibrating',
  ],
  ['shows: fires', 'show: fires', 'cases.0.show: unknown field [did you mean `shows`?]'],
  [
    'name: stays silent just below the exposure limit',
    'name: fires orange at the exposure limit and red at twice of it',
    'cases.1.name: two cases have this name [rename one of them]',
  ],
])('%j written as %j: %s', (from, to, wanted) => {
  expect(good).toContain(from);
  expect(findings(good.replace(from, to))).toContain(wanted);
});

test.each([
  [caseCountMax - 1, true],
  [caseCountMax, true],
  [caseCountMax + 1, false],
])('a proof of %i cases is accepted: %s', (many, accepted) => {
  const head = good.slice(0, good.indexOf('  - name:'));
  const shows = ['fires', 'below', 'recovers', 'silence', 'quality'];
  const cases = Array.from(
    { length: many },
    (_, i) =>
      `  - { name: n${i}, shows: ${shows[i % 5]}, readings: 1 _ 1!fault, expect: [{ at: 0s, change: raised, severity: red }] }\n`,
  );
  expect(findings(head + cases.join('')).length === 0).toBe(accepted);
});
