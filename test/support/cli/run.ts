import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Output } from '../../../cli/output.ts';
import { run } from '../../../cli/tocsin.ts';
import { copySixRules } from './six-rules.ts';

export interface Ran {
  readonly out: string;
  readonly remarks: string;
  readonly code: 0 | 1 | 2;
}

/** Runs `tocsin`; `answers` are what a person at the terminal says, in order. Without them there is no terminal. */
export async function tocsin(words: readonly string[], answers?: readonly string[]): Promise<Ran> {
  const out: string[] = [];
  const remarks: string[] = [];
  let code: 0 | 1 | 2 = 0;
  const left = [...(answers ?? [])];
  const output: Output = {
    line: (text) => out.push(text),
    remark: (text) => remarks.push(text),
    exitWith: (given) => {
      code = given;
    },
    ...(answers && { ask: async () => left.shift() ?? '' }),
  };
  await run(words, output);
  return { out: out.join('\n'), remarks: remarks.join('\n'), code };
}

/** A copy of some rules of this repository that a test may damage. */
export interface RulesCopy {
  readonly folder: string;
  readonly path: (file: string) => string;
  readonly read: (file: string) => Promise<string>;
  readonly write: (file: string, text: string | Uint8Array) => Promise<void>;
  readonly remove: (file: string) => Promise<void>;
  readonly edit: (file: string, from: string, to: string) => Promise<void>;
  /** `tocsin rules <words> --rules <folder>`. */
  readonly rules: (...words: readonly string[]) => Promise<Ran>;
  readonly done: () => Promise<void>;
}

export async function rulesCopy(): Promise<RulesCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-'));
  await copySixRules(folder);
  const path = (file: string): string => join(folder, file);
  const read = (file: string): Promise<string> => readFile(path(file), 'utf8');
  return {
    folder,
    path,
    read,
    write: (file, text) => writeFile(path(file), text),
    remove: (file) => rm(path(file), { recursive: true }),
    edit: async (file, from, to) => {
      const text = await read(file);
      expect(text).toContain(from);
      await writeFile(path(file), text.replace(from, to));
    },
    rules: (...words) => tocsin(['rules', ...words, '--rules', folder]),
    done: () => rm(folder, { recursive: true, force: true }),
  };
}
