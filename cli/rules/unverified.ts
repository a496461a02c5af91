/** What a lawyer must still check: figures that nobody has read in the official text. */
import type { Limit, Rule } from '../../functions/domain/rules/book.ts';

export interface UnverifiedLimit {
  readonly rule: string;
  readonly limit: string;
  /** The figure, or what has to be set where there is none. */
  readonly value: string;
  readonly unit: string;
  readonly clause: string;
  /** Where the figure was read; empty when the rule does not say. */
  readonly source: string;
}

export interface UnverifiedStandard {
  readonly standard: string;
  readonly limits: readonly UnverifiedLimit[];
}

/** @example '10 (grade 1: 5, grade 2: 8; CAS 7783-06-4: 6.6)' */
export function figureOf(
  { value, byGrade, bySubstance }: Limit,
  words = { none: 'set by the site', grade: 'grade' },
): string {
  const grades = Object.entries(byGrade ?? {}).map(([grade, figure]) => `${words.grade} ${grade}: ${figure}`);
  const substances = Object.entries(bySubstance ?? {}).map(([cas, figure]) => `CAS ${cas}: ${figure}`);
  const special = [grades.join(', '), substances.join(', ')].filter((part) => part !== '').join('; ');
  const figure = value === undefined ? words.none : String(value);
  return special === '' ? figure : `${figure} (${special})`;
}

/** The unverified limits of `rules`, by standard in the order of its name; figures that no standard gives come last. */
export function unverifiedLimits(rules: readonly Rule[]): UnverifiedStandard[] {
  const byStandard = new Map<string, UnverifiedLimit[]>();
  for (const rule of rules)
    for (const [name, limit] of Object.entries(rule.limits)) {
      if (limit.verified) continue;
      const { standard, clause, source = '' } = limit;
      const entry = {
        rule: rule.id,
        limit: name,
        value: figureOf(limit),
        unit: limit.unit ?? rule.unit,
        clause,
        source,
      };
      byStandard.set(standard, [...(byStandard.get(standard) ?? []), entry]);
    }
  const isSite = (standard: string): number => (standard === 'site value' ? 1 : 0);
  return [...byStandard]
    .sort(([a], [b]) => isSite(a) - isSite(b) || (a < b ? -1 : 1))
    .map(([standard, limits]) => ({ standard, limits }));
}

/** Columns a terminal takes for `text`: a Chinese character takes two. */
const widthOf = (text: string): number =>
  [...text].reduce(
    (sum, char) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u.test(
        char,
      )
        ? 2
        : 1),
    0,
  );

/** `rows` as lines with columns that stand below each other. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell))))
      .join('  ')
      .trimEnd(),
  );
}
