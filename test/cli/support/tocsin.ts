/** The command line in this process, and a folder of its own for each test. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../cli/tocsin.ts';

export interface Ran {
  readonly out: string;
  readonly remarks: string;
  readonly code: 0 | 1 | 2;
}

export async function tocsin(...words: string[]): Promise<Ran> {
  const out: string[] = [];
  const remarks: string[] = [];
  let code: 0 | 1 | 2 = 0;
  await run(words, {
    line: (text) => out.push(text),
    remark: (text) => remarks.push(text),
    exitWith: (given) => {
      code = given;
    },
  });
  return { out: out.join('\n'), remarks: remarks.join('\n'), code };
}

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
