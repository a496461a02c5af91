import { readFile } from 'node:fs/promises';
import { AdapterError } from '../../functions/adapters/adapter-error.ts';
import { openBook, packBook } from '../../functions/adapters/rule-book/packed-book.ts';
import { readRuleBook } from '../../functions/adapters/rule-book/read-rule-book.ts';
import { bookFormat, type Selection } from '../../functions/domain/rules/book.ts';
import { rulesWatching } from '../../functions/domain/rules/engine/watching.ts';
import { quantities } from '../../functions/domain/telemetry/quantities.ts';
import { bookOf, ruleOf } from '../support/engine/rules.ts';

const stored = readRuleBook(JSON.parse(await readFile('rules/book.json', 'utf8')));
const { bytes, digest } = packBook(stored);

test('a packed book is read to what was packed', () => {
  const book = readRuleBook(openBook(bytes, digest));
  expect(JSON.parse(JSON.stringify(book))).toEqual(JSON.parse(JSON.stringify(stored)));
});

test('its rules for a quantity are those of the whole book, each the same object whenever it is asked for', () => {
  const some = bookOf(ruleOf({ version: '1', select: { quantities: [] } }), ...stored.rules);
  for (const whole of [stored, some]) {
    const packed = packBook(whole);
    const book = openBook(packed.bytes, packed.digest);
    for (const quantity of [...quantities.keys(), 'unheard-of', 'constructor']) {
      const isWanted = ({ positions }: Selection): boolean => positions?.includes('T2') !== true;
      const found = rulesWatching(book, quantity, isWanted);
      expect(found).toEqual(rulesWatching(whole, quantity, isWanted));
      for (const rule of found) expect(book.rules).toContain(rule);
    }
  }
});

test.each([
  ['one letter', Buffer.from(Buffer.from(bytes).toString('utf8').replace('value', 'valve'))],
  ['its end', bytes.subarray(0, bytes.length - 1)],
  ['all of it', Buffer.alloc(0)],
])('a book that has lost %s since it was packed is refused, with the remedy', (_, damaged) => {
  const open = () => openBook(damaged, digest);
  expect(open).toThrow(AdapterError);
  expect(open).toThrow('the rule book beside the bundle is not the one it was made with: deploy again');
});

test('being packed does not make a newer format readable', () => {
  const newer = packBook({ ...stored, ...JSON.parse(`{"format":${bookFormat + 1}}`) });
  expect(() => readRuleBook(openBook(newer.bytes, newer.digest))).toThrow('deploy the code first');
});
