import { mkdir, symlink } from 'node:fs/promises';
import { ruleFileBytesMax } from '../../functions/domain/rules/schema/words.ts';
import { type RulesCopy, rulesCopy } from '../support/cli/run.ts';

let copy: RulesCopy;
beforeEach(async () => {
  copy = await rulesCopy();
});
afterEach(() => copy.done());

const finds = async (finding: string | RegExp): Promise<void> => {
  const { remarks, code } = await copy.rules('check');
  expect(remarks).toMatch(finding);
  expect(code).toBe(1);
};

test('bad input 71: a file that is not UTF-8 is found with the place of its first bad byte', async () => {
  const good = Buffer.from('id: gas.latin\ntitle: { zh: 气');
  await copy.write('gas/latin.yaml', Buffer.concat([good, Buffer.from([0xe9, 0x20, 0x7d])]));
  await finds(
    /latin\.yaml:2:15 {2}-: is not UTF-8: this byte begins no character\n {6}fix: save the file as UTF-8/,
  );
});

test('bad input 71: UTF-16 is not UTF-8', async () => {
  await copy.write('gas/wide.yaml', Buffer.from('\ufeffid: gas.wide', 'utf16le'));
  await finds(/wide\.yaml:1:1 {2}-: is not UTF-8/);
});

test('bad input 71: a proof that is not UTF-8 is found too', async () => {
  await copy.write('gas/combustible.compartment.test.yaml', Buffer.from([0xff]));
  await finds(/compartment\.test\.yaml:1:1 {2}-: is not UTF-8/);
});

test('bad input 71: a file that is too large is not read', async () => {
  await copy.write('gas/large.yaml', 'x'.repeat(ruleFileBytesMax + 1));
  await finds(`the file has ${ruleFileBytesMax + 1} bytes, at most ${ruleFileBytesMax} are allowed`);
});

test('bad input 71: a folder in the place of a file is found, and what is in it is read', async () => {
  await mkdir(copy.path('gas/odd.yaml'));
  await copy.write('gas/odd.yaml/inner.yaml', '');
  await finds(/odd\.yaml:1:1 {2}-: is a folder/);
  await finds(/odd\.yaml\/inner\.yaml:1:1 {2}-: the file is empty/);
});

test.each([
  ['to itself', 'loop.yaml', 'loop.yaml'],
  ['to nothing', '/nowhere/at/all', 'lost.yaml'],
  ['to a file elsewhere', '/etc/hostname', 'other.yaml'],
  ['to the folder above it', '..', 'circle'],
])('bad input 71: a symbolic link %s is not followed and is found', async (_, target, name) => {
  await symlink(target, copy.path(`gas/${name}`));
  await finds(new RegExp(`${name.replace('.', '\\.')}:1:1 {2}-: is a symbolic link`));
});

test('a file that is named almost like a rule is found, not passed over', async () => {
  await copy.write('gas/short.yml', 'id: gas.short');
  await copy.write('gas/LOUD.YAML', 'id: gas.loud');
  await finds(/short\.yml:1:1 {2}-: is not read/);
  await finds(/LOUD\.YAML:1:1 {2}-: is not read/);
});

test("files of other kinds are nobody's business", async () => {
  await copy.write('gas/notes.txt', 'x');
  await symlink('notes.txt', copy.path('gas/more.txt'));
  expect(await copy.rules('check')).toMatchObject({ code: 0 });
});
