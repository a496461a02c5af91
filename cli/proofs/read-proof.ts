/** From one proof file to its cases, or to everything that is wrong with it. */
import type { Rule } from '../../functions/domain/rules/book.ts';
import { fieldProblems } from '../rules/field-problems.ts';
import { schemaOf } from '../rules/json-schema.ts';
import { inReadingOrder, type Problem } from '../rules/problem.ts';
import { readYaml, type YamlDocument } from '../rules/yaml-document.ts';
import { claims, ProofFile } from './proof-file.ts';
import { emptyClaims, unknownNames } from './proof-meaning.ts';

export type ProofResult =
  | { readonly ok: true; readonly proof: ProofFile }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const proofSchema = schemaOf(ProofFile);

/** Cases of one name. */
export const sameName = (
  document: YamlDocument,
  { cases }: { readonly cases: readonly { readonly name: string }[] },
): Problem[] =>
  cases.flatMap(({ name }, i) =>
    cases.findIndex((other) => other.name === name) === i
      ? []
      : [document.problemAt(['cases', i, 'name'], 'two cases have this name', 'rename one of them')],
  );

/** Findings that only the rule reveals: proofs of another rule, claims that nothing shows, names that it does not know. */
function againstRule(document: YamlDocument, proof: ProofFile, rule: Rule): Problem[] {
  if (proof.rule !== rule.id)
    return [document.problemAt(['rule'], `must be the rule beside it`, `write ${rule.id}`)];
  const needed = claims.filter((claim) => claim !== 'silence' || rule.silent !== undefined);
  const missing = needed.filter((claim) => !proof.cases.some(({ shows }) => shows === claim));
  if (missing.length > 0)
    return missing.map((claim) =>
      document.problemAt(['cases'], `no case shows \`${claim}\``, `add a case with shows: ${claim}`),
    );
  return [...unknownNames(document, proof, rule), ...emptyClaims(document, proof)];
}

/** The proof in `text`; `rule` is the rule beside it where that one is readable. */
export function readProof(file: string, text: string, rule: Rule | undefined): ProofResult {
  const document = readYaml(file, text);
  if (document.problems.length > 0) return { ok: false, problems: document.problems };
  const parsed = ProofFile.safeParse(document.value);
  if (!parsed.success)
    return { ok: false, problems: inReadingOrder(fieldProblems(document, proofSchema, parsed.error)) };
  const problems = [
    ...sameName(document, parsed.data),
    ...(rule ? againstRule(document, parsed.data, rule) : []),
  ];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, proof: parsed.data };
}

/** A proof file as it was found. */
export interface GivenProof {
  readonly shown: string;
  readonly text: string;
  readonly rule: Rule | undefined;
}

/** The proof in a file that was found. */
export const readGivenProof = ({ shown, text, rule }: GivenProof): ProofResult =>
  readProof(shown, text, rule);
