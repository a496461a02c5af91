/** The rule book travels beside the code, not in it: data parses several times faster as JSON than as a program. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Plugin } from 'esbuild';

const functions = join(import.meta.dirname, '../../functions');
/** Checks a book field by field, so that a function which starts need not. */
const checkEntry = join(functions, 'entry/check-book.ts');
const sealedBook = join(functions, 'adapters/rule-book/sealed-book.ts');

/** What stands in for the import: the file beside the bundle, read once and held against its digest when the function starts. */
const reader = (name: string, digest: string): string =>
  `import { readFileSync } from 'node:fs';
import { openSealed } from ${JSON.stringify(sealedBook)};
export default openSealed(readFileSync(new URL('./${name}', import.meta.url)), '${digest}');`;

/** @throws Error with what is wrong with the book */
async function checkedDigest(file: string): Promise<string> {
  try {
    const args = ['--disable-warning=ExperimentalWarning', checkEntry, file];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return stdout;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(/the rule book .*/.exec(said)?.[0] ?? said);
  }
}

/** Puts a copy of each rule book that is imported into `folder`; a book that the code cannot read stops the bundling. */
export const besideBundle = (folder: string): Plugin => ({
  name: 'beside-bundle',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]rules[\\/]book\.json$/ }, async ({ path }) => {
      const digest = await checkedDigest(path);
      await mkdir(folder, { recursive: true });
      await copyFile(path, join(folder, basename(path)));
      return { contents: reader(basename(path), digest), loader: 'js', resolveDir: functions };
    });
  },
});
