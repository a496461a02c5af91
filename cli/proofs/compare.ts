/** What was expected against what came. */
import type { Expected } from './proof-file.ts';
import type { Came } from './run-case.ts';

/** One line of the comparison. */
export type Line =
  | {
      readonly kind: 'both' | 'missing';
      readonly at: number;
      readonly expected: Expected;
    }
  | { readonly kind: 'extra'; readonly at: number; readonly came: Came };

const sameMarks = (wanted: readonly string[] | undefined, marks: readonly string[]): boolean =>
  wanted === undefined || [...wanted].sort().join() === [...marks].sort().join();

const fits = (expected: Expected, came: Came, ruleId: string): boolean =>
  expected.at === came.at &&
  expected.change === came.change &&
  expected.severity === came.severity &&
  (expected.rule ?? ruleId) === came.rule &&
  (expected.condition ?? came.condition) === came.condition &&
  (expected.trigger ?? came.trigger) === came.trigger &&
  sameMarks(expected.marks, came.marks);

/** A case, of a rule or of a correlation. */
interface Expecting {
  readonly expect: readonly Expected[];
}

/** By time: what was expected and came, what is missing, what came unexpected. */
export function compare(ruleId: string, one: Expecting, came: readonly Came[]): readonly Line[] {
  const left = [...came];
  const lines: Line[] = one.expect.map((expected) => {
    const at = left.findIndex((candidate) => fits(expected, candidate, ruleId));
    if (at >= 0) left.splice(at, 1);
    return { kind: at >= 0 ? 'both' : 'missing', at: expected.at, expected };
  });
  lines.push(...left.map((extra): Line => ({ kind: 'extra', at: extra.at, came: extra })));
  return lines.sort((a, b) => a.at - b.at);
}

/** True when all that was expected came and nothing else. */
export const holds = (lines: readonly Line[]): boolean => lines.every(({ kind }) => kind === 'both');

const changeText = (one: Expected | Came): string => {
  const extra = [one.rule, one.condition, one.trigger, one.marks?.length ? one.marks.join('+') : undefined];
  const known = extra.filter((word) => word !== undefined);
  return `${one.change} ${one.severity}${known.length > 0 ? ` (${known.join(', ')})` : ''}`;
};

/** A line of the comparison for a person. */
export function lineText(line: Line): string {
  if (line.kind === 'extra') return `+ ${changeText(line.came)}   came, was not expected`;
  if (line.kind === 'missing') return `- ${changeText(line.expected)}   expected, did not come`;
  return `= ${changeText(line.expected)}`;
}
