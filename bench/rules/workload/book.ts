/** The rule books of the workload, in the form that `ingest` loads. */
import { RuleId } from '../../../functions/domain/ids.ts';
import {
  bookFormat,
  type Limit,
  type Rule,
  type RuleBook,
  type SeverityRule,
} from '../../../functions/domain/rules/book.ts';
import type { Expression } from '../../../functions/domain/rules/expression.ts';
import { days, minutes } from '../../../functions/domain/time.ts';
import { kindOf } from './kinds.ts';
import { type Level, type Levels, levelsOf } from './levels.ts';
import type { BookSize } from './size.ts';

const limitOf = (value: number): Limit => ({
  value,
  tighter: 'lower',
  standard: 'GB 0000-2026',
  clause: '1.1',
  verified: true,
});

const text = (en: string) => ({ zh: '规则', en });

/** `value` against a limit of the rule. */
export const valueIs = (op: 'ge' | 'lt', limit: string): Expression => ({
  op,
  left: { op: 'input', name: 'value' },
  right: { op: 'input', name: `limits.${limit}` },
});

const severityOf = ({ severity, forMs, clearForMs }: Level): SeverityRule => ({
  severity,
  when: valueIs('ge', severity),
  clear: valueIs('lt', `${severity}Clear`),
  forMs,
  clearForMs,
});

export const ruleIdOf = (kind: number, rule: number): RuleId =>
  RuleId.parse(`bench.kind-${kind}.rule-${rule}`);

/** Rule number `rule` of kind number `kind`: its thresholds and nothing else. */
function thresholdRule(kind: number, rule: number, levels: Levels): Rule {
  const { quantity, unit, scale, position } = kindOf(kind);
  return {
    id: ruleIdOf(kind, rule),
    version: (kind * 16 + rule).toString(16).padStart(16, '0'),
    title: text(`rule ${rule} of kind ${kind}`),
    kind: 'risk',
    trade: 'gas',
    select: { quantities: [quantity], positions: [position] },
    unit,
    scale,
    limits: Object.fromEntries(
      levels.flatMap(({ severity, at, below }) => [
        [severity, limitOf(at)],
        [`${severity}Clear`, limitOf(below)],
      ]),
    ),
    severities: levels.map(severityOf),
    quality: {
      calibrating: 'hold',
      maintenance: 'hold',
      fault: 'stale',
      'over-range': 'raise',
      unknown: 'unknown',
    },
    maxHoldMs: minutes(30),
    unknownForMs: days(1),
    notEvaluable: 'blue',
    advice: text('look after it'),
  };
}

/** The book of `size`; `extend` adds to each rule what goes beyond thresholds. */
export function bookOf(
  size: BookSize,
  extend: (rule: Rule, index: number) => Rule = (rule) => rule,
): RuleBook {
  const rules = Array.from({ length: size.kindCount }, (_, kind) =>
    levelsOf(kind, size).map((levels, index) => extend(thresholdRule(kind, index, levels), index)),
  ).flat();
  return { format: bookFormat, version: '0'.repeat(16), rules, correlations: [], retired: [] };
}
