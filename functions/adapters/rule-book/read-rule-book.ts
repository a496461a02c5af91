/** A rule book from JSON that somebody else wrote. */
import * as z from 'zod';
import { bookFormat, type RuleBook } from '../../domain/rules/book.ts';
import { AdapterError } from '../adapter-error.ts';
import { StoredRuleBook } from './book-format.ts';
import { isSealed } from './sealed-book.ts';

const Header = z.looseObject({ format: z.number() });

/**
 * The book in `json`; one that came sealed is not checked again.
 *
 * @throws AdapterError, not retryable, for a newer format or for what is no rule book: nothing is judged by half a book
 */
export function readRuleBook(json: unknown): RuleBook {
  const header = Header.safeParse(json);
  if (header.success && header.data.format > bookFormat)
    throw new AdapterError(
      `the rule book has format ${header.data.format}, this code reads ${bookFormat}: deploy the code first`,
      { cause: undefined, retryable: false },
    );
  if (isSealed(json)) return json;
  const book = StoredRuleBook.safeParse(json);
  if (book.success) return book.data;
  const first = book.error.issues[0];
  const place = first && first.path.length > 0 ? first.path.join('.') : 'the book';
  throw new AdapterError(
    `the rule book cannot be read: ${place}: ${first?.message ?? 'unknown'}; run npm run rules:build`,
    { cause: book.error, retryable: false },
  );
}
