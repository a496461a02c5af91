/** `tocsin rules new`: a rule and its proof that pass, to be filled with what the trade knows. */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../error-code.ts';
import { proofText } from '../new-rule/proof-text.ts';
import { answered } from '../new-rule/questions.ts';
import { ruleText } from '../new-rule/rule-text.ts';
import { type NewFlags, type Wish, wishOf } from '../new-rule/wish.ts';
import type { Output } from '../output.ts';
import { readProof } from '../proofs/read-proof.ts';
import { readIndex } from '../rules/index-file.ts';
import { proofFileOf, shownPath } from '../rules/list-folder.ts';
import { readRuleFile } from '../rules/rule-file.ts';
import { fileOfRule } from '../rules/rule-meaning.ts';
import { remarkProblems } from '../rules/tell-problems.ts';

export interface NewOptions extends NewFlags {
  readonly rules: string;
  readonly json: boolean;
}

interface Files {
  readonly name: string;
  readonly text: string;
}

/** Rule and proof, checked as `check` and `test` will; `undefined` when there are findings, which are told. */
function filesOf(root: string, wish: Wish, output: Output): readonly Files[] | undefined {
  const name = fileOfRule(wish.id);
  const text = ruleText(wish);
  const read = readRuleFile(shownPath(root, name), text);
  if (!read.ok) {
    remarkProblems(read.problems, output);
    return undefined;
  }
  const proof = proofText(wish, read.rule);
  if (!proof.ok) {
    output.remark(proof.message);
    return undefined;
  }
  const proven = readProof(shownPath(root, proofFileOf(name)), proof.text, read.rule);
  if (!proven.ok) {
    remarkProblems(proven.problems, output);
    return undefined;
  }
  return [
    { name, text },
    { name: proofFileOf(name), text: proof.text },
  ];
}

/** Writes all of `files`, or none when one of them is there already. @returns the one that is there */
async function writeNew(root: string, files: readonly Files[]): Promise<string | undefined> {
  const written: string[] = [];
  for (const { name, text } of files) {
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    try {
      await writeFile(path, text, { flag: 'wx' });
      written.push(path);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
      for (const mine of written) await rm(mine);
      return shownPath(root, name);
    }
  }
  return undefined;
}

/** Writes the rule `name` (`<trade>/<rest of its id>`) and its proof; asks at a terminal for what the flags leave open. */
export async function newRule(name: string, options: NewOptions, output: Output): Promise<void> {
  const refuse = (code: 1 | 2, ...lines: readonly string[]): void => {
    for (const line of lines) output.remark(line);
    output.exitWith(code);
  };
  const { rules, json, ...flags } = options;
  let wished = wishOf(name, flags);
  if (!wished.ok && output.ask) wished = wishOf(name, await answered(flags, output.ask));
  if (!wished.ok) return refuse(2, ...wished.problems);
  const { wish } = wished;
  const index = await readIndex(rules);
  if (index.ok && index.index.rules.get(wish.id)?.retired)
    return refuse(2, `${wish.id} was retired: a rule that ended does not come back; choose another name`);
  const files = filesOf(rules, wish, output);
  if (!files) return refuse(1, 'nothing written');
  const standing = await writeNew(rules, files);
  if (standing !== undefined) return refuse(2, `${standing} is there already; nothing written`);
  const written = files.map((file) => shownPath(rules, file.name));
  const next = 'tocsin rules check, tocsin rules test, then npm run rules:build';
  if (json) return output.line(JSON.stringify({ id: wish.id, written, next }, null, 2));
  for (const file of written) output.line(`wrote ${file}`);
  output.line(`next: ${next}`);
}
