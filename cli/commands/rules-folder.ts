/** What the commands of `tocsin rules` share: the folder, its life, and what is generated from it. */

import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { errorCode } from '../error-code.ts';
import type { Output } from '../output.ts';
import { lifeProblems, nextIndex, type RuleIndex, readIndex } from '../rules/index-file.ts';
import { ruleSchemaText } from '../rules/json-schema.ts';
import type { Problem } from '../rules/problem.ts';
import { bookIn, bookText, type FolderResult, readRuleFolder } from '../rules/rule-folder.ts';

/** The rules of this product. */
export const ownRules = fileURLToPath(new URL('../../rules', import.meta.url));

/** `command` with the option that names the folder. */
export const withFolder = (command: Command): Command =>
  command.option('--rules <folder>', 'folder of rules, proofs and the book', ownRules);

/** The rules of `folder`; a folder that cannot be read is wrong usage and is told. */
export async function readRulesOrTell(folder: string, output: Output): Promise<FolderResult | undefined> {
  try {
    return await readRuleFolder(folder);
  } catch (error) {
    const code = errorCode(error);
    output.remark(
      `${folder}: cannot be read (${code}); name the folder that holds the rules: --rules <folder>`,
    );
    output.exitWith(2);
    return undefined;
  }
}

/** Names below the folder of rules, and what must be in them. */
export const generatedFiles = (folder: FolderResult, index: RuleIndex): { name: string; text: string }[] => [
  { name: 'book.json', text: bookText(bookIn(folder)) },
  { name: 'index.json', text: nextIndex(index, folder).text },
  { name: 'rule.schema.json', text: ruleSchemaText() },
];

/** A folder of rules, what was known of it before, and whether both agree. */
export interface Life {
  /** Absent while the index cannot be read. */
  readonly index: RuleIndex | undefined;
  readonly problems: readonly Problem[];
}

/** What the index says of the rules in `folder`. */
export async function lifeOf(root: string, folder: FolderResult): Promise<Life> {
  const read = await readIndex(root);
  if (!read.ok) return { index: undefined, problems: [read.problem] };
  return { index: read.index, problems: lifeProblems(root, read.index, folder) };
}
