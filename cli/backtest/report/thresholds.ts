/** The lines of a rule on the axis of values: where a severity is raised and where it is clear again. */
import type { Rule } from '../../../functions/domain/rules/book.ts';
import type { Condition } from '../../../functions/domain/rules/engine/bind.ts';
import { evaluateExpression } from '../../../functions/domain/rules/evaluate-expression.ts';
import { type Expression, inputsOf, partsOf } from '../../../functions/domain/rules/expression.ts';
import { eraAt } from '../../../functions/domain/rules/limits/era-at.ts';
import type { Severity } from '../../../functions/domain/severity.ts';
import { expressionText } from '../../explain/expression-text.ts';

export interface Threshold {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly kind: 'when' | 'clear';
  readonly value: number;
  /** Such as `value >= limits.alarm`. */
  readonly text: string;
}

const comparisons = new Set(['lt', 'le', 'gt', 'ge', 'eq']);

const isOfReading = (of: Expression): boolean =>
  of.op === 'window' ||
  of.op === 'willReach' ||
  of.op === 'peers' ||
  inputsOf(of).some((name) => name === 'value' || name === 'quality' || /^(sensor|peer)\./.test(name)) ||
  partsOf(of).some(isOfReading);

/** A side of a comparison that looks at the value itself, or at a figure of it in the same unit. */
const isOnAxis = (of: Expression): boolean =>
  (of.op === 'input' && of.name === 'value') ||
  (of.op === 'window' && ['avg', 'twa', 'min', 'max'].includes(of.fn)) ||
  ((of.op === 'absolute' || of.op === 'negate') && isOnAxis(of.of));

function comparedIn(of: Expression): readonly { readonly fixed: Expression; readonly whole: Expression }[] {
  const inside = partsOf(of).flatMap(comparedIn);
  if (!comparisons.has(of.op) || !('left' in of) || !('right' in of)) return inside;
  if (isOnAxis(of.left) && !isOfReading(of.right)) return [...inside, { fixed: of.right, whole: of }];
  if (isOnAxis(of.right) && !isOfReading(of.left)) return [...inside, { fixed: of.left, whole: of }];
  return inside;
}

/** Of the limits that hold now: a line is drawn through the whole time. */
const severityLines = (rule: Rule, { eras }: Condition): Threshold[] =>
  rule.severities.flatMap(({ severity, when, clear }) =>
    (['when', 'clear'] as const).flatMap((kind) => {
      const condition = kind === 'when' ? when : clear;
      if (condition === undefined) return [];
      return comparedIn(condition).flatMap(({ fixed, whole }): Threshold[] => {
        const value = evaluateExpression(fixed, eraAt(eras, undefined).constants, rule.scale);
        if (typeof value !== 'number') return [];
        return [{ ruleId: rule.id, severity, kind, value, text: expressionText(whole, rule.windows) }];
      });
    }),
  );

/** The lines of a rule as it is bound to a sensor, with the limits that are in force there. */
export const thresholdsOf = (condition: Condition): readonly Threshold[] =>
  severityLines(condition.rule, condition);
