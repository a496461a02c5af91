import { readFile } from 'node:fs/promises';
import { readProof } from '../../cli/proofs/read-proof.ts';
import { runCase } from '../../cli/proofs/run-case.ts';
import { readRuleFile } from '../../cli/rules/rule-file.ts';

const file = 'rules/gas/combustible.compartment.yaml';

test('bad input 74: a value that flaps over the limit with every reading is one alert until it has calmed down', async () => {
  const read = readRuleFile(file, await readFile(file, 'utf8'));
  if (!read.ok) throw new Error('the rule has findings');
  const flapping = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? '21' : '17')).join(' ');
  const proof = readProof(
    'x.test.yaml',
    `rule: gas.combustible.compartment\nsensor: { period: 10s }\ncases:\n${[
      'fires',
      'below',
      'recovers',
      'silence',
      'quality',
    ]
      .map(
        (shows) =>
          `  - name: ${shows}\n    shows: ${shows}\n    readings: ${flapping} _ 17!calibrating 17x200\n    expect: [{ at: 0s, change: raised, severity: yellow }]`,
      )
      .join('\n')}\n`,
    read.rule,
  );
  if (!proof.ok) throw new Error(proof.problems.map(({ message }) => message).join('\n'));
  const [one] = proof.proof.cases;
  if (!one) throw new Error('no case');
  expect(runCase(read.rule, proof.proof, one).map(({ change, severity }) => `${change} ${severity}`)).toEqual(
    ['raised yellow', 'recovered yellow'],
  );
});
