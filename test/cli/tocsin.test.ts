import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Output } from '../../cli/output.ts';
import { run } from '../../cli/tocsin.ts';
import { copySixRules } from '../support/cli/six-rules.ts';

interface Ran {
  readonly out: string;
  readonly remarks: string;
  readonly code: 0 | 1 | 2;
}

async function tocsin(...words: string[]): Promise<Ran> {
  const out: string[] = [];
  const remarks: string[] = [];
  let code: 0 | 1 | 2 = 0;
  const output: Output = {
    line: (text) => out.push(text),
    remark: (text) => remarks.push(text),
    exitWith: (given) => {
      code = given;
    },
  };
  await run(words, output);
  return { out: out.join('\n'), remarks: remarks.join('\n'), code };
}

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-'));
  await copySixRules(folder);
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const edit = async (file: string, from: string, to: string): Promise<void> => {
  const path = join(folder, file);
  const text = await readFile(path, 'utf8');
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
};

const rules = (...words: string[]): Promise<Ran> => tocsin('rules', ...words, '--rules', folder);

test('check of the rules of this repository finds nothing and exits 0', async () => {
  expect(await tocsin('rules', 'check')).toEqual({
    out: expect.stringMatching(/^\d+ rules, no findings$/),
    remarks: '',
    code: 0,
  });
});

test('check tells all findings of all files at once and exits 1', async () => {
  await edit('gas/combustible.compartment.yaml', 'trade: gas', 'trade: gaz');
  await edit('coal-mine/methane.coal-face.yaml', 'value >= limits.cut', 'value >= limits.ctu');
  await edit('chemical/toxic-gas.h2s.test.yaml', 'readings:', 'readigns:');
  const { remarks, code } = await rules('check');
  expect(code).toBe(1);
  expect(remarks).toMatch(
    /methane\.coal-face\.yaml:\d+:\d+ {2}severities\.red\.when: unknown name `limits\.ctu`/,
  );
  expect(remarks).toMatch(/combustible\.compartment\.yaml:\d+:\d+ {2}trade: must be one of/);
  expect(remarks).toMatch(/toxic-gas\.h2s\.test\.yaml:\d+:\d+ {2}cases\.0\.readigns: unknown field/);
});

test('check finds a stale book, build makes it fresh', async () => {
  await edit('chemical/tank-level.high.yaml', 'value: 80', 'value: 78');
  const stale = await rules('check');
  expect(stale).toMatchObject({
    code: 1,
    remarks: expect.stringContaining('book.json:1:1  -: is not what the rules give'),
  });
  expect(await rules('build')).toMatchObject({ code: 0 });
  expect(await rules('check')).toMatchObject({ code: 0 });
});

test('build writes nothing while there is a finding', async () => {
  const before = await readFile(join(folder, 'book.json'), 'utf8');
  await edit('chemical/tank-level.high.yaml', 'value: 80', 'value: 99');
  expect(await rules('build')).toMatchObject({
    code: 1,
    remarks: expect.stringContaining('nothing written'),
  });
  expect(await readFile(join(folder, 'book.json'), 'utf8')).toBe(before);
});

test('check finds a rule without a proof and a proof without a rule', async () => {
  await rm(join(folder, 'gas/combustible.compartment.test.yaml'));
  await rm(join(folder, 'chemical/toxic-gas.h2s.yaml'));
  const { remarks, code } = await rules('check');
  expect(code).toBe(1);
  expect(remarks).toContain('combustible.compartment.yaml:1:1  -: has no proof');
  expect(remarks).toContain('toxic-gas.h2s.test.yaml:1:1  -: proves no rule');
});

test('test runs the proofs and exits 0', async () => {
  expect(await rules('test')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^6 proofs: \d+ cases passed, 0 failed$/),
  });
});

test('a proof that does not hold is shown as a timeline and exits 1', async () => {
  await edit('coal-mine/methane.coal-face.yaml', 'alarm: { value: 1.0', 'alarm: { value: 1.1');
  await edit('coal-mine/methane.coal-face.yaml', 'restore: { value: 1.0', 'restore: { value: 0.8');
  const { out, code } = await rules('test', 'methane');
  expect(code).toBe(1);
  expect(out).toContain(
    'FAIL coal-mine.methane.coal-face: fires orange at the alarm limit and red at the cut limit',
  );
  expect(out).toMatch(/20s {14}- raised orange .*expected, did not come/);
  expect(out).toMatch(/30s {14}\+ raised orange .*came, was not expected/);
});

test('a word that no rule has in its id is wrong usage and exits 2', async () => {
  expect(await rules('test', 'plutonium')).toMatchObject({
    code: 2,
    remarks: expect.stringContaining('tocsin rules list'),
  });
});

test('list tells each limit with its standard and that it is not verified', async () => {
  const { out, code } = await rules('list');
  expect(code).toBe(0);
  expect(out).toMatch(/cut +1\.5 %\{vol\} +AQ 1029-2019, 表1 {2}\(not verified\)/);
  const { out: json } = await rules('list', '--json');
  expect(JSON.parse(json)).toHaveLength(6);
});

test.each([
  ['an unknown command', ['frobnicate']],
  ['an unknown subcommand', ['rules', 'frobnicate']],
  ['an unknown option', ['rules', 'check', '--frobnicate']],
  ['a folder that is not there', ['rules', 'check', '--rules', '/nowhere/at/all']],
  ['an option without its value', ['rules', 'check', '--rules']],
])('%s is told in a line or two and exits 2', async (_, words) => {
  const { out, remarks, code } = await tocsin(...words);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(remarks).not.toMatch(/\n\s+at /);
  expect(remarks.length).toBeGreaterThan(10);
});

test('a folder without rules is a finding', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'tocsin-'));
  const ran = await tocsin('rules', 'check', '--rules', empty);
  expect(ran).toMatchObject({ code: 1, remarks: expect.stringContaining('holds no rule') });
  await rm(empty, { recursive: true });
});

test.each([
  [['--help'], 'Exit code: 0 all is well'],
  [['rules', '--help'], 'The way of a rule'],
  [['rules', 'check', '--help'], 'did you mean `value`?'],
  [['rules', 'test', '--help'], 'Examples:'],
  [['rules', 'build', '--help'], 'Nothing is written while there is a finding'],
  [['rules', 'list', '--help'], '--json'],
])('%j teaches and exits 0', async (words, text) => {
  const { out, code } = await tocsin(...words);
  expect(out).toContain(text);
  expect(code).toBe(0);
});
