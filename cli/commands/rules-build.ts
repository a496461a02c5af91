/** `tocsin rules build`: writes what the system loads and what editors read. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { count, type Output } from '../output.ts';
import { shownPath } from '../rules/list-folder.ts';
import { isFailure, problemJson, remarkProblems, tallyOf } from '../rules/tell-problems.ts';
import { generatedFiles, lifeOf, readRulesOrTell } from './rules-folder.ts';

export interface BuildOptions {
  readonly rules: string;
  readonly json: boolean;
}

/** Writes the generated files of `rules`, unless there is a finding. */
export async function buildRules({ rules, json }: BuildOptions, output: Output): Promise<void> {
  const read = await readRulesOrTell(rules, output);
  if (!read) return;
  const life = await lifeOf(rules, read);
  const problems = [...read.problems, ...life.problems];
  const written: string[] = [];
  if (!isFailure(problems) && life.index !== undefined)
    for (const { name, text } of generatedFiles(read, life.index)) {
      await writeFile(join(rules, name), text);
      written.push(shownPath(rules, name));
    }
  if (isFailure(problems)) output.exitWith(1);
  if (json) {
    const result = { written, rules: read.rules.length, findings: problems.map(problemJson) };
    return output.line(JSON.stringify(result, null, 2));
  }
  remarkProblems(problems, output);
  if (isFailure(problems)) return output.remark(`nothing written: ${tallyOf(problems)}`);
  for (const file of written) output.line(`wrote ${file}`);
  output.line(`${count(read.rules.length, 'rule')} in the book`);
}
