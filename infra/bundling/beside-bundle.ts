/** The rule book travels beside the code, not in it: data parses several times faster as JSON than as a program. */
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Plugin } from 'esbuild';

/** What stands in for the import: the file beside the bundle, read once when the function starts. */
const reader = (name: string): string =>
  `import { readFileSync } from 'node:fs';
export default JSON.parse(readFileSync(new URL('./${name}', import.meta.url), 'utf8'));`;

/** Puts a copy of each rule book that is imported into `folder`. */
export const besideBundle = (folder: string): Plugin => ({
  name: 'beside-bundle',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]rules[\\/]book\.json$/ }, async ({ path }) => {
      await mkdir(folder, { recursive: true });
      await copyFile(path, join(folder, basename(path)));
      return { contents: reader(basename(path)), loader: 'js' };
    });
  },
});
