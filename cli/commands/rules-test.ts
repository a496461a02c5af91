/** `tocsin rules test`: the proofs, over the engine that runs in the cloud. */
import { count, type Output } from '../output.ts';
import { compare, holds } from '../proofs/compare.ts';
import { readProofs } from '../proofs/proof-folder.ts';
import { runCase } from '../proofs/run-case.ts';
import { timeline } from '../proofs/timeline.ts';
import { renderProblem } from '../rules/problem.ts';
import { readRulesOrTell } from './rules-folder.ts';

export interface TestOptions {
  readonly rules: string;
  readonly verbose: boolean;
}

/** Runs the proofs of the rules whose id holds one of `words`, of all rules when there are none. */
export async function testRules(
  words: readonly string[],
  options: TestOptions,
  output: Output,
): Promise<void> {
  const read = await readRulesOrTell(options.rules, output);
  if (!read) return;
  const { proofs, problems } = await readProofs(options.rules, read);
  const findings = [...read.problems, ...problems];
  for (const problem of findings) output.remark(renderProblem(problem));
  const wanted = proofs.filter(
    ({ rule }) => words.length === 0 || words.some((word) => rule.id.includes(word)),
  );
  if (wanted.length === 0 && findings.length === 0) {
    output.remark(`no rule has ${words.join(' or ')} in its id; see tocsin rules list`);
    return output.exitWith(2);
  }
  let failed = 0;
  let passed = 0;
  for (const { rule, proof } of wanted) {
    for (const one of proof.cases) {
      const came = runCase(rule, proof, one);
      const ok = holds(compare(rule.id, one, came));
      if (ok) passed++;
      else failed++;
      if (!ok || options.verbose) output.line(`${timeline(proof, one, came)}\n`);
    }
  }
  output.line(`${count(wanted.length, 'proof')}: ${passed} cases passed, ${failed} failed`);
  if (failed > 0 || findings.length > 0) output.exitWith(1);
}
