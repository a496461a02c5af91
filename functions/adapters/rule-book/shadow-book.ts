/** The candidate rule book that lies beside the bundle when the deployment asks for one. */
import { readFileSync } from 'node:fs';
import type { RuleBook } from '../../domain/rules/book.ts';
import { readRuleBook } from './read-rule-book.ts';

/**
 * The book in the file `name` beside the running code.
 *
 * @throws AdapterError, not retryable, for what is no rule book
 */
export const shadowRuleBook = (name: string): RuleBook =>
  readRuleBook(JSON.parse(readFileSync(new URL(`./${name}`, import.meta.url), 'utf8')));
