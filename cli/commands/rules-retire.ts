/** `tocsin rules retire`: ends a rule, so that what it has open ends for that reason (semantics 23). */
import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RuleId } from '../../functions/domain/ids.ts';
import { nearest } from '../../functions/domain/nearest.ts';
import { TombstoneFile } from '../../functions/domain/rules/schema/tombstone.ts';
import type { Output } from '../output.ts';
import { readIndex } from '../rules/index-file.ts';
import { proofFileOf, shownPath } from '../rules/list-folder.ts';
import type { FolderResult } from '../rules/rule-folder.ts';
import { fileOfRule } from '../rules/rule-meaning.ts';
import { tombstoneText } from '../rules/tombstone-file.ts';
import { readRulesOrTell } from './rules-folder.ts';

export interface RetireOptions {
  readonly rules: string;
  readonly by: string;
  readonly reason: string;
  readonly date: string;
  readonly json: boolean;
}

/** Why `id` cannot be retired: nobody knows it, or it has ended already. */
async function refusalOf(
  id: string,
  options: RetireOptions,
  folder: FolderResult,
): Promise<string | undefined> {
  const { rules } = options;
  const ended = folder.retired.find((tombstone) => tombstone.id === id);
  if (ended) return `${id} was retired on ${ended.date} by ${ended.by}`;
  const read = await readIndex(rules);
  const known = new Set(read.ok ? read.index.rules.keys() : []);
  for (const { id: living } of [...folder.rules.map(({ rule }) => rule), ...folder.correlations])
    known.add(living);
  // A rule with findings is known by its file.
  if (known.has(id) || (RuleId.safeParse(id).success && folder.files.includes(fileOfRule(id))))
    return undefined;
  const meant = nearest(id, known);
  return `no rule ${id}${meant === undefined ? '; see tocsin rules list' : `; did you mean ${meant}?`}`;
}

/** Writes the tombstone of `id` in the place of its rule and takes its proof away; `build` then carries it into the book. */
export async function retireRule(id: string, options: RetireOptions, output: Output): Promise<void> {
  const { rules, by, reason, date, json } = options;
  const refuse = (message: string): void => {
    output.remark(message);
    output.exitWith(2);
  };
  const folder = await readRulesOrTell(rules, output);
  if (!folder) return;
  const refusal = await refusalOf(id, options, folder);
  if (refusal !== undefined) return refuse(refusal);
  const tombstone = TombstoneFile.safeParse({ id, retired: { by, reason, date } });
  if (!tombstone.success)
    return refuse(
      tombstone.error.issues.map(({ path, message }) => `--${String(path.at(-1))}: ${message}`).join('\n'),
    );
  const file = fileOfRule(id);
  const proof = join(rules, proofFileOf(file));
  const hasProof = await access(proof).then(
    () => true,
    () => false,
  );
  await writeFile(join(rules, file), tombstoneText({ id: tombstone.data.id, by, reason, date }));
  if (hasProof) await rm(proof);
  const removed = hasProof ? [shownPath(rules, proofFileOf(file))] : [];
  const next = 'npm run rules:build, and commit it; with the next deploy what it has open is set recovered';
  if (json) return output.line(JSON.stringify({ wrote: shownPath(rules, file), removed, next }, null, 2));
  output.line(`wrote ${shownPath(rules, file)}`);
  for (const gone of removed) output.line(`removed ${gone}`);
  output.line(`next: ${next}`);
}
