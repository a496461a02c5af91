/** `tocsin rules check`: all findings at once. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { count, type Output } from '../output.ts';
import { readProofs } from '../proofs/proof-folder.ts';
import { inReadingOrder, type Problem, renderProblem } from '../rules/problem.ts';
import { shownPath } from '../rules/rule-folder.ts';
import { generatedFiles, readRulesOrTell } from './rules-folder.ts';

/** Generated files of `rules` whose bytes are not what its rules give. */
async function staleFiles(
  rules: string,
  wanted: readonly { name: string; text: string }[],
): Promise<Problem[]> {
  const found: Problem[] = [];
  for (const { name, text } of wanted) {
    const present = await readFile(join(rules, name), 'utf8').catch(() => undefined);
    if (present === text) continue;
    const message = present === undefined ? 'is missing' : 'is not what the rules give';
    found.push({
      file: shownPath(rules, name),
      line: 1,
      column: 1,
      field: '-',
      message,
      remedy: 'run `npm run rules:build` and commit it',
      excerpt: '',
    });
  }
  return found;
}

/** Tells every finding in the rules, the proofs and the generated files of `rules`. */
export async function checkRules({ rules }: { readonly rules: string }, output: Output): Promise<void> {
  const read = await readRulesOrTell(rules, output);
  if (!read) return;
  const problems = [...read.problems, ...(await readProofs(rules, read)).problems];
  if (problems.length === 0) problems.push(...(await staleFiles(rules, generatedFiles(read))));
  for (const problem of inReadingOrder(problems)) output.remark(renderProblem(problem));
  if (problems.length > 0) {
    output.remark(count(problems.length, 'finding'));
    return output.exitWith(1);
  }
  output.line(`${count(read.rules.length, 'rule')}, no findings`);
}
