import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readProofs } from '../../cli/proofs/proof-folder.ts';
import { crewFrom } from '../../cli/rules/crew.ts';
import { readRuleFile } from '../../cli/rules/rule-file.ts';
import { readRuleFolder } from '../../cli/rules/rule-folder.ts';

const rule = await readFile('rules/gas/combustible.compartment.yaml', 'utf8');
const proof = await readFile('rules/gas/combustible.compartment.test.yaml', 'utf8');
const many = crewFrom + 10;
let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tocsin-crew-'));
  await mkdir(join(root, 'gas'));
  for (let i = 0; i < many; i++) {
    const text = rule.replace('gas.combustible.compartment', `gas.rule-${i}`);
    // The last one has a finding, the one before it a proof with one.
    await writeFile(
      join(root, `gas/rule-${i}.yaml`),
      i === many - 1 ? text.replace('trade: gas', 'trade: gaz') : text,
    );
    const shown = proof.replace('gas.combustible.compartment', `gas.rule-${i}`);
    await writeFile(
      join(root, `gas/rule-${i}.test.yaml`),
      i === many - 2 ? shown.replace('shows: fires', 'shows: fire') : shown,
    );
  }
}, 30_000);

afterAll(() => rm(root, { recursive: true }));

test('many files read by several workers give what one alone gives, with every finding', async () => {
  const read = await readRuleFolder(root);
  expect(read.rules).toHaveLength(many - 1);
  expect(read.problems.map(({ field }) => field)).toEqual(['trade']);
  for (const { file, rule: found } of read.rules.slice(-5)) {
    const alone = readRuleFile(`rules/${file}`, await readFile(join(root, file), 'utf8'));
    expect(alone).toEqual({ ok: true, rule: found });
  }
  const { proofs, problems } = await readProofs(root, read);
  expect(proofs).toHaveLength(many - 2);
  expect(problems.map(({ field }) => field)).toEqual(['cases.0.shows']);
}, 60_000);
