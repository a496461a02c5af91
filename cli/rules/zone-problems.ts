/** Conditions of a rule that contradict each other, told at their places (semantics 2). */

import type { RuleFile } from '../../functions/domain/rules/schema.ts';
import { type ZoneConflict, zoneConflicts } from '../../functions/domain/rules/zones.ts';
import { durationText } from './duration-text.ts';
import type { RuleInFile } from './meaning.ts';
import type { Problem } from './problem.ts';

/** Limits as they are for some sources, and what to call these. */
interface Figures {
  readonly limits: Readonly<Record<string, number>>;
  readonly label: string;
}

/** The figures that hold together: those by default, and those of each grade and substance that some limit lists. */
function allFigures({ limits }: RuleFile): readonly Figures[] {
  const entries = Object.entries(limits);
  const pick = (field: 'byGrade' | 'bySubstance', key: string, label: string): Figures => ({
    label,
    limits: Object.fromEntries(
      entries.flatMap(([name, limit]) => {
        const figure = limit[field]?.[key] ?? limit.value;
        return figure === undefined ? [] : [[name, figure]];
      }),
    ),
  });
  const keys = (field: 'byGrade' | 'bySubstance'): readonly string[] => [
    ...new Set(entries.flatMap(([, limit]) => Object.keys(limit[field] ?? {}))),
  ];
  return [
    pick('byGrade', '', ''),
    ...keys('byGrade').map((grade) => pick('byGrade', grade, `, for grade ${grade}`)),
    ...keys('bySubstance').map((cas) => pick('bySubstance', cas, `, for substance ${cas}`)),
  ];
}

/** A window by number, as it stands in a condition. */
function askedText(name: string, { rule }: RuleInFile): string {
  return name.replace(/window\.(\d+)\.(\w+)(?:\.\d+)?/g, (_, number: string, fn: string) => {
    const window = rule?.windows?.[Number(number)];
    const of = window?.role === undefined ? '' : `sensor("${window.role}").`;
    return `${of}${fn}("${durationText(window?.lengthMs ?? 0)}")`;
  });
}

function stateText(conflict: Extract<ZoneConflict, { kind: 'overlap' }>, rule: RuleInFile): string {
  const { value, asked } = conflict.at;
  const others = Object.entries(asked ?? {}).map(([name, state]) => `${askedText(name, rule)} ${state}`);
  const all = value === undefined ? others : [`value ${value}`, ...others];
  return all.length === 0 ? `quality ${conflict.at.quality}` : all.join(' and ');
}

function told(conflict: ZoneConflict, label: string, rule: RuleInFile): Problem {
  const { severity } = conflict.severity;
  const at = (field: 'when' | 'clear', message: string, remedy: string): Problem =>
    rule.document.problemAt(['severities', severity, field], `${message}${label}`, remedy);
  switch (conflict.kind) {
    case 'overlap':
      return at(
        'clear',
        `at ${stateText(conflict, rule)} both when and clear of ${severity} are true`,
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

/** Findings for the figures by default, and for those of a grade or a substance where they differ. */
export function zoneProblems(given: RuleInFile): Problem[] {
  const { file, rule, quantities, scale } = given;
  if (!rule) return [];
  const [quantity, ...more] = quantities;
  const seen = new Set<string>();
  return allFigures(file).flatMap(({ limits, label }) => {
    const conflicts = zoneConflicts({
      severities: rule.severities,
      limits,
      quantity: more.length === 0 || quantity?.kind !== 'number' ? quantity : undefined,
      scale,
      windows: rule.windows,
      roles: rule.roles,
    });
    return conflicts.flatMap((conflict) => {
      const key = `${conflict.kind} ${conflict.severity.severity}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [told(conflict, label, given)];
    });
  });
}
