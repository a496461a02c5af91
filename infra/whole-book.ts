import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const Named = z.looseObject({ id: z.string() });
const Book = z.looseObject({ rules: z.array(Named), correlations: z.array(Named), retired: z.array(Named) });
const Index = z.looseObject({
  rules: z.record(z.string(), z.looseObject({ retired: z.boolean().optional() })),
});

/** The rule book that would be deployed is not whole. */
export class BookError extends Error {
  override readonly name = 'BookError';
}

function jsonIn(folder: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, name), 'utf8'));
  } catch (cause) {
    throw new BookError(`rules/${name} cannot be read. Remedy: git checkout -- rules/${name}`, { cause });
  }
}

/**
 * Returns when every rule that ever was in the book is in it, or ended by a tombstone (semantics 23).
 *
 * A rule that merely vanished would leave what it has open behind without anybody who judges it.
 *
 * @param folder that of the book and its index
 * @throws BookError naming each rule that is missing
 */
export function assertWholeBook(folder: string): void {
  const book = Book.safeParse(jsonIn(folder, 'book.json'));
  const index = Index.safeParse(jsonIn(folder, 'index.json'));
  if (!book.success || !index.success)
    throw new BookError('rules/book.json or rules/index.json is damaged. Remedy: npm run rules:build');
  const living = new Set([...book.data.rules, ...book.data.correlations].map(({ id }) => id));
  const ended = new Set(book.data.retired.map(({ id }) => id));
  const wrong = Object.entries(index.data.rules).flatMap(([id, { retired }]) => {
    if (retired) return ended.has(id) ? [] : [`${id} was retired, and the book does not say so`];
    return living.has(id) ? [] : [`${id} is not in the book, and no tombstone says why`];
  });
  const unknown = [...living, ...ended].filter((id) => !Object.hasOwn(index.data.rules, id));
  wrong.push(...unknown.map((id) => `${id} is in the book and not in its index`));
  if (wrong.length === 0) return;
  throw new BookError(
    `the rule book is not whole:\n  ${wrong.join('\n  ')}\nRemedy: npm run tocsin -- rules check, then npm run rules:build`,
  );
}
