/** The book with full semantics: unknown inputs, silence, quality, and windows where the engine has them. */
import type { Rule, RuleBook, SeverityRule } from '../../../functions/domain/rules/book.ts';
import type { Expression } from '../../../functions/domain/rules/expression.ts';
import { seconds } from '../../../functions/domain/time.ts';
import { bookOf, valueIs } from './book.ts';
import type { BookSize } from './size.ts';
import { workloadWindows } from './windows.ts';

const and = (left: Expression, right: Expression): Expression => ({ op: 'and', left, right });
const or = (left: Expression, right: Expression): Expression => ({ op: 'or', left, right });
const literal = (value: number): Expression => ({ op: 'literal', value });

/** Unknown where the source has no grade and the value does not decide by itself. */
const ofGrade: Expression = { op: 'le', left: { op: 'input', name: 'source.grade' }, right: literal(3) };

/** `value >= limits.x && (source.grade <= 3 || value >= 50)`, in three values. */
const graded = (severity: SeverityRule): SeverityRule => ({
  ...severity,
  when: and(
    severity.when,
    or(ofGrade, { op: 'ge', left: { op: 'input', name: 'value' }, right: literal(50) }),
  ),
});

/** The value breaches, or one of the windows does. */
const windowed = (severity: SeverityRule): SeverityRule => ({
  ...severity,
  when: workloadWindows.reduce<Expression>(
    (when, { of, limit }) => or(when, { op: 'ge', left: of, right: literal(limit) }),
    valueIs('ge', severity.severity),
  ),
});

function extended(rule: Rule, index: number): Rule {
  const silent = { afterMs: seconds(60), severity: 'yellow' } as const;
  if (index === 0) return { ...rule, silent };
  if (index === 1) return { ...rule, silent, severities: rule.severities.map(graded) };
  if (workloadWindows.length === 0) return { ...rule, silent };
  const windows = workloadWindows.map(({ spec }) => spec);
  return { ...rule, silent, windows, severities: rule.severities.map(windowed) };
}

export const fullBookOf = (size: BookSize): RuleBook => bookOf(size, extended);
