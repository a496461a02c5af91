import { alertFrom } from '../../../cli/explain/fetch-alert.ts';
import { memoryAlertStore } from '../../../functions/adapters/memory/alert-store.ts';
import { memoryState } from '../../../functions/adapters/memory/state.ts';
import { tempFolder, tocsin } from '../../support/cli/temp-folder.ts';

const folder = tempFolder();

async function explain(record: string, ...words: string[]) {
  const file = await folder.put('record.json', record);
  return tocsin('rules', 'explain', file, ...words);
}

test('an alert that the store does not have is said to be missing', async () => {
  await expect(
    alertFrom(
      memoryAlertStore(memoryState(), () => undefined),
      'unknown-alert',
    ),
  ).rejects.toThrow('there is no alert unknown-alert');
});

test.each([
  ['{', 'is no JSON'],
  ['[]', 'is no decision record, transition or alert'],
  ['{"hello":1}', 'is no decision record: rule:'],
  ['{"because":"{"}', 'is no JSON'],
  ['{"transitions":[]}', 'none has a decision record'],
])('%j is refused with what is wrong', async (text, reason) => {
  const { remarks, code } = await explain(text);
  expect(remarks).toContain(reason);
  expect(code).toBe(2);
});

test('a file that is not there, and a transition that is no number, are wrong usage', async () => {
  expect(await tocsin('rules', 'explain', 'nowhere.json')).toMatchObject({
    remarks: 'nowhere.json: cannot be read',
    code: 2,
  });
  expect((await tocsin('rules', 'explain', 'not an id!')).remarks).toContain(
    'is no file and no id of an alert',
  );
  expect((await explain('{}', '--transition', 'last')).remarks).toContain(
    '--transition last: must be the number',
  );
});
