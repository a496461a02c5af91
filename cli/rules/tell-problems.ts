/** Findings for people, for programs, and as annotations on a pull request. */
import { count, type Output } from '../output.ts';
import { inReadingOrder, type Problem, renderProblem } from './problem.ts';

export const formats = ['human', 'json', 'github'] as const;
export type Format = (typeof formats)[number];

/** A finding as data; `line` and `column` count from 1. */
export const problemJson = ({ level = undefined, excerpt, remedy, ...place }: Problem): object => ({
  level: level ?? 'error',
  ...place,
  ...(remedy !== undefined && { remedy }),
  ...(excerpt !== '' && { excerpt }),
});

const escaped = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapedProperty = (text: string): string => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * A finding as a workflow command of GitHub.
 *
 * @example annotationOf(problem) // '::error file=rules/gas/x.yaml,line=7,col=3,title=unit::must be %25{LEL}'
 */
export function annotationOf({ level, file, line, column, field, message, remedy }: Problem): string {
  const title = field === '-' ? '' : `,title=${escapedProperty(field)}`;
  const place = `file=${escapedProperty(file)},line=${line},col=${column}${title}`;
  const text = remedy === undefined ? message : `${message}\nfix: ${remedy}`;
  return `::${level ?? 'error'} ${place}::${escaped(text)}`;
}

/** @example tallyOf([problem]) // '1 finding' */
export function tallyOf(problems: readonly Problem[]): string {
  const warnings = problems.filter(({ level }) => level === 'warning').length;
  const errors = problems.length - warnings;
  const parts = [errors > 0 ? count(errors, 'finding') : '', warnings > 0 ? count(warnings, 'warning') : ''];
  return parts.filter((part) => part !== '').join(', ');
}

/** True when somebody has to act: on every error, and on warnings when they count. */
export const isFailure = (problems: readonly Problem[], isStrict = false): boolean =>
  problems.some(({ level }) => isStrict || level !== 'warning');

/** Tells `problems` for people, each with its line, on standard error. */
export function remarkProblems(problems: readonly Problem[], output: Output): void {
  for (const problem of inReadingOrder(problems)) output.remark(renderProblem(problem));
}
