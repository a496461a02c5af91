/** A rule book from JSON that somebody else wrote. */
import * as z from 'zod';
import { bookFormat, type RuleBook } from '../../domain/rules/book.ts';
import { AdapterError } from '../adapter-error.ts';
import { StoredCorrelations, StoredRuleBook } from './book-format.ts';

const Header = z.looseObject({ format: z.number() });

/**
 * The book in `json`.
 *
 * @throws AdapterError, not retryable, for a newer format or for what is no rule book: nothing is judged by half a book
 */
export const readRuleBook = (json: unknown): RuleBook => readAs(StoredRuleBook, json);

/** The correlations of the book in `json`: for who judges no readings. @throws AdapterError as above */
export const readCorrelations = (json: unknown): RuleBook['correlations'] =>
  readAs(StoredCorrelations, json).correlations;

function readAs<Book>(schema: z.ZodType<Book>, json: unknown): Book {
  const header = Header.safeParse(json);
  if (header.success && header.data.format > bookFormat)
    throw new AdapterError(
      `the rule book has format ${header.data.format}, this code reads ${bookFormat}: deploy the code first`,
      { cause: undefined, retryable: false },
    );
  const book = schema.safeParse(json);
  if (book.success) return book.data;
  const first = book.error.issues[0];
  const place = first && first.path.length > 0 ? first.path.join('.') : 'the book';
  throw new AdapterError(
    `the rule book cannot be read: ${place}: ${first?.message ?? 'unknown'}; run npm run rules:build`,
    { cause: book.error, retryable: false },
  );
}
