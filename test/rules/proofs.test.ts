import { compare, holds } from '../../cli/proofs/compare.ts';
import { readProofs } from '../../cli/proofs/proof-folder.ts';
import { runCase } from '../../cli/proofs/run-case.ts';
import { correlationTimeline, runCorrelationCase } from '../../cli/proofs/run-correlation-case.ts';
import { timeline } from '../../cli/proofs/timeline.ts';
import { renderProblem } from '../../cli/rules/problem.ts';
import { readRuleFolder } from '../../cli/rules/rule-folder.ts';

const folder = await readRuleFolder('rules');
const { proofs, correlationProofs, problems } = await readProofs('rules', folder);

test('every rule has a proof, and no proof has a finding', () => {
  expect(problems.map(renderProblem)).toEqual([]);
  expect(proofs.map(({ rule }) => rule.id)).toEqual(folder.rules.map(({ rule }) => rule.id));
  expect(correlationProofs.map(({ rule }) => rule.id)).toEqual(folder.correlations.map(({ id }) => id));
});

describe.each(proofs.map((proof) => [proof.rule.id, proof] as const))('%s', (_, { rule, proof }) => {
  test.each(proof.cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const came = runCase(rule, proof, one);
    if (!holds(compare(rule.id, one, came))) throw new Error(timeline(proof, one, came));
  });
});

describe.each(correlationProofs.map((proof) => [proof.rule.id, proof] as const))(
  '%s',
  (_, { rule, proof }) => {
    test.each(proof.cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
      const came = runCorrelationCase(rule, one);
      if (!holds(compare(rule.id, one, came))) throw new Error(correlationTimeline(rule, one, came));
    });
  },
);
