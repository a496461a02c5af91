/** The rule book travels beside the code, not in it: checked and packed here, so that a function which starts need do neither. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Plugin } from 'esbuild';

const functions = join(import.meta.dirname, '../../functions');
const packer = join(functions, 'entry/pack-book.ts');
const packedBook = join(functions, 'adapters/rule-book/packed-book.ts');
const name = 'book.packed';

/** What stands in for the import: the file beside the bundle, held against its digest when the function starts. */
const reader = (digest: string): string =>
  `import { readFileSync } from 'node:fs';
import { openBook } from ${JSON.stringify(packedBook)};
export default openBook(readFileSync(new URL('./${name}', import.meta.url)), '${digest}');`;

/** Packs the book into `to` and gives its digest. @throws Error with what is wrong with the book */
async function packed(book: string, to: string): Promise<string> {
  try {
    const args = ['--disable-warning=ExperimentalWarning', packer, book, to];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return stdout;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(/the rule book .*/.exec(said)?.[0] ?? said);
  }
}

/** Puts the rule book that is imported into `folder`; a book that the code cannot read stops the bundling. */
export const besideBundle = (folder: string): Plugin => ({
  name: 'beside-bundle',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]rules[\\/]book\.json$/ }, async ({ path }) => {
      await mkdir(folder, { recursive: true });
      const digest = await packed(path, join(folder, name));
      return { contents: reader(digest), loader: 'js', resolveDir: functions };
    });
  },
});
