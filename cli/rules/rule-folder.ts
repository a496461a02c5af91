/** The folder of rules: which files there are, and the book that they make together. */
import { join } from 'node:path';
import { bookFormat, type Rule, type RuleBook, type Tombstone } from '../../functions/domain/rules/book.ts';
import { contentVersion } from './canonical.ts';
import { listRuleFolder, shownPath, wholeFile } from './list-folder.ts';
import { inReadingOrder, type Problem } from './problem.ts';
import { readText } from './read-text.ts';
import { readRuleFile } from './rule-file.ts';
import { isTombstone, readTombstoneFile } from './tombstone-file.ts';

/** Most rules in one book: its data is loaded at every cold start. */
export const ruleCountMax = 500;

export interface RuleInFolder {
  readonly file: string;
  readonly rule: Rule;
}

export interface RetiredInFolder {
  readonly file: string;
  readonly tombstone: Tombstone;
}

export interface FolderResult {
  readonly rules: readonly RuleInFolder[];
  readonly retired: readonly RetiredInFolder[];
  /** Every rule file that is there, readable or not, below the folder. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

/** Every rule of `root`, and every finding in all of its files. */
export async function readRuleFolder(root: string): Promise<FolderResult> {
  const folder = await listRuleFolder(root);
  const rules: RuleInFolder[] = [];
  const retired: RetiredInFolder[] = [];
  const problems: Problem[] = [...folder.problems];
  for (const file of folder.ruleFiles) {
    const shown = shownPath(root, file);
    const found = await readText(join(root, file), shown);
    if (!found.ok) problems.push(found.problem);
    else if (isTombstone(found.text)) {
      const read = readTombstoneFile(shown, found.text);
      if (read.ok) retired.push({ file, tombstone: read.tombstone });
      else problems.push(...read.problems);
    } else {
      const read = readRuleFile(shown, found.text);
      if (read.ok) rules.push({ file, rule: read.rule });
      else problems.push(...read.problems);
    }
  }
  if (folder.ruleFiles.length === 0)
    problems.push(
      wholeFile(
        shownPath(root, ''),
        'holds no rule',
        'name the folder that holds the rules: --rules <folder>',
      ),
    );
  if (folder.ruleFiles.length > ruleCountMax)
    problems.push(wholeFile(shownPath(root, ''), `holds more than ${ruleCountMax} rules`, 'split the book'));
  return { rules, retired, files: folder.ruleFiles, problems: inReadingOrder(problems) };
}

/** The book of `rules`, ordered by id; its version follows from theirs and from what was retired. */
export function bookOf(rules: readonly Rule[], retired: readonly Tombstone[] = []): RuleBook {
  const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);
  const ordered = [...rules].sort(byId);
  const ended = [...retired].sort(byId);
  const versions = ordered.map(({ id, version: own }) => [id, own]);
  const version = contentVersion(ended.length === 0 ? versions : [...versions, ...ended]);
  return { format: bookFormat, version, rules: ordered, correlations: [], retired: ended };
}

/** The text of `rules/book.json`: the same rules always give the same bytes. */
export const bookText = (book: RuleBook): string => `${JSON.stringify(book, null, 1)}\n`;
