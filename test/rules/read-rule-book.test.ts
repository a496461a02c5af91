import { readFile } from 'node:fs/promises';
import { AdapterError } from '../../functions/adapters/adapter-error.ts';
import { bundledRuleBook } from '../../functions/adapters/rule-book/bundled.ts';
import { readRuleBook } from '../../functions/adapters/rule-book/read-rule-book.ts';
import { bookFormat } from '../../functions/domain/rules/book.ts';

const stored = await readFile('rules/book.json', 'utf8');

/** The stored book with the first match of `from` in its text replaced. */
const altered = (from: string, to: string): unknown => {
  expect(stored).toContain(from);
  return JSON.parse(stored.replace(from, to));
};

function refusal(json: unknown): AdapterError {
  try {
    readRuleBook(json);
  } catch (error) {
    if (error instanceof AdapterError) return error;
    throw error;
  }
  throw new Error('the book was read');
}

test('what the builder wrote is read unchanged', () => {
  expect(JSON.parse(JSON.stringify(bundledRuleBook()))).toEqual(JSON.parse(stored));
});

test('the format of today is read', () => {
  expect(
    readRuleBook({
      format: bookFormat,
      version: '0123456789abcdef',
      rules: [],
      correlations: [],
      retired: [],
    }).rules,
  ).toEqual([]);
});

test('a newer format is refused and names both formats and the remedy', () => {
  const error = refusal({ format: bookFormat + 1, version: 'x', something: 'new' });
  expect(error.message).toBe(
    `the rule book has format ${bookFormat + 1}, this code reads ${bookFormat}: deploy the code first`,
  );
  expect(error.retryable).toBe(false);
});

test.each([
  ['an older format', { format: bookFormat - 1, version: '0123456789abcdef', rules: [] }, 'format'],
  ['no object', [], 'the book'],
  ['nothing', undefined, 'the book'],
  [
    'a field that nobody knows',
    { format: bookFormat, version: '0123456789abcdef', rules: [], correlations: [], retired: [], more: 1 },
    'the book',
  ],
  [
    'a condition with an unknown operation',
    altered('"op": "ge"', '"op": "matches"'),
    'rules.*.severities.*.when.op',
  ],
  ['a limit that is a text', altered('"value": 80', '"value": "80"'), 'rules.*.limits.high.value'],
  [
    'an unknown severity',
    altered('"severity": "orange"', '"severity": "purple"'),
    'rules.*.severities.*.severity',
  ],
  ['a negative delay', altered('"forMs": 5000', '"forMs": -1'), 'rules.*.severities.*.forMs'],
])('%s is refused with its place', (_, json, place) => {
  const error = refusal(json);
  // Which rule of the book it is does not matter.
  expect(error.message.replace(/\.\d+\b/g, '.*')).toContain(`cannot be read: ${place}: `);
  expect(error.message).toContain('npm run rules:build');
  expect(error.retryable).toBe(false);
});
