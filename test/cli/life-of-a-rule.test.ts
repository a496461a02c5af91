import { rmSync } from 'node:fs';
import { readRuleBook } from '../../functions/adapters/rule-book/read-rule-book.ts';
import { type RulesCopy, rulesCopy, tocsin } from '../support/cli/run.ts';

const id = 'gas.combustible.compartment';
const file = 'gas/combustible.compartment.yaml';
const proof = 'gas/combustible.compartment.test.yaml';

let copy: RulesCopy;
beforeEach(async () => {
  copy = await rulesCopy();
});
afterEach(() => copy.done());

const retire = (...more: readonly string[]) =>
  copy.rules(
    'retire',
    id,
    '--by',
    'li',
    '--reason',
    'gas: replaced "by" another',
    '--date',
    '2026-11-28',
    ...more,
  );

const book = async () => readRuleBook(JSON.parse(await copy.read('book.json')));
const index = async () => JSON.parse(await copy.read('index.json')).rules;

test('semantics 23: check and build refuse a folder from which a rule has vanished without a tombstone', async () => {
  await copy.remove(file);
  await copy.remove(proof);
  const before = await copy.read('book.json');
  const { remarks, code } = await copy.rules('check');
  expect(code).toBe(1);
  expect(remarks).toMatch(
    /index\.json:9:3 {2}gas\.combustible\.compartment: was in the book, and its file .*compartment\.yaml is gone/,
  );
  expect(remarks).toContain(
    `fix: restore the file, or end the rule: tocsin rules retire ${id} --by <who> --reason <why>`,
  );
  expect(await copy.rules('build')).toMatchObject({
    code: 1,
    remarks: expect.stringContaining('nothing written'),
  });
  expect(await copy.read('book.json')).toBe(before);
});

test('semantics 23: the book remembers its rules where there is no index', async () => {
  await copy.remove('index.json');
  await copy.remove(file);
  await copy.remove(proof);
  expect(await copy.rules('check')).toMatchObject({
    code: 1,
    remarks: expect.stringContaining('was in the book'),
  });
});

test('semantics 23: retire writes a tombstone in the place of the rule, takes its proof away, and build carries it into the book', async () => {
  const { version } = (await index())[id];
  expect(await retire()).toMatchObject({
    code: 0,
    out: expect.stringMatching(/wrote .*\nremoved .*\nnext: /),
  });
  await expect(copy.read(proof)).rejects.toThrow('ENOENT');
  expect(await copy.rules('build')).toMatchObject({ code: 0 });
  expect(await copy.rules('check')).toMatchObject({ code: 0, out: '5 rules, no findings' });
  const tombstone = { id, by: 'li', reason: 'gas: replaced "by" another', date: '2026-11-28' };
  expect((await book()).retired).toEqual([tombstone]);
  expect((await index())[id]).toEqual({ version, retired: true });
});

test('a rule is retired although its file is gone, or is no rule any more', async () => {
  await copy.write(file, 'nonsense: true\n');
  expect(await retire()).toMatchObject({ code: 0 });
  await copy.remove(file);
  expect(await retire()).toMatchObject({ code: 0 });
  await copy.rules('build');
  expect(await copy.rules('check')).toMatchObject({ code: 0 });
});

test('a tombstone changes the version of the book', async () => {
  const { version } = await book();
  await retire();
  await copy.rules('build');
  expect((await book()).version).not.toBe(version);
});

test('a tombstone stays for ever, and a rule that was retired does not come back', async () => {
  const rule = await copy.read(file);
  const itsProof = await copy.read(proof);
  await retire();
  await copy.rules('build');
  await copy.remove(file);
  expect(await copy.rules('check')).toMatchObject({
    code: 1,
    remarks: expect.stringContaining('the tombstone'),
  });
  await copy.write(file, rule);
  await copy.write(proof, itsProof);
  expect(await copy.rules('check')).toMatchObject({
    code: 1,
    remarks: expect.stringMatching(/compartment\.yaml:1:1 {2}-: was retired/),
  });
});

test('a proof beside a tombstone proves nothing', async () => {
  const itsProof = await copy.read(proof);
  await retire();
  await copy.rules('build');
  await copy.write(proof, itsProof);
  expect(await copy.rules('check')).toMatchObject({
    code: 1,
    remarks: expect.stringContaining('proves no rule'),
  });
});

test.each([
  ['no reason', `id: ${id}\nretired: { by: li, date: 2026-11-28 }\n`, 'retired.reason: is missing'],
  [
    'a date that is none',
    `id: ${id}\nretired: { by: li, reason: r, date: soon }\n`,
    'must be a date in quotes',
  ],
  [
    'a day that is none',
    `id: ${id}\nretired: { by: li, reason: r, date: 2026-02-30 }\n`,
    'is no day of the calendar',
  ],
  [
    'a rule below it',
    `id: ${id}\nretired: { by: li, reason: r, date: 2026-11-28 }\nunit: "%"\n`,
    'unit: unknown field',
  ],
  [
    'another id',
    `id: gas.other\nretired: { by: li, reason: r, date: 2026-11-28 }\n`,
    'belongs into rules/gas/other.yaml',
  ],
])('a tombstone with %s is a finding', async (_, text, finding) => {
  await copy.remove(proof);
  await copy.write(file, text);
  const { remarks, code } = await copy.rules('check');
  expect(code).toBe(1);
  expect(remarks).toContain(finding);
  expect(remarks).not.toContain('has no proof');
});

test('an index that cannot be read is a finding, and nothing is built over it', async () => {
  await copy.write('index.json', '{ "format": 1, "rules": {');
  expect(await copy.rules('check')).toMatchObject({
    code: 1,
    remarks: expect.stringContaining('is no index of rules'),
  });
  expect(await copy.rules('build')).toMatchObject({ code: 1 });
  expect(await copy.read('index.json')).toBe('{ "format": 1, "rules": {');
});

test.each([
  ['an id that nobody knows', ['gas.combustible.compartmnt'], `did you mean ${id}?`],
  ['an id that never was', ['quite.other'], 'see tocsin rules list'],
  ['an id that is a path', ['../../etc'], 'no rule'],
])('retire refuses %s with exit code 2', async (_, words, told) => {
  const ran = await copy.rules('retire', ...words, '--by', 'li', '--reason', 'r');
  expect(ran).toMatchObject({ code: 2, remarks: expect.stringContaining(told) });
});

test('retire says when the rule has ended before, and what is wrong with its flags', async () => {
  expect(await retire('--date', 'soon')).toMatchObject({
    code: 2,
    remarks: expect.stringContaining('--date: must be'),
  });
  await retire();
  expect(await retire()).toMatchObject({ code: 2, remarks: `${id} was retired on 2026-11-28 by li` });
  expect(await tocsin(['rules', 'retire', id, '--by', 'li'])).toMatchObject({ code: 2 });
});

test('retire tells what it did as JSON', async () => {
  const { out } = await retire('--json');
  expect(JSON.parse(out)).toMatchObject({
    wrote: expect.stringMatching(/compartment\.yaml$/),
    removed: [expect.any(String)],
  });
  rmSync(copy.path(file));
});
