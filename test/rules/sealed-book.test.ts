import { readFile } from 'node:fs/promises';
import { AdapterError } from '../../functions/adapters/adapter-error.ts';
import { readRuleBook } from '../../functions/adapters/rule-book/read-rule-book.ts';
import { digestOf, openSealed } from '../../functions/adapters/rule-book/sealed-book.ts';
import { bookFormat } from '../../functions/domain/rules/book.ts';

const stored = await readFile('rules/book.json');

test('a sealed book is read as it is, to what a checked one is', () => {
  const opened = openSealed(stored, digestOf(stored));
  const book = readRuleBook(opened);
  expect(book).toBe(opened);
  expect(book).toEqual(readRuleBook(JSON.parse(stored.toString('utf8'))));
});

test.each([
  ['one letter', Buffer.from(stored.toString('utf8').replace('value', 'valve'))],
  ['its end', stored.subarray(0, stored.length - 1)],
  ['all of it', Buffer.alloc(0)],
])('a book that has lost %s since it was sealed is refused, with the remedy', (_, damaged) => {
  const open = () => openSealed(damaged, digestOf(stored));
  expect(open).toThrow(AdapterError);
  expect(open).toThrow('the rule book beside the bundle is not the one it was made with: deploy again');
});

test('a seal does not make a newer format readable', () => {
  const newer = Buffer.from(JSON.stringify({ format: bookFormat + 1 }));
  expect(() => readRuleBook(openSealed(newer, digestOf(newer)))).toThrow('deploy the code first');
});

test('what is not sealed is checked field by field', () => {
  const json: unknown = JSON.parse(stored.toString('utf8').replace(/"forMs": \d+/, '"forMs": -1'));
  expect(() => readRuleBook(json)).toThrow('the rule book cannot be read');
});
