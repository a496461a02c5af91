/** What each field of a rule may say only together with the others. */

import { isStanding } from '../../functions/domain/alerts/standing.ts';
import { nearest } from '../../functions/domain/nearest.ts';
import { rankOf, severities } from '../../functions/domain/severity.ts';
import { quantities, quantityOf } from '../../functions/domain/telemetry/quantities.ts';
import { quantityNames } from './conditions.ts';
import { limitProblems } from './limit-problems.ts';
import type { RuleInFile } from './meaning.ts';
import type { Problem } from './problem.ts';
import { scheduleProblems } from './schedule-problems.ts';
import { waitProblems } from './wait-problems.ts';
import type { FieldPath, YamlDocument } from './yaml-document.ts';
import { zoneProblems } from './zone-problems.ts';

/** Path of the file that holds the rule `id`. @example 'gas/combustible.compartment.yaml' */
export const fileOfRule = (id: string): string => `${id.replace('.', '/')}.yaml`;

/** Findings on the id of a file: its trade, and the place of the file. */
export function identityProblems(document: YamlDocument, id: string, trade: string | undefined): Problem[] {
  const head = trade === 'any' ? 'data' : trade;
  if (head !== undefined && !id.startsWith(`${head}.`))
    return [
      document.problemAt(
        ['id'],
        trade === 'any' ? 'must begin with data: its trade is any' : 'must begin with its trade',
        `rename it to ${head}.${id}`,
      ),
    ];
  if (isStanding(id))
    return [document.problemAt(['id'], 'is raised by the system itself', 'choose another name')];
  const wanted = fileOfRule(id);
  if (`/${document.file}`.endsWith(`/${wanted}`)) return [];
  return [document.problemAt(['id'], `belongs into rules/${wanted}`, 'move the file, or correct the id')];
}

function identity({ document, file }: RuleInFile): Problem[] {
  if (file.trade === 'any' && file.kind !== 'data-quality')
    return [document.problemAt(['trade'], '`any` is for kind: data-quality only', 'name the trade')];
  return identityProblems(document, file.id, file.trade);
}

function unknownQuantity(document: YamlDocument, path: FieldPath, name: string): Problem {
  const meant = nearest(name, quantities.keys());
  const remedy = meant ? `did you mean \`${meant}\`?` : `known: ${[...quantities.keys()].join(', ')}`;
  return document.problemAt(path, `unknown quantity ${name}`, remedy);
}

function namedQuantities({ document, file }: RuleInFile): Problem[] {
  const { quantity } = file.select;
  const names = quantityNames(quantity);
  const own = names.flatMap((name, i): Problem[] => {
    const path = ['select', 'quantity', ...(typeof quantity === 'string' ? [] : [i])];
    if (!quantityOf(name)) return [unknownQuantity(document, path, name)];
    return names.indexOf(name) < i ? [document.problemAt(path, 'stands here twice', 'delete one')] : [];
  });
  const others = Object.entries(file.sensors).flatMap(([role, { quantity: name }]) =>
    quantityOf(name) ? [] : [unknownQuantity(document, ['sensors', role, 'quantity'], name)],
  );
  return [...own, ...others];
}

function measured({ document, file, quantities: known }: RuleInFile): Problem[] {
  const [first, ...more] = known;
  const { quantity } = file.select;
  if (quantity === undefined) {
    if (file.kind !== 'data-quality')
      return [document.problemAt(['select', 'quantity'], 'is missing', 'say what the sensor measures')];
    return file.unit === undefined
      ? []
      : [document.problemAt(['unit'], 'a rule on every quantity has no unit', 'leave it out')];
  }
  if (!first || known.length < quantityNames(quantity).length) return [];
  const other = more.find(({ kind }) => kind !== first.kind);
  if (other)
    return [
      document.problemAt(
        ['select', 'quantity'],
        `${first.id} is a ${first.kind}, ${other.id} a ${other.kind}`,
        'write a rule for each',
      ),
    ];
  const hasOneUnit = more.every(({ unit }) => unit === first.unit);
  if (!hasOneUnit)
    return file.unit === undefined
      ? []
      : [document.problemAt(['unit'], 'the quantities have several units', 'leave it out')];
  if (file.unit === first.unit) return [];
  return [document.problemAt(['unit'], `must be the unit of ${first.id}`, `write ${first.unit}`)];
}

/** Other sensors and names that nothing asks for. */
function unused({ document, file, used, rule }: RuleInFile): Problem[] {
  if (!rule) return [];
  const idle = (field: 'sensors' | 'let', what: string): Problem[] =>
    Object.keys(file[field])
      .filter((name) => !used.has(`${field}.${name}`))
      .map((name) =>
        document.problemAtKey([field], name, `no condition uses this ${what}`, 'use it or delete it'),
      );
  return [...idle('sensors', 'sensor'), ...idle('let', 'name')];
}

function notEvaluable({ document, file }: RuleInFile): Problem[] {
  const gravest = severities.findLast((severity) => file.severities[severity]) ?? 'signal';
  if (file.notEvaluable !== undefined || rankOf(gravest) < rankOf('orange')) return [];
  const remedy = 'say how grave it is that nobody can judge, such as notEvaluable: yellow';
  return [document.problemAt(['notEvaluable'], `is missing: a rule with ${gravest} must say it`, remedy)];
}

/** Semantics 30: an alarm without a response is a lamp. */
function responses({ document, file }: RuleInFile): Problem[] {
  return severities.flatMap((severity) => {
    const given = file.severities[severity];
    if (!given || given.response || severity === 'signal') return [];
    return [
      document.problemAt(
        ['severities', severity, 'response'],
        'is missing: from blue to red an alarm says what to do',
        'write response: { consequence, cause, action, within }, each text with zh and en',
      ),
    ];
  });
}

/** Everything that is contradictory in a rule whose fields are well formed. */
export const meaningProblems = (rule: RuleInFile): Problem[] =>
  [
    identity,
    namedQuantities,
    measured,
    limitProblems,
    unused,
    notEvaluable,
    responses,
    scheduleProblems,
    waitProblems,
    zoneProblems,
  ].flatMap((look) => look(rule));
