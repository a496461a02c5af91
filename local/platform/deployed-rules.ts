/** Which rule book was deployed: what `npm run status` says is live. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { type InstanceFolder, repository } from './paths.ts';

const productBook = path.join(repository, 'rules/book.json');

const Book = z.object({
  version: z.string(),
  rules: z.array(z.object({ id: z.string() })),
  correlations: z.array(z.object({ id: z.string() })),
});

const Deployed = z.object({ version: z.string(), text: z.string() });

/** The first word of an id is its trade, or `data`. */
const packOf = ({ id }: { id: string }): string => id.split('.')[0] ?? id;

async function bookOf(): Promise<z.infer<typeof Book>> {
  return Book.parse(JSON.parse(await readFile(productBook, 'utf8')));
}

/** Remembers the book that the functions of this deployment were bundled with. */
export async function rememberRules(folder: InstanceFolder): Promise<void> {
  const { version, rules, correlations } = await bookOf();
  const packs = [...new Set([...rules, ...correlations].map(packOf))].sort().join(', ');
  const text = `${rules.length} rules and ${correlations.length} correlations (${packs}), book ${version}`;
  await writeFile(folder.rules, `${JSON.stringify({ version, text })}\n`);
}

/** What is live, and whether the book has changed since; `undefined` before anything is deployed. */
export async function rulesLine(folder: InstanceFolder): Promise<string | undefined> {
  try {
    const { version, text } = Deployed.parse(JSON.parse(await readFile(folder.rules, 'utf8')));
    const isStale = (await bookOf()).version !== version;
    return isStale ? `${text}; rules/book.json is another one by now: npm run stop, npm start` : text;
  } catch {
    // Not deployed yet, or one of the files is being written right now.
    return undefined;
  }
}
