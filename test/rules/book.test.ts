import { readFile } from 'node:fs/promises';
import { renderProblem } from '../../cli/rules/problem.ts';
import { bookOf, bookText, readRuleFolder } from '../../cli/rules/rule-folder.ts';
import { bundledRuleBook } from '../../functions/adapters/rule-book/bundled.ts';

const folder = await readRuleFolder('rules');

test('no rule file has a finding', () => {
  expect(folder.problems.map(renderProblem)).toEqual([]);
});

test('rules/book.json is what the rules give (npm run rules:build)', async () => {
  const rules = folder.rules.map(({ rule }) => rule);
  const book = bookOf(rules, folder.correlations, folder.retired);
  expect(await readFile('rules/book.json', 'utf8')).toBe(bookText(book));
});

test('the bundled book holds every rule of the folder', () => {
  const ids = bundledRuleBook().rules.map(({ id }) => id);
  expect(ids).toEqual(folder.rules.map(({ rule }) => rule.id).sort());
  expect(ids).toEqual(expect.arrayContaining(['coal-mine.methane.coal-face', 'gas.combustible.compartment']));
});

test('the order in which the files are read does not change the book', () => {
  const rules = folder.rules.map(({ rule }) => rule);
  expect(bookText(bookOf([...rules].reverse()))).toBe(bookText(bookOf(rules)));
});

test('every limit names a standard and a clause, and none claims to be verified that nobody has read', () => {
  const limits = bundledRuleBook().rules.flatMap(({ limits: own }) => Object.values(own));
  expect(limits.length).toBeGreaterThan(15);
  for (const limit of limits)
    expect(limit).toMatchObject({
      standard: expect.stringMatching(/./),
      clause: expect.stringMatching(/./),
      verified: false,
    });
});
