import { readFile } from 'node:fs/promises';
import { compare, holds } from '../../cli/proofs/compare.ts';
import { readCorrelationProof } from '../../cli/proofs/read-correlation-proof.ts';
import { correlationTimeline, runCorrelationCase } from '../../cli/proofs/run-correlation-case.ts';
import { bundledRuleBook } from '../../functions/adapters/rule-book/bundled.ts';

const id = 'coal-mine.methane.several-places';
const found = bundledRuleBook().correlations.find((one) => one.id === id);
if (!found) throw new Error(`no correlation ${id}`);
const rule = found;
const good = await readFile('rules/coal-mine/methane.several-places.test.yaml', 'utf8');

const findings = (text: string): string[] => {
  const read = readCorrelationProof('x.test.yaml', text, rule);
  return read.ok ? [] : read.problems.map(({ line, field, message }) => `${line} ${field}: ${message}`);
};

test('the proof of a correlation rule of this repository has no finding', () => {
  expect(findings(good)).toEqual([]);
});

test.each([
  [
    'the proof of another rule',
    `rule: ${id}`,
    'rule: gas.leak.pipe-broken',
    '1 rule: must be the rule beside it',
  ],
  [
    'an alert of a rule that the correlation does not name',
    'rule: coal-mine.methane.coal-face',
    'rule: coal-mine.co.underground',
    `6 cases.0.alerts.0.rule: ${id} does not name coal-mine.co.underground`,
  ],
  ['a field that is not known', 'sensor: t0', 'sensr: t0', '6 cases.0.alerts.0.sensr: unknown field'],
  [
    'an alert that ends before it begins',
    'sensor: t0, severity: red, from: 0s, to: 10s',
    'sensor: t0, severity: red, from: 20s, to: 10s',
    '39 cases.4.alerts.0.to: lies before from',
  ],
  [
    'a claim that nothing shows',
    '      - { at: 1m, change: raised, severity: red }',
    '      - { at: 1m, change: severity-up, severity: red }',
    '5 cases.0.shows: does not show `fires`: nothing is raised',
  ],
])('%s is a finding at its place', (_, from, to, message) => {
  expect(good).toContain(from);
  expect(findings(good.replace(from, to)).map((text) => text.replace(/^\d+/, ''))).toContain(
    message.replace(/^\d+/, ''),
  );
});

test.each(['fires', 'below', 'recovers'])('a proof without a case that shows %s is refused', (claim) => {
  const other = claim === 'below' ? 'fires' : 'below';
  expect(findings(good.replaceAll(`shows: ${claim}`, `shows: ${other}`))).toContainEqual(
    expect.stringContaining(`no case shows \`${claim}\``),
  );
});

test('a case that does not hold is shown with its alerts, what was expected and what came', () => {
  const read = readCorrelationProof('x.test.yaml', good.replace('at: 1m, change', 'at: 2m, change'), rule);
  if (!read.ok) throw new Error('the proof has findings');
  const [one] = read.proof.cases;
  if (!one) throw new Error('no case');
  const came = runCorrelationCase(rule, one);
  expect(holds(compare(rule.id, one, came))).toBe(false);
  expect(correlationTimeline(rule, one, came)).toBe(
    [
      `FAIL ${id}: methane at the cut at two places is one matter of the source`,
      '          0s  coal-mine.methane.coal-face on t0: red',
      '          1m  coal-mine.methane.return on t2: red',
      `          1m              + raised red (${id}, firing, correlation)   came, was not expected`,
      '          2m              - raised red   expected, did not come',
    ].join('\n'),
  );
});
