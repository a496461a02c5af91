/** What is wrong in a file that a person wrote, told so that it can be put right without asking anybody. */

/** One finding with its place. Lines and columns count from 1. */
export interface Problem {
  /** Absent: an error. A warning fails nobody who does not ask for it. */
  readonly level?: 'warning';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Dotted path of the field, `-` for the file as a whole. */
  readonly field: string;
  readonly message: string;
  /** What to do about it, where that can be said. */
  readonly remedy?: string;
  /** The line as it stands in the file; empty when there is none. */
  readonly excerpt: string;
}

/** Longest piece of a source line that is repeated to the reader. Characters. */
const excerptMax = 160;

/** Control characters and direction overrides of a source line must not reach a terminal. */
const printable = (text: string): string =>
  [...text.replace(/\t/g, ' ')].map((char) => (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(char) ? '�' : char)).join('');

/**
 * The finding as text: place, field and message; the line with a caret below; the remedy.
 *
 * @example renderProblem(problem).split('\n')[0] // 'rules/gas/x.yaml:7:3  unit: must be %{LEL}'
 */
export function renderProblem(problem: Problem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  const level = problem.level === undefined ? '' : `${problem.level}: `;
  const lines = [`${printable(`${place}  ${problem.field}`)}: ${level}${printable(problem.message)}`];
  if (problem.excerpt.trim() !== '') {
    const from = Math.max(0, problem.column - excerptMax + 20);
    const gutter = `${problem.line}`.padStart(5);
    lines.push(`${gutter} | ${printable(problem.excerpt.slice(from, from + excerptMax))}`);
    lines.push(`${' '.repeat(5)} | ${' '.repeat(problem.column - 1 - from)}^`);
  }
  if (problem.remedy !== undefined) lines.push(`      fix: ${printable(problem.remedy)}`);
  return lines.join('\n');
}

/** In the order of a reader: by file, then line, then column. */
export const inReadingOrder = (problems: readonly Problem[]): Problem[] =>
  [...problems].sort(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
