import { readFile } from 'node:fs/promises';
import { compare, holds } from '../../cli/proofs/compare.ts';
import { readProof } from '../../cli/proofs/read-proof.ts';
import { runCase } from '../../cli/proofs/run-case.ts';
import { stepCountMax } from '../../cli/proofs/series.ts';
import { timeline } from '../../cli/proofs/timeline.ts';
import { compileCondition, surroundings } from '../../cli/rules/cel/compile.ts';
import { forecastSteps, peerCountMax, roleSteps, stepsMax, windowSteps } from '../../cli/rules/cel/cost.ts';
import { inputsFor } from '../../cli/rules/cel/inputs.ts';
import { functionNames } from '../../cli/rules/cel/names.ts';
import { listLengthMax } from '../../cli/rules/cel/translate.ts';
import { renderProblem } from '../../cli/rules/problem.ts';
import { readRuleFile } from '../../cli/rules/rule-file.ts';
import { limitCountMax } from '../../functions/domain/rules/schema/limit.ts';
import { conditionLengthMax, ruleFileBytesMax } from '../../functions/domain/rules/schema/words.ts';
import { quantities } from '../../functions/domain/telemetry/quantities.ts';
import { parseScenario } from '../../sensors-sim/scenario/load.ts';
import { loadBook } from '../../sensors-sim/virtual/book.ts';
import { runVirtual } from '../../sensors-sim/virtual/runner.ts';

const page = await readFile('docs/rules.md', 'utf8');
const [rule = '', proof = '', played = ''] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(
  ([, text]) => text ?? '',
);
const file = 'rules/coal-mine/co.coal-face.yaml';

test('the rule of the tutorial is a rule', () => {
  const read = readRuleFile(file, rule);
  expect(read.ok ? [] : read.problems.map(renderProblem)).toEqual([]);
});

test('the finding that the tutorial shows is the finding that one gets', () => {
  const read = readRuleFile(file, rule.replace('value >= limits.alarm\n', 'value >= limits.alrm\n'));
  expect(read.ok ? [] : read.problems.map(renderProblem)).toHaveLength(1);
  for (const problem of read.ok ? [] : read.problems) expect(page).toContain(renderProblem(problem));
});

test('the proof of the tutorial holds', () => {
  const read = readRuleFile(file, rule);
  const proven = readProof('rules/coal-mine/co.coal-face.test.yaml', proof, read.ok ? read.rule : undefined);
  if (!read.ok || !proven.ok) throw new Error('the tutorial has findings');
  for (const one of proven.proof.cases) {
    const came = runCase(read.rule, proven.proof, one);
    if (!holds(compare(read.rule.id, one, came))) throw new Error(timeline(proven.proof, one, came));
  }
});

test('the rule of the tutorial fires in the city of the simulator', async () => {
  const read = readRuleFile(file, rule);
  const scene = parseScenario(played, 'co-face.yaml');
  if (!read.ok || !scene.ok) throw new Error('the tutorial has findings');
  const { rules, ...book } = loadBook();
  const { verdict } = await runVirtual({
    scenario: scene.scenario,
    book: { ...book, rules: [...rules, read.rule] },
  });
  expect(verdict.ok ? [] : verdict.reasons).toEqual([]);
}, 60_000);

test('the limits that the page tells are those of the code', () => {
  const told = (many: number): string => many.toLocaleString('en');
  expect(page).toContain(`at most ${limitCountMax} named numbers`);
  expect(page).toContain(`At most ${told(conditionLengthMax)} characters and ${told(stepsMax)} steps`);
  expect(page).toContain(`a window ${windowSteps}, another sensor ${roleSteps}, a forecast ${forecastSteps}`);
  expect(page).toContain(`counts ${peerCountMax} times`);
  expect(page).toContain(`literals only, at most ${listLengthMax}`);
  expect(page).toContain(`at most ${told(stepCountMax)} steps`);
  expect(page).toContain(`${ruleFileBytesMax / 1024} KB and 32 levels`);
});

test('docs/semantics.md has the thirty paragraphs that tests cite', async () => {
  const text = await readFile('docs/semantics.md', 'utf8');
  const numbers = [...text.matchAll(/^(\d+)\. \*\*/gm)].map(([, number]) => Number(number));
  expect(numbers).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
});

const quantityRows = [
  ...page
    .slice(page.indexOf('## Quantities'), page.indexOf('## Rules over alerts'))
    .matchAll(/^\| `([a-z0-9.-]+)` \| (?:`(.+?)`|a switch|a word) \| ?(\d?) \|/gm),
];

test('the page tells every quantity with its unit and its places', () => {
  const told = quantityRows.map(([, id, unit, scale]) => [id, unit, Number(scale)]);
  const known = [...quantities.values()].map(({ id, unit, scale, kind }) => [
    id,
    kind === 'number' ? unit : undefined,
    scale,
  ]);
  expect(told).toEqual(known);
});

/** Conditions in the second column of the tables of names and functions. */
const examples = page
  .slice(page.indexOf('What it may name:'), page.indexOf('## Quantities'))
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => [...(line.split(' | ')[1] ?? '').matchAll(/`(.+?)`/g)].map(([, text]) => text ?? ''));

const around = surroundings(inputsFor({ type: 'number' }, { alarm: undefined }), {
  roles: new Map([['fan', { type: 'boolean' }]]),
});

test('the page has an example of every function and of every name', () => {
  const told = page.slice(page.indexOf('What it may name:'), page.indexOf('## Quantities'));
  for (const name of functionNames) expect(told).toContain(`\`${name}`);
  expect(examples.length).toBeGreaterThan(25);
});

test.each(examples)('the example %s is a condition', (text) => {
  const compiled = compileCondition(text, around);
  expect(compiled.ok ? [] : compiled.findings).toEqual([]);
});
