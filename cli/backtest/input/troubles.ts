/** What is wrong with the input: told all at once, with place, and not a thousand times. */
import { count } from '../../output.ts';
import { inReadingOrder, type Problem, renderProblem } from '../../rules/problem.ts';

/** Told in full for each file and kind; of the rest only the count. */
export const shownMax = 5;

interface Kind {
  readonly shown: Problem[];
  total: number;
  lastLine: number;
}

/** Collects findings; neighbours of what is wrong go on. */
export interface Troubles {
  /** `kind` gathers what is one finding many times over. */
  add(kind: string, problem: Problem): void;
  readonly total: number;
  /** The findings as text, in reading order, each kind cut to its first few. */
  lines(): readonly string[];
  /** The same as data. */
  list(): readonly (Problem & { readonly andMore: number })[];
}

/** The finding at `line` of `file`; `line` 0: the file as a whole. */
export const troubleAt = (
  file: string,
  line: number,
  message: string,
  remedy: string,
  where: { readonly field?: string; readonly column?: number; readonly excerpt?: string } = {},
): Problem => ({
  file,
  line: Math.max(1, line),
  column: where.column ?? 1,
  field: where.field ?? '-',
  message,
  remedy,
  excerpt: where.excerpt ?? '',
});

export function createTroubles(): Troubles {
  const kinds = new Map<string, Kind>();
  let total = 0;
  const told = (): { problem: Problem; andMore: number; lastLine: number }[] => {
    const byProblem = new Map<Problem, { andMore: number; lastLine: number }>();
    for (const { shown, total: all, lastLine } of kinds.values())
      shown.forEach((problem, i) => {
        byProblem.set(problem, { andMore: i === shown.length - 1 ? all - shown.length : 0, lastLine });
      });
    return inReadingOrder([...byProblem.keys()]).map((problem) => ({
      problem,
      ...(byProblem.get(problem) ?? { andMore: 0, lastLine: 0 }),
    }));
  };
  return {
    add(kind, problem) {
      total++;
      const key = `${problem.file}\n${kind}`;
      const known = kinds.get(key) ?? { shown: [], total: 0, lastLine: 0 };
      kinds.set(key, known);
      known.total++;
      known.lastLine = problem.line;
      if (known.shown.length < shownMax) known.shown.push(problem);
    },
    get total() {
      return total;
    },
    lines: () =>
      told().flatMap(({ problem, andMore, lastLine }) => [
        renderProblem(problem),
        ...(andMore > 0
          ? [`      and ${count(andMore, 'more line')} like it, the last at line ${lastLine}`]
          : []),
      ]),
    list: () => told().map(({ problem, andMore }) => ({ ...problem, andMore })),
  };
}
