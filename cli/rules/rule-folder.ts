/** The folder of rules: which files there are, and the book that they make together. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { bookFormat, type Rule, type RuleBook } from '../../functions/domain/rules/book.ts';
import { contentVersion } from './canonical.ts';
import { inReadingOrder, type Problem } from './problem.ts';
import { readRuleFile } from './rule-file.ts';

/** Most rules in one book: its data is loaded at every cold start. */
export const ruleCountMax = 500;

const ruleSuffix = '.yaml';
const proofSuffix = '.test.yaml';

/** Path of the proof beside a rule. @example proofFileOf('gas/x.yaml') // 'gas/x.test.yaml' */
export const proofFileOf = (file: string): string => file.replace(/\.yaml$/, proofSuffix);

export interface RuleFolder {
  /** Paths below the folder with `/`, in the order of their code units. */
  readonly ruleFiles: readonly string[];
  readonly proofFiles: readonly string[];
}

export interface RuleInFolder {
  readonly file: string;
  readonly rule: Rule;
}

export interface FolderResult {
  readonly rules: readonly RuleInFolder[];
  readonly problems: readonly Problem[];
}

/** How `file` of the folder `root` is told to a reader: relative to where the command was called. */
export const shownPath = (root: string, file: string): string =>
  relative(process.cwd(), join(root, file)).split(sep).join('/');

/** The YAML files of `root`, however deep. */
export async function listRuleFolder(root: string): Promise<RuleFolder> {
  const entries = await readdir(root, { recursive: true });
  const files = entries
    .map((entry) => entry.split(sep).join('/'))
    .filter((file) => file.endsWith(ruleSuffix))
    .sort();
  return {
    ruleFiles: files.filter((file) => !file.endsWith(proofSuffix)),
    proofFiles: files.filter((file) => file.endsWith(proofSuffix)),
  };
}

/** A finding about a file as a whole. */
export const wholeFile = (file: string, message: string, remedy: string): Problem => ({
  file,
  line: 1,
  column: 1,
  field: '-',
  message,
  remedy,
  excerpt: '',
});

/** Every rule of `root`, and every finding in all of its files. */
export async function readRuleFolder(root: string): Promise<FolderResult> {
  const folder = await listRuleFolder(root);
  const rules: RuleInFolder[] = [];
  const problems: Problem[] = [];
  for (const file of folder.ruleFiles) {
    const read = readRuleFile(shownPath(root, file), await readFile(join(root, file), 'utf8'));
    if (read.ok) rules.push({ file, rule: read.rule });
    else problems.push(...read.problems);
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
  return { rules, problems: inReadingOrder(problems) };
}

/** The book of `rules`, ordered by id; its version follows from theirs. */
export function bookOf(rules: readonly Rule[]): RuleBook {
  const ordered = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  const version = contentVersion(ordered.map(({ id, version: own }) => [id, own]));
  return { format: bookFormat, version, rules: ordered, correlations: [], retired: [] };
}

/** The text of `rules/book.json`: the same rules always give the same bytes. */
export const bookText = (book: RuleBook): string => `${JSON.stringify(book, null, 1)}\n`;
