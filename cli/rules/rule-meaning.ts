/** What each field of a rule may say only together with the others. */

import { nearest } from '../../functions/domain/nearest.ts';
import type { Rule } from '../../functions/domain/rules/book.ts';
import type { RuleFile } from '../../functions/domain/rules/schema.ts';
import { type ZoneConflict, zoneConflicts } from '../../functions/domain/rules/zones.ts';
import { rankOf, severities } from '../../functions/domain/severity.ts';
import { type Quantity, quantities } from '../../functions/domain/telemetry/quantities.ts';
import type { Problem } from './problem.ts';
import type { YamlDocument } from './yaml-document.ts';

export interface RuleInFile {
  readonly document: YamlDocument;
  readonly file: RuleFile;
  readonly quantity: Quantity | undefined;
  /** Names that its conditions look up. */
  readonly used: ReadonlySet<string>;
  /** Absent while a condition does not compile. */
  readonly rule: Rule | undefined;
}

/** Path of the file that holds the rule `id` of `trade`. @example 'gas/combustible.compartment.yaml' */
export const fileOfRule = (id: string, trade: string): string =>
  `${trade}/${id.slice(trade.length + 1)}.yaml`;

function identity({ document, file }: RuleInFile): Problem[] {
  if (!file.id.startsWith(`${file.trade}.`))
    return [document.problemAt(['id'], `must begin with its trade`, `rename it to ${file.trade}.${file.id}`)];
  const wanted = fileOfRule(file.id, file.trade);
  const place = document.problemAt(
    ['id'],
    `belongs into rules/${wanted}`,
    'move the file, or correct the id',
  );
  return `/${place.file}`.endsWith(`/${wanted}`) ? [] : [place];
}

function measured({ document, file, quantity }: RuleInFile): Problem[] {
  const found: Problem[] = [];
  if (!quantity) {
    const meant = nearest(file.select.quantity, quantities.keys());
    const remedy = meant ? `did you mean \`${meant}\`?` : `known: ${[...quantities.keys()].join(', ')}`;
    return [document.problemAt(['select', 'quantity'], `unknown quantity ${file.select.quantity}`, remedy)];
  }
  if (file.unit !== quantity.unit)
    found.push(document.problemAt(['unit'], `must be the unit of ${quantity.id}`, `write ${quantity.unit}`));
  for (const [name, limit] of Object.entries(file.limits))
    if (limit.unit !== undefined && limit.unit !== quantity.unit)
      found.push(
        document.problemAt(
          ['limits', name, 'unit'],
          `must be ${quantity.unit}`,
          `convert the figure to ${quantity.unit}`,
        ),
      );
  return found;
}

function limitsUsed({ document, file, quantity, used, rule }: RuleInFile): Problem[] {
  const places = (quantity?.scale ?? 0) + 3;
  return Object.entries(file.limits).flatMap(([name, { value }]) => {
    if (Number(value.toFixed(places)) !== value)
      return [
        document.problemAt(
          ['limits', name, 'value'],
          `has more than ${places} decimal places`,
          `round it: what is computed has ${places}`,
        ),
      ];
    if (!rule || used.has(`limits.${name}`)) return [];
    return [document.problemAtKey(['limits'], name, 'no condition uses this limit', 'use it or delete it')];
  });
}

function notEvaluable({ document, file }: RuleInFile): Problem[] {
  const gravest = severities.findLast((severity) => file.severities[severity]) ?? 'signal';
  if (file.notEvaluable !== undefined || rankOf(gravest) < rankOf('orange')) return [];
  const remedy = 'say how grave it is that nobody can judge, such as notEvaluable: yellow';
  return [document.problemAt(['notEvaluable'], `is missing: a rule with ${gravest} must say it`, remedy)];
}

function told(document: YamlDocument, conflict: ZoneConflict): Problem {
  const { severity } = conflict.severity;
  const at = (field: 'when' | 'clear', message: string, remedy: string): Problem =>
    document.problemAt(['severities', severity, field], message, remedy);
  switch (conflict.kind) {
    case 'overlap':
      return at(
        'clear',
        `at value ${conflict.at.value} both when and clear of ${severity} are true`,
        'move clear out of the zone of when',
      );
    case 'never-raises':
      return at('when', 'can never be true', 'compare the value with a limit');
    case 'always-raises':
      return at('when', 'is true for every value', 'compare the value with a limit');
    case 'never-clears':
      return at(
        'clear',
        'can never be true: the alert would stay for ever',
        'compare the value with a limit',
      );
    case 'undecidable':
      return at(
        conflict.field,
        'cannot be checked: it is not linear in value',
        'compare value, or a multiple of it, with limits',
      );
    case 'out-of-order':
      return at(
        'when',
        `${severity} is raised whenever ${conflict.lighter.severity} is, and no later`,
        'order the limits by severity',
      );
  }
}

function zones({ document, file, quantity, rule }: RuleInFile): Problem[] {
  if (!rule || !quantity) return [];
  const limits = Object.fromEntries(Object.entries(file.limits).map(([name, limit]) => [name, limit.value]));
  const conflicts = zoneConflicts({ severities: rule.severities, limits, quantity });
  return conflicts.map((conflict) => told(document, conflict));
}

/** Everything that is contradictory in a rule whose fields are well formed. */
export const meaningProblems = (rule: RuleInFile): Problem[] =>
  [identity, measured, limitsUsed, notEvaluable, zones].flatMap((look) => look(rule));
