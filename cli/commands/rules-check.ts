/** `tocsin rules check`: all findings at once. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { count, type Output } from '../output.ts';
import { readProofs } from '../proofs/proof-folder.ts';
import { readInventory, unmatched } from '../rules/inventory.ts';
import { shownPath, wholeFile } from '../rules/list-folder.ts';
import { onlyPaths } from '../rules/only-paths.ts';
import { inReadingOrder, type Problem } from '../rules/problem.ts';
import type { FolderResult } from '../rules/rule-folder.ts';
import {
  annotationOf,
  type Format,
  isFailure,
  problemJson,
  remarkProblems,
  tallyOf,
} from '../rules/tell-problems.ts';
import { generatedFiles, lifeOf, readRulesOrTell } from './rules-folder.ts';

export interface CheckOptions {
  readonly rules: string;
  readonly format: Format;
  readonly inventory?: string;
  readonly strict: boolean;
}

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
    found.push(wholeFile(shownPath(rules, name), message, 'run `npm run rules:build` and commit it'));
  }
  return found;
}

/** Every finding in the rules, the proofs, the index and the generated files of `root`. */
export async function findingsOf(root: string, folder: FolderResult): Promise<Problem[]> {
  const life = await lifeOf(root, folder);
  const problems = [...folder.problems, ...(await readProofs(root, folder)).problems, ...life.problems];
  if (problems.length > 0 || life.index === undefined) return problems;
  return staleFiles(root, generatedFiles(folder, life.index));
}

interface Checked {
  readonly problems: readonly Problem[];
  readonly ruleCount: number;
}

function tell({ problems, ruleCount }: Checked, { format, strict }: CheckOptions, output: Output): void {
  const hasFailed = isFailure(problems, strict);
  if (format === 'json')
    output.line(
      JSON.stringify({ ok: !hasFailed, rules: ruleCount, findings: problems.map(problemJson) }, null, 2),
    );
  else if (format === 'github') for (const problem of problems) output.line(annotationOf(problem));
  else remarkProblems(problems, output);
  if (hasFailed) output.exitWith(1);
  if (format === 'json') return;
  if (hasFailed) output.remark(tallyOf(problems));
  else output.line(`${count(ruleCount, 'rule')}, ${tallyOf(problems) || 'no findings'}`);
}

/** Tells every finding in the rules, the proofs and the generated files; of `paths` only, when there are some. */
export async function checkRules(
  paths: readonly string[],
  options: CheckOptions,
  output: Output,
): Promise<void> {
  const refuse = (message: string): void => {
    output.remark(message);
    output.exitWith(2);
  };
  const { rules: root } = options;
  const folder = await readRulesOrTell(root, output);
  if (!folder) return;
  const only = await onlyPaths(root, paths);
  if (!only.ok) return refuse(only.message);
  const problems = await findingsOf(root, folder);
  if (options.inventory !== undefined) {
    const inventory = await readInventory(options.inventory);
    if (!inventory.ok) return refuse(inventory.message);
    problems.push(...unmatched(root, folder.rules, inventory.devices));
  }
  const checked = {
    problems: inReadingOrder(problems.filter(({ file }) => only.holds(file))),
    ruleCount: folder.rules.filter(({ file }) => only.holds(join(root, file))).length,
  };
  tell(checked, options, output);
}
