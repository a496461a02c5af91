/** `tocsin rules build`: writes what the system loads and what editors read. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { count, type Output } from '../output.ts';
import { renderProblem } from '../rules/problem.ts';
import { shownPath } from '../rules/rule-folder.ts';
import { generatedFiles, readRulesOrTell } from './rules-folder.ts';

/** Writes the generated files of `rules`, unless there is a finding. */
export async function buildRules({ rules }: { readonly rules: string }, output: Output): Promise<void> {
  const read = await readRulesOrTell(rules, output);
  if (!read) return;
  for (const problem of read.problems) output.remark(renderProblem(problem));
  if (read.problems.length > 0) {
    output.remark(`nothing written: ${count(read.problems.length, 'finding')}`);
    return output.exitWith(1);
  }
  for (const { name, text } of generatedFiles(read)) {
    await writeFile(join(rules, name), text);
    output.line(`wrote ${shownPath(rules, name)}`);
  }
  output.line(`${count(read.rules.length, 'rule')} in the book`);
}
