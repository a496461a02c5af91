/** `rules/index.json`: every id that ever was in the book, so that none goes away unnoticed (semantics 23). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { RuleId } from '../../functions/domain/ids.ts';
import { shownPath, wholeFile } from './list-folder.ts';
import type { Problem } from './problem.ts';
import type { FolderResult } from './rule-folder.ts';
import { fileOfRule } from './rule-meaning.ts';

export const indexFile = 'index.json';

const Entry = z.strictObject({
  /** The present version of the rule, of a retired one its last; absent where nobody knows it. */
  version: z.string().optional(),
  retired: z.literal(true).optional(),
});
type Entry = z.infer<typeof Entry>;

const StoredIndex = z.strictObject({ format: z.literal(1), rules: z.record(RuleId, Entry) });

/** Ids that were in the book, with the text that they were read from. */
export interface RuleIndex {
  readonly rules: ReadonlyMap<string, Entry>;
  readonly text: string;
}

export type IndexResult =
  | { readonly ok: true; readonly index: RuleIndex }
  | { readonly ok: false; readonly problem: Problem };

/** As much of a book as names its rules: where there is no index yet, it says what was there. */
const NamedBook = z.looseObject({
  rules: z.array(z.looseObject({ id: z.string(), version: z.string() })),
  correlations: z.array(z.looseObject({ id: z.string(), version: z.string() })).default([]),
  retired: z.array(z.looseObject({ id: z.string() })).default([]),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const textOf = (root: string, name: string): Promise<string | undefined> =>
  readFile(join(root, name), 'utf8').catch(() => undefined);

async function fromBook(root: string): Promise<RuleIndex> {
  const book = NamedBook.safeParse(parsed((await textOf(root, 'book.json')) ?? ''));
  if (!book.success) return { rules: new Map(), text: '' };
  const { rules, correlations, retired } = book.data;
  const living = [...rules, ...correlations].map(({ id, version }) => [id, { version }] as const);
  const ended = retired.map(({ id }) => [id, { retired: true }] as const);
  return { rules: new Map<string, Entry>([...living, ...ended]), text: '' };
}

/** The index of the folder `root`; where it is missing, the book tells what was there. @throws never */
export async function readIndex(root: string): Promise<IndexResult> {
  const text = await textOf(root, indexFile);
  if (text === undefined) return { ok: true, index: await fromBook(root) };
  const index = StoredIndex.safeParse(parsed(text));
  if (index.success) return { ok: true, index: { rules: new Map(Object.entries(index.data.rules)), text } };
  const shown = shownPath(root, indexFile);
  const remedy = `it remembers which rules there were: git checkout -- ${shown}`;
  return { ok: false, problem: wholeFile(shown, 'is no index of rules', remedy) };
}

/** What is living and what has ended, by id. */
type Present = Pick<FolderResult, 'rules' | 'correlations' | 'retired'>;

const livingIn = ({
  rules,
  correlations,
}: Present): readonly { readonly id: string; readonly version: string }[] => [
  ...rules.map(({ rule }) => rule),
  ...correlations,
];

/** The index after `present`: what was known stays known. */
export function nextIndex(before: RuleIndex, present: Present): RuleIndex {
  const next = new Map<string, Entry>(before.rules);
  for (const { id, version } of livingIn(present)) next.set(id, { version });
  for (const { id } of present.retired) {
    const version = before.rules.get(id)?.version;
    next.set(id, { ...(version !== undefined && { version }), retired: true });
  }
  const lines = [...next]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, entry]) => `  ${JSON.stringify(id)}: ${JSON.stringify(entry)}`);
  const text = `{\n "format": 1,\n "rules": {\n${lines.join(',\n')}\n }\n}\n`;
  return { rules: next, text };
}

/** Where the index names `id`. */
function lineOf({ text }: RuleIndex, id: string): { readonly line: number; readonly excerpt: string } {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.includes(`${JSON.stringify(id)}:`));
  return { line: Math.max(1, at + 1), excerpt: lines[at] ?? '' };
}

/** Rules that are gone without a tombstone, and rules that came back from the dead. */
export function lifeProblems(root: string, index: RuleIndex, folder: FolderResult): Problem[] {
  const { retired, files } = folder;
  const living = livingIn(folder).map(({ id }) => id);
  const there = new Set<string>([...living, ...retired.map(({ id }) => id)]);
  const standing = new Set(files);
  const gone = [...index.rules].flatMap(([id, entry]): Problem[] => {
    if (there.has(id) || standing.has(fileOfRule(id))) return [];
    const file = shownPath(root, fileOfRule(id));
    const { line, excerpt } = lineOf(index, id);
    return [
      {
        file: shownPath(root, indexFile),
        line,
        column: excerpt.search(/\S/) + 1 || 1,
        field: id,
        message: entry.retired
          ? `the tombstone ${file} is gone`
          : `was in the book, and its file ${file} is gone`,
        remedy: entry.retired
          ? 'restore the file: a tombstone stays for ever'
          : `restore the file, or end the rule: tocsin rules retire ${id} --by <who> --reason <why>`,
        excerpt,
      },
    ];
  });
  const risen = living.flatMap((id) =>
    index.rules.get(id)?.retired
      ? [
          wholeFile(
            shownPath(root, fileOfRule(id)),
            'was retired',
            'give the rule another id, or restore the tombstone',
          ),
        ]
      : [],
  );
  return [...gone, ...risen];
}
