/** Delays that do nothing: a `for` that the window of the same condition satisfies by itself. */
import type { SeverityRule, WindowSpec } from '../../functions/domain/rules/book.ts';
import { type Comparison, type Expression, partsOf } from '../../functions/domain/rules/expression.ts';
import { durationText } from './duration-text.ts';
import type { RuleInFile } from './meaning.ts';
import type { Problem } from './problem.ts';

const up: ReadonlySet<Comparison | string> = new Set(['gt', 'ge']);
const down: ReadonlySet<Comparison | string> = new Set(['lt', 'le']);

/**
 * The window whose figure one single reading keeps on its side of a limit for as long as the window is:
 * `max("10m") >= x`, `min("10m") < x`, `count("10m") >= n`.
 */
function holdingWindow(of: Expression, windows: readonly WindowSpec[]): WindowSpec | undefined {
  if (!('left' in of && 'right' in of)) return undefined;
  const { op, left } = of;
  if (left.op !== 'window') return undefined;
  const window = windows[left.window];
  if (window?.dayIn !== undefined) return undefined;
  const holds =
    (up.has(op) && (left.fn === 'max' || left.fn === 'count')) || (down.has(op) && left.fn === 'min');
  return holds ? window : undefined;
}

function idleDelay({ when, forMs }: SeverityRule, windows: readonly WindowSpec[]): WindowSpec | undefined {
  if (forMs === 0) return undefined;
  const leaves = when.op === 'and' || when.op === 'or' ? partsOf(when) : [when];
  const holding = leaves.map((leaf) => holdingWindow(leaf, windows));
  const [first] = holding;
  return holding.every((window) => window !== undefined && forMs <= window.lengthMs) ? first : undefined;
}

/** A `for` that one reading satisfies; a `times` that cannot be reached within its time. */
export function waitProblems({ document, rule }: RuleInFile): Problem[] {
  return (rule?.severities ?? []).flatMap((given): Problem[] => {
    const { severity, forMs, times } = given;
    const found: Problem[] = [];
    const window = idleDelay(given, rule?.windows ?? []);
    if (window)
      found.push(
        document.problemAt(
          ['severities', severity, 'for'],
          `one reading satisfies it: the window keeps it for ${durationText(window.lengthMs)}`,
          'leave it out, or compare the value',
        ),
      );
    if (times && forMs * times.count > times.withinMs)
      found.push(
        document.problemAt(
          ['severities', severity, 'times', 'within'],
          `${times.count} runs of ${durationText(forMs)} need more time than that`,
          `write at least ${durationText(forMs * times.count)}`,
        ),
      );
    return found;
  });
}
