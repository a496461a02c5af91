/** `tocsin rules test`: the proofs, over the engine that runs in the cloud. */
import { count, type Output } from '../output.ts';
import { compare, holds, type Line } from '../proofs/compare.ts';
import { type CorrelationProofInFolder, type ProofInFolder, readProofs } from '../proofs/proof-folder.ts';
import { runCase } from '../proofs/run-case.ts';
import { correlationTimeline, runCorrelationCase } from '../proofs/run-correlation-case.ts';
import { timeline } from '../proofs/timeline.ts';
import { problemJson, remarkProblems } from '../rules/tell-problems.ts';
import { readRulesOrTell } from './rules-folder.ts';

export interface TestOptions {
  readonly rules: string;
  readonly verbose: boolean;
  readonly json: boolean;
}

/** A case that was run. */
interface RanCase {
  readonly of: { readonly file: string; readonly rule: { readonly id: string } };
  readonly one: { readonly name: string; readonly shows: string };
  readonly lines: readonly Line[];
  /** The case as a person reads it. */
  readonly text: () => string;
}

function runCases({ rule, proof, ...rest }: ProofInFolder): RanCase[] {
  return proof.cases.map((one) => {
    const came = runCase(rule, proof, one);
    const text = (): string => timeline(proof, one, came);
    return { of: { rule, proof, ...rest }, one, lines: compare(rule.id, one, came), text };
  });
}

function runCorrelationCases({ rule, proof, file }: CorrelationProofInFolder): RanCase[] {
  return proof.cases.map((one) => {
    const came = runCorrelationCase(rule, one);
    const text = (): string => correlationTimeline(rule, one, came);
    return { of: { rule, file }, one, lines: compare(rule.id, one, came), text };
  });
}

const caseJson = ({ of, one, lines }: RanCase): object => ({
  rule: of.rule.id,
  file: of.file,
  name: one.name,
  shows: one.shows,
  ok: holds(lines),
  lines: lines.map(({ at: atMs, ...line }) => ({ atMs, ...line })),
});

/** Runs the proofs of the rules whose id holds one of `words`, of all rules when there are none. */
export async function testRules(
  words: readonly string[],
  options: TestOptions,
  output: Output,
): Promise<void> {
  const read = await readRulesOrTell(options.rules, output);
  if (!read) return;
  const { proofs, correlationProofs, problems } = await readProofs(options.rules, read);
  const findings = [...read.problems, ...problems];
  const isWanted = ({ rule }: { readonly rule: { readonly id: string } }): boolean =>
    words.length === 0 || words.some((word) => rule.id.includes(word));
  const wanted = proofs.filter(isWanted);
  const correlated = correlationProofs.filter(isWanted);
  const proofCount = wanted.length + correlated.length;
  if (proofCount === 0 && findings.length === 0) {
    output.remark(`no rule has ${words.join(' or ')} in its id; see tocsin rules list`);
    return output.exitWith(2);
  }
  const ran = [...wanted.flatMap(runCases), ...correlated.flatMap(runCorrelationCases)];
  const failed = ran.filter(({ lines }) => !holds(lines));
  const passed = ran.length - failed.length;
  if (failed.length > 0 || findings.length > 0) output.exitWith(1);
  if (options.json) {
    const tally = { proofs: proofCount, passed, failed: failed.length };
    const result = { ...tally, cases: ran.map(caseJson), findings: findings.map(problemJson) };
    return output.line(JSON.stringify(result, null, 2));
  }
  remarkProblems(findings, output);
  for (const one of options.verbose ? ran : failed) output.line(`${one.text()}\n`);
  output.line(`${count(proofCount, 'proof')}: ${passed} cases passed, ${failed.length} failed`);
}
