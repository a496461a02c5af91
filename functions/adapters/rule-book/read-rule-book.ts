/** A rule book from JSON that somebody else wrote. */
import { bookFormat, type RuleBook } from '../../domain/rules/book.ts';
import { AdapterError } from '../adapter-error.ts';
import { StoredRuleBook } from './book-format.ts';
import { wasPacked } from './packed-book.ts';

/** Without a schema, which would read every field of a book whose rules are parsed when they are asked for. */
function formatOf(json: unknown): number | undefined {
  const format = typeof json === 'object' && json !== null && 'format' in json ? json.format : undefined;
  return typeof format === 'number' ? format : undefined;
}

/**
 * The book in `json`; one that was packed was checked then.
 *
 * @throws AdapterError, not retryable, for a newer format or for what is no rule book: nothing is judged by half a book
 */
export function readRuleBook(json: unknown): RuleBook {
  const format = formatOf(json);
  if (format !== undefined && format > bookFormat)
    throw new AdapterError(
      `the rule book has format ${format}, this code reads ${bookFormat}: deploy the code first`,
      { cause: undefined, retryable: false },
    );
  if (wasPacked(json)) return json;
  const book = StoredRuleBook.safeParse(json);
  if (book.success) return book.data;
  const first = book.error.issues[0];
  const place = first && first.path.length > 0 ? first.path.join('.') : 'the book';
  throw new AdapterError(
    `the rule book cannot be read: ${place}: ${first?.message ?? 'unknown'}; run npm run rules:build`,
    { cause: book.error, retryable: false },
  );
}
