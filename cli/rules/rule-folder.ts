/** The folder of rules: which files there are, and the book that they make together. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { bookFormat, type Rule, type RuleBook, type Tombstone } from '../../functions/domain/rules/book.ts';
import type { CorrelationRule } from '../../functions/domain/rules/correlation-rule.ts';
import { type BookFile, type OpenCorrelation, readBookFile } from './book-file.ts';
import { contentVersion } from './canonical.ts';
import { resolveCorrelations } from './correlations.ts';
import { inReadingOrder, type Problem } from './problem.ts';

/** Most rules in one book: its data is loaded at every cold start. */
export const ruleCountMax = 1_000;

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
  readonly correlations: readonly CorrelationRule[];
  readonly retired: readonly Tombstone[];
  /** Files that ask for no proof: correlation rules and tombstones. */
  readonly unproven: ReadonlySet<string>;
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

/** Files that are read at the same time. */
const readingCountMax = 64;

/** The texts of `files`; one that is no UTF-8 is a finding, and not a replacement character in somebody's rule. */
export async function readTexts(
  root: string,
  files: readonly string[],
): Promise<readonly (string | Problem)[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  const read = async (file: string): Promise<string | Problem> => {
    const bytes = await readFile(join(root, file));
    try {
      return decoder.decode(bytes);
    } catch {
      return wholeFile(shownPath(root, file), 'is not UTF-8', 'save it in UTF-8');
    }
  };
  const texts: (string | Problem)[] = [];
  for (let at = 0; at < files.length; at += readingCountMax)
    texts.push(...(await Promise.all(files.slice(at, at + readingCountMax).map(read))));
  return texts;
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

/** Every rule of `root`, and every finding in all of its files. */
export async function readRuleFolder(root: string): Promise<FolderResult> {
  const folder = await listRuleFolder(root);
  const rules: RuleInFolder[] = [];
  const open: OpenCorrelation[] = [];
  const retired: Tombstone[] = [];
  const unproven = new Set<string>();
  const problems: Problem[] = sizeProblems(root, folder);
  const texts = await readTexts(root, folder.ruleFiles);
  folder.ruleFiles.forEach((file, i) => {
    const text = texts[i] ?? '';
    const read: BookFile =
      typeof text === 'string'
        ? readBookFile(shownPath(root, file), text)
        : { kind: 'broken', problems: [text] };
    if (read.kind === 'rule') rules.push({ file, rule: read.rule });
    else if (read.kind === 'broken') problems.push(...read.problems);
    else unproven.add(file);
    if (read.kind === 'correlation') open.push(read.open);
    if (read.kind === 'retired') retired.push(read.tombstone);
  });
  const resolved = resolveCorrelations(
    open,
    rules.map(({ rule }) => rule),
  );
  problems.push(...resolved.problems);
  const { correlations } = resolved;
  return { rules, correlations, retired, unproven, problems: inReadingOrder(problems) };
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
