/** From one proof file of a correlation rule to its cases, or to everything that is wrong with it. */
import { nearest } from '../../functions/domain/nearest.ts';
import { selectionsOf } from '../../functions/domain/rules/correlate/correlations.ts';
import type { CorrelationRule } from '../../functions/domain/rules/correlation-rule.ts';
import { fieldProblems } from '../rules/field-problems.ts';
import { schemaOf } from '../rules/json-schema.ts';
import { inReadingOrder, type Problem } from '../rules/problem.ts';
import { readYaml, type YamlDocument } from '../rules/yaml-document.ts';
import { CorrelationProof, correlationClaims } from './correlation-proof.ts';
import { sameName } from './read-proof.ts';

export type CorrelationProofResult =
  | { readonly ok: true; readonly proof: CorrelationProof }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const proofSchema = schemaOf(CorrelationProof);

/** Alerts of rules that the correlation does not name: they could not show anything. */
function strangers(document: YamlDocument, { cases }: CorrelationProof, rule: CorrelationRule): Problem[] {
  const members = new Set<string>(selectionsOf(rule).flatMap(({ rules }) => rules));
  return cases.flatMap(({ alerts }, i) =>
    alerts.flatMap(({ rule: id }, at) => {
      if (members.has(id)) return [];
      const meant = nearest(id, members);
      const remedy = meant ? `did you mean \`${meant}\`?` : `it names ${[...members].slice(0, 5).join(', ')}`;
      return [
        document.problemAt(['cases', i, 'alerts', at, 'rule'], `${rule.id} does not name ${id}`, remedy),
      ];
    }),
  );
}

/** Episodes that end before they begin. */
const backwards = (document: YamlDocument, { cases }: CorrelationProof): Problem[] =>
  cases.flatMap(({ alerts }, i) =>
    alerts.flatMap(({ from, to }, at) =>
      to === undefined || to >= from
        ? []
        : [document.problemAt(['cases', i, 'alerts', at, 'to'], 'lies before from', 'say when it recovers')],
    ),
  );

/** Cases that cannot show what they claim. */
const emptyClaims = (document: YamlDocument, { cases }: CorrelationProof): Problem[] =>
  cases.flatMap(({ shows, expect }, i) => {
    const missing =
      shows === 'fires' && !expect.some(({ change }) => change === 'raised')
        ? 'raised'
        : shows === 'recovers' && !expect.some(({ change }) => change === 'recovered')
          ? 'recovered'
          : undefined;
    if (missing === undefined) return [];
    return [
      document.problemAt(
        ['cases', i, 'shows'],
        `does not show \`${shows}\`: nothing is ${missing}`,
        `expect a change: ${missing}, or say what the case shows`,
      ),
    ];
  });

function againstRule(document: YamlDocument, proof: CorrelationProof, rule: CorrelationRule): Problem[] {
  if (proof.rule !== rule.id)
    return [document.problemAt(['rule'], 'must be the rule beside it', `write ${rule.id}`)];
  const missing = correlationClaims
    .filter((claim) => !proof.cases.some(({ shows }) => shows === claim))
    .map((claim) =>
      document.problemAt(['cases'], `no case shows \`${claim}\``, `add a case with shows: ${claim}`),
    );
  return [
    ...missing,
    ...strangers(document, proof, rule),
    ...backwards(document, proof),
    ...emptyClaims(document, proof),
  ];
}

/** The proof in `text` of the correlation rule beside it. @throws never for bad input */
export function readCorrelationProof(
  file: string,
  text: string,
  rule: CorrelationRule,
): CorrelationProofResult {
  const document = readYaml(file, text);
  if (document.problems.length > 0) return { ok: false, problems: document.problems };
  const parsed = CorrelationProof.safeParse(document.value);
  if (!parsed.success)
    return { ok: false, problems: inReadingOrder(fieldProblems(document, proofSchema, parsed.error)) };
  const problems = [...sameName(document, parsed.data), ...againstRule(document, parsed.data, rule)];
  return problems.length > 0
    ? { ok: false, problems: inReadingOrder(problems) }
    : { ok: true, proof: parsed.data };
}
