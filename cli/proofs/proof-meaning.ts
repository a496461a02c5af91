/** What a proof may say only together with its rule, and cases that show nothing. */

import { nearest } from '../../functions/domain/nearest.ts';
import type { Rule } from '../../functions/domain/rules/book.ts';
import { type Quantity, quantities, quantityOf } from '../../functions/domain/telemetry/quantities.ts';
import type { Problem } from '../rules/problem.ts';
import type { FieldPath, YamlDocument } from '../rules/yaml-document.ts';
import type { Case, ProofFile, Setting } from './proof-file.ts';
import type { Step } from './series.ts';

/** Names of a mapping that are none of `known`. */
function strangers(
  document: YamlDocument,
  path: FieldPath,
  given: object | undefined,
  known: readonly string[],
  what: string,
): Problem[] {
  return Object.keys(given ?? {})
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known);
      const remedy = meant
        ? `did you mean \`${meant}\`?`
        : known.length > 0
          ? `known: ${known.join(', ')}`
          : 'leave it out';
      return document.problemAtKey(path, name, `the rule has no ${what} of this name`, remedy);
    });
}

const fits = ({ kind, names }: Quantity, step: Step): boolean => {
  if (step === 'gap' || step.value === undefined) return true;
  if (kind === 'enum') return typeof step.value === 'string' && names?.includes(step.value) === true;
  return typeof step.value === (kind === 'bool' ? 'boolean' : 'number');
};

const example = { number: '0.4', bool: 'true', enum: 'one of its words' } as const;

/** Values that no sensor of the quantity sends. */
function wrongValues(document: YamlDocument, path: FieldPath, id: string, steps: readonly Step[]): Problem[] {
  const quantity = quantityOf(id);
  const wrong = quantity && steps.find((step) => !fits(quantity, step));
  if (!quantity || wrong === undefined || wrong === 'gap') return [];
  const words = quantity.names?.join(', ') ?? example[quantity.kind];
  return [document.problemAt(path, `${String(wrong.value)} is no value of ${id}`, `write ${words}`)];
}

function seriesProblems(
  document: YamlDocument,
  proof: ProofFile,
  rule: Rule,
  one: Case,
  i: number,
): Problem[] {
  const own = proof.sensor.quantity ?? rule.select.quantities[0];
  return [
    ...(own === undefined ? [] : wrongValues(document, ['cases', i, 'readings'], own, one.readings)),
    ...Object.entries(one.others ?? {}).flatMap(([name, steps]) =>
      wrongValues(document, ['cases', i, 'others', name], rule.roles?.[name]?.quantity ?? '', steps),
    ),
    ...Object.entries(one.peers ?? {}).flatMap(([id, all]) =>
      all.flatMap((steps, at) => wrongValues(document, ['cases', i, 'peers', id, at], id, steps)),
    ),
  ];
}

/** Sensors, limits and quantities that the rule does not know, and values that they cannot have. */
export function unknownNames(document: YamlDocument, proof: ProofFile, rule: Rule): Problem[] {
  const roles = Object.keys(rule.roles ?? {});
  const limits = Object.keys(rule.limits);
  const setting = (path: FieldPath, set: Setting | undefined): Problem[] =>
    strangers(document, [...path, 'set', 'limits'], set?.limits, limits, 'limit');
  return [
    ...strangers(document, ['sensors'], proof.sensors, roles, 'sensor'),
    ...setting([], proof.set),
    ...proof.cases.flatMap((one, i) => [
      ...setting(['cases', i], one.set),
      ...strangers(document, ['cases', i, 'others'], one.others, roles, 'sensor'),
      ...Object.keys(one.peers ?? {})
        .filter((id) => !quantities.has(id))
        .map((id) =>
          document.problemAtKey(['cases', i, 'peers'], id, 'unknown quantity', 'see docs/rules.md'),
        ),
      ...seriesProblems(document, proof, rule, one, i),
    ]),
  ];
}

const sends = (one: Case, is: (step: Step) => boolean): boolean =>
  [one.readings, ...Object.values(one.others ?? {}), ...Object.values(one.peers ?? {}).flat()].some((steps) =>
    steps.some(is),
  );

/** What a case must hold to show what it claims; `below` may be anything. */
function emptiness(one: Case): { readonly message: string; readonly remedy: string } | undefined {
  const raises = one.expect.some(({ change }) => change === 'raised' || change === 'severity-up');
  if ((one.shows === 'fires' || one.shows === 'recovers') && !raises)
    return { message: 'nothing is raised', remedy: 'expect a change: raised, or say what the case shows' };
  if (one.shows === 'silence' && !sends(one, (step) => step === 'gap'))
    return { message: 'nothing is silent', remedy: 'put gaps into the readings: 1 _x4' };
  if (one.shows === 'quality' && !sends(one, (step) => step !== 'gap' && step.quality !== 'good'))
    return { message: 'every reading is good', remedy: 'put a quality into the readings: 1!calibrating' };
  return undefined;
}

/** Cases that cannot show what they claim. */
export const emptyClaims = (document: YamlDocument, { cases }: ProofFile): Problem[] =>
  cases.flatMap((one, i) => {
    const found = emptiness(one);
    if (!found) return [];
    return [
      document.problemAt(
        ['cases', i, 'shows'],
        `does not show \`${one.shows}\`: ${found.message}`,
        found.remedy,
      ),
    ];
  });
