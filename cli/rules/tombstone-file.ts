/** From one file of a retired rule to its tombstone, or to everything that is wrong with it. */
import { stringify } from 'yaml';
import type { Tombstone } from '../../functions/domain/rules/book.ts';
import { TombstoneFile } from '../../functions/domain/rules/tombstone.ts';
import { fieldProblems } from './field-problems.ts';
import { schemaOf } from './json-schema.ts';
import { inReadingOrder, type Problem } from './problem.ts';
import { readYaml } from './yaml-document.ts';

export type TombstoneResult =
  | { readonly ok: true; readonly tombstone: Tombstone }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const tombstoneSchema = schemaOf(TombstoneFile);

/** True when a file says that its rule is retired, whatever else it says. */
export const isTombstone = (text: string): boolean => /^(["']?)retired\1\s*:/m.test(text);

/** Path below the folder of rules where the file of `id` stands. @example 'gas/combustible.compartment.yaml' */
export function placeOf(id: string): string {
  const [folder = '', ...rest] = id.split('.');
  return `${folder}/${rest.join('.')}.yaml`;
}

/** The tombstone in `text`. `file` is its path as told to the reader; it must agree with the id. @throws never for bad input */
export function readTombstoneFile(file: string, text: string): TombstoneResult {
  const document = readYaml(file, text);
  if (document.problems.length > 0) return { ok: false, problems: document.problems };
  const parsed = TombstoneFile.safeParse(document.value);
  if (!parsed.success)
    return { ok: false, problems: inReadingOrder(fieldProblems(document, tombstoneSchema, parsed.error)) };
  const { id, retired } = parsed.data;
  const wanted = placeOf(id);
  if (!`/${file}`.endsWith(`/${wanted}`)) {
    const problem = document.problemAt(
      ['id'],
      `belongs into rules/${wanted}`,
      'move the file, or correct the id',
    );
    return { ok: false, problems: [problem] };
  }
  return { ok: true, tombstone: { id, ...retired } };
}

/** The text of a tombstone's file. */
export const tombstoneText = ({ id, by, reason, date }: Tombstone): string =>
  `# This rule has ended. The file stays for ever: alerts of the past are known by the id.\n${stringify({ id, retired: { by, reason, date } }, { lineWidth: 0 })}`;
