/** The command line in this process, and a folder of its own for each test. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tocsin as run } from './run.ts';

/** `tocsin <words>`. */
export const tocsin = (...words: readonly string[]) => run(words);

/** A folder that is gone after the test; `put` writes a file into it and says its path. */
export function tempFolder(): {
  path(): string;
  put(name: string, data: string | Uint8Array): Promise<string>;
} {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return {
    path: () => folder,
    put: async (name, data) => {
      const path = join(folder, name);
      await writeFile(path, data);
      return path;
    },
  };
}
