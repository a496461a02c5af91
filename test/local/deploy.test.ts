import { jest } from '@jest/globals';
import { assertCheckedRules } from '../../local/commands/deploy.ts';
import { type RulesCopy, rulesCopy } from '../support/cli/run.ts';

let copy: RulesCopy;
beforeEach(async () => {
  copy = await rulesCopy();
});
afterEach(() => copy.done());

/** What `work` writes for people meanwhile. */
async function toldBy(work: () => Promise<void>): Promise<string> {
  const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    await work();
    return written.mock.calls.join('');
  } finally {
    written.mockRestore();
  }
}

test('the rules of this repository may be deployed', async () => {
  expect(await toldBy(() => assertCheckedRules('rules'))).toBe('');
});

test('semantics 23: nothing is deployed from whose folder a rule has vanished without a tombstone', async () => {
  await copy.remove('gas/combustible.compartment.yaml');
  await copy.remove('gas/combustible.compartment.test.yaml');
  const told = await toldBy(() =>
    expect(assertCheckedRules(copy.folder)).rejects.toThrow(
      'nothing is deployed while the rules have findings',
    ),
  );
  expect(told).toContain('was in the book, and its file');
});

test('nothing is deployed whose book is not what the rules give', async () => {
  await copy.edit('chemical/tank-level.high.yaml', 'value: 80', 'value: 78');
  const told = await toldBy(() => expect(assertCheckedRules(copy.folder)).rejects.toThrow());
  expect(told).toContain('book.json:1:1  -: is not what the rules give');
});
