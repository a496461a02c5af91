import { readFileSync } from 'node:fs';
import { readRuleBook } from '../../functions/adapters/rule-book/read-rule-book.ts';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { SimError } from '../sim-error.ts';

const productBook = new URL('../../rules/book.json', import.meta.url);

/** The rule book that is built from `rules/`. @throws SimError when it has not been built */
export function loadBook(): RuleBook {
  let text: string;
  try {
    text = readFileSync(productBook, 'utf8');
  } catch {
    throw new SimError('rules/book.json is missing: run npm run rules:build');
  }
  return readRuleBook(JSON.parse(text));
}
