/** The proofs of a folder of rules, each with its rule. */
import { join } from 'node:path';
import type { Rule } from '../../functions/domain/rules/book.ts';
import type { CorrelationRule } from '../../functions/domain/rules/correlation-rule.ts';
import { inCrew } from '../rules/crew.ts';
import { listRuleFolder, proofFileOf, type RuleFolder, shownPath, wholeFile } from '../rules/list-folder.ts';
import type { Problem } from '../rules/problem.ts';
import { readText } from '../rules/read-text.ts';
import type { FolderResult } from '../rules/rule-folder.ts';
import type { CorrelationProof } from './correlation-proof.ts';
import type { ProofFile } from './proof-file.ts';
import { readCorrelationProof } from './read-correlation-proof.ts';
import { readGivenProof } from './read-proof.ts';

export interface ProofInFolder {
  readonly file: string;
  readonly rule: Rule;
  readonly proof: ProofFile;
}

export interface CorrelationProofInFolder {
  readonly file: string;
  readonly rule: CorrelationRule;
  readonly proof: CorrelationProof;
}

export interface ProofsResult {
  readonly proofs: readonly ProofInFolder[];
  readonly correlationProofs: readonly CorrelationProofInFolder[];
  readonly problems: readonly Problem[];
}

function unpaired(
  root: string,
  { ruleFiles, proofFiles }: RuleFolder,
  unproven: ReadonlySet<string>,
): Problem[] {
  const proofs = new Set(proofFiles);
  const provable = ruleFiles.filter((file) => !unproven.has(file));
  const proven = new Set(provable.map(proofFileOf));
  return [
    ...provable
      .filter((file) => !proofs.has(proofFileOf(file)))
      .map((file) =>
        wholeFile(
          shownPath(root, file),
          'has no proof',
          `write ${shownPath(root, proofFileOf(file))}; see docs/rules.md`,
        ),
      ),
    ...proofFiles
      .filter((file) => !proven.has(file))
      .map((file) =>
        wholeFile(shownPath(root, file), 'proves no rule', 'name it after its rule, or delete it'),
      ),
  ];
}

/** The proofs beside `rules`; a proof whose rule has findings is checked for its own shape only. */
export async function readProofs(
  root: string,
  { rules, correlationFiles, unproven }: Pick<FolderResult, 'rules' | 'correlationFiles' | 'unproven'>,
): Promise<ProofsResult> {
  const ruleOf = new Map(rules.map(({ file, rule }) => [proofFileOf(file), rule]));
  const correlationOf = new Map(correlationFiles.map(({ file, rule }) => [proofFileOf(file), rule]));
  const proofs: ProofInFolder[] = [];
  const correlationProofs: CorrelationProofInFolder[] = [];
  const folder = await listRuleFolder(root);
  const problems: Problem[] = unpaired(root, folder, unproven);
  const texts = folder.proofFiles.map((file) => readText(join(root, file), shownPath(root, file)));
  const given = texts.flatMap((found, i) => {
    const file = folder.proofFiles[i] ?? '';
    if (!found.ok) {
      problems.push(found.problem);
      return [];
    }
    const correlation = correlationOf.get(file);
    if (correlation !== undefined) {
      const read = readCorrelationProof(shownPath(root, file), found.text, correlation);
      if (read.ok) correlationProofs.push({ file, rule: correlation, proof: read.proof });
      else problems.push(...read.problems);
      return [];
    }
    return [{ file, shown: shownPath(root, file), text: found.text, rule: ruleOf.get(file) }];
  });
  const found = await inCrew('proof', given, readGivenProof);
  given.forEach(({ file, rule }, i) => {
    const read = found[i];
    if (read?.ok === false) problems.push(...read.problems);
    else if (read && rule) proofs.push({ file, rule, proof: read.proof });
  });
  return { proofs, correlationProofs, problems };
}
