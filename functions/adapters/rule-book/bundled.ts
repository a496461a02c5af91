/** The rule book that was built with this code and travels in its bundle. */
import json from '../../../rules/book.json' with { type: 'json' };
import type { RuleBook } from '../../domain/rules/book.ts';
import { readRuleBook } from './read-rule-book.ts';

/**
 * The bundled book, checked; call it once at start.
 *
 * @throws AdapterError, not retryable, when the bundle holds no book that this code reads
 */
export const bundledRuleBook = (): RuleBook => readRuleBook(json);
