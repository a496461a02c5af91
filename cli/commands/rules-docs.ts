/** `tocsin rules docs`: the rules for people who act on them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { packPages } from '../docs/pack-pages.ts';
import type { Output } from '../output.ts';
import { bookIn } from '../rules/rule-folder.ts';
import { problemJson, remarkProblems, tallyOf } from '../rules/tell-problems.ts';
import { readRulesOrTell } from './rules-folder.ts';

export interface DocsOptions {
  readonly rules: string;
  readonly out: string;
  readonly json: boolean;
}

/** Writes a page a trade and language into `out`, unless there is a finding. */
export async function writeDocs({ rules, out, json }: DocsOptions, output: Output): Promise<void> {
  const read = await readRulesOrTell(rules, output);
  if (!read) return;
  const { problems } = read;
  const written: string[] = [];
  if (problems.length === 0) {
    await mkdir(out, { recursive: true });
    for (const { name, text } of packPages(bookIn(read))) {
      await writeFile(join(out, name), text);
      written.push(relative('', join(out, name)));
    }
  } else output.exitWith(1);
  if (json) return output.line(JSON.stringify({ written, findings: problems.map(problemJson) }, null, 2));
  if (problems.length > 0) {
    remarkProblems(problems, output);
    return output.remark(`nothing written: ${tallyOf(problems)}`);
  }
  for (const file of written) output.line(`wrote ${file}`);
}
