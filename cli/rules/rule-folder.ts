/** The folder of rules: which files there are, and the book that they make together. */
import { join } from 'node:path';
import { bookFormat, type Rule, type RuleBook, type Tombstone } from '../../functions/domain/rules/book.ts';
import type { CorrelationRule } from '../../functions/domain/rules/correlation-rule.ts';
import { type BookFile, type OpenCorrelation, readBookFile } from './book-file.ts';
import { contentVersion } from './content-version.ts';
import { resolveCorrelations } from './correlations.ts';
import { inCrew } from './crew.ts';
import { listRuleFolder, type RuleFolder, shownPath, wholeFile } from './list-folder.ts';
import { inReadingOrder, type Problem } from './problem.ts';
import { readText } from './read-text.ts';

/** Most rules in one book: its data is loaded at every cold start. */
export const ruleCountMax = 1_000;

export interface RuleInFolder {
  readonly file: string;
  readonly rule: Rule;
}

export interface CorrelationInFolder {
  readonly file: string;
  readonly rule: CorrelationRule;
}

export interface FolderResult {
  readonly rules: readonly RuleInFolder[];
  readonly correlations: readonly CorrelationRule[];
  /** The same with their files. */
  readonly correlationFiles: readonly CorrelationInFolder[];
  readonly retired: readonly Tombstone[];
  /** Files that ask for no proof: tombstones. */
  readonly unproven: ReadonlySet<string>;
  /** Every file that may say something of a rule, readable or not, below the folder. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

function sizeProblems(root: string, { ruleFiles }: RuleFolder): Problem[] {
  if (ruleFiles.length === 0)
    return [
      wholeFile(
        shownPath(root, ''),
        'holds no rule',
        'name the folder that holds the rules: --rules <folder>',
      ),
    ];
  return ruleFiles.length > ruleCountMax
    ? [wholeFile(shownPath(root, ''), `holds more than ${ruleCountMax} rules`, 'split the book')]
    : [];
}

/** What each of `files` says. */
async function readBookFiles(root: string, files: readonly string[]): Promise<readonly BookFile[]> {
  const texts = files.map((file) => readText(join(root, file), shownPath(root, file)));
  const readable = texts.flatMap((found, i) =>
    found.ok ? [{ shown: shownPath(root, files[i] ?? ''), text: found.text }] : [],
  );
  const read = await inCrew('rule', readable, ({ shown, text }) => readBookFile(shown, text));
  let next = 0;
  return texts.map((found) => {
    const file = found.ok ? read[next++] : undefined;
    const problems = found.ok ? [] : [found.problem];
    return file ?? { kind: 'broken', isProvable: true, problems };
  });
}

/** Every rule of `root`, and every finding in all of its files. */
export async function readRuleFolder(root: string): Promise<FolderResult> {
  const folder = await listRuleFolder(root);
  const rules: RuleInFolder[] = [];
  const open: (OpenCorrelation & { readonly path: string })[] = [];
  const retired: Tombstone[] = [];
  const unproven = new Set<string>();
  const problems: Problem[] = [...folder.problems, ...sizeProblems(root, folder)];
  const found = await readBookFiles(root, folder.ruleFiles);
  folder.ruleFiles.forEach((file, i) => {
    const read = found[i];
    if (read === undefined) return;
    if (read.kind === 'rule') rules.push({ file, rule: read.rule });
    else if (read.kind === 'broken') problems.push(...read.problems);
    if (read.kind === 'retired' || (read.kind === 'broken' && !read.isProvable)) unproven.add(file);
    if (read.kind === 'correlation') open.push({ path: file, ...read.open });
    if (read.kind === 'retired') retired.push(read.tombstone);
  });
  const resolved = resolveCorrelations(
    open,
    rules.map(({ rule }) => rule),
  );
  problems.push(...resolved.problems);
  const { correlations } = resolved;
  const correlationFiles = open.flatMap(({ path }, i) => {
    const rule = correlations[i];
    return rule === undefined ? [] : [{ file: path, rule }];
  });
  const files = folder.ruleFiles;
  return {
    rules,
    correlations,
    correlationFiles,
    retired,
    unproven,
    files,
    problems: inReadingOrder(problems),
  };
}

const byId = <T extends { readonly id: string }>(all: readonly T[]): readonly T[] =>
  all.toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** The book of `rules`, ordered by id; its version follows from theirs. */
export function bookOf(
  rules: readonly Rule[],
  correlations: readonly CorrelationRule[] = [],
  retired: readonly Tombstone[] = [],
): RuleBook {
  const parts = { rules: byId(rules), correlations: byId(correlations), retired: byId(retired) };
  const versions = [...parts.rules, ...parts.correlations].map(({ id, version }) => [id, version]);
  const version = contentVersion([versions, parts.retired]);
  return { format: bookFormat, version, ...parts };
}

/** The text of `rules/book.json`: the same rules always give the same bytes. */
export const bookText = (book: RuleBook): string => `${JSON.stringify(book, null, 1)}\n`;

/** The book that a folder makes. */
export const bookIn = ({ rules, correlations, retired }: FolderResult): RuleBook =>
  bookOf(
    rules.map(({ rule }) => rule),
    correlations,
    retired,
  );
