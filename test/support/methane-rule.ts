import { RuleId } from '../../functions/domain/ids.ts';
import { bookFormat, type Limit, type Rule, type RuleBook } from '../../functions/domain/rules/book.ts';
import type { Expression } from '../../functions/domain/rules/expression.ts';
import { seconds } from '../../functions/domain/time.ts';

const compare = (op: 'ge' | 'lt', limit: string): Expression => ({
  op,
  left: { op: 'input', name: 'value' },
  right: { op: 'input', name: `limits.${limit}` },
});

export const limit = (value: number) => ({
  value,
  tighter: 'lower' as const,
  standard: 'AQ 1029-2019',
  clause: 'table 1',
  verified: false,
});

/** A site parameter: unknown until somebody sets it. */
export const siteLimit: Limit = {
  ask: { zh: '由企业设定', en: 'The enterprise sets it' },
  tighter: 'lower',
  standard: 'site value',
  clause: '-',
  verified: false,
};

/** Methane at a coal face as a book of one rule, so that a test of the pipeline reads no file. */
export const methaneRule: Rule = {
  id: RuleId.parse('coal-mine.methane.coal-face'),
  version: '00112233445566ff',
  title: { zh: '甲烷超限', en: 'Methane over limit' },
  kind: 'risk',
  trade: 'coal-mine',
  select: { quantities: ['methane'], positions: ['T0', 'T1'] },
  unit: '%{vol}',
  scale: 2,
  limits: { alarm: limit(1), cut: limit(1.5), restore: limit(1) },
  severities: [
    {
      severity: 'orange',
      when: compare('ge', 'alarm'),
      clear: compare('lt', 'restore'),
      forMs: seconds(0),
      clearForMs: seconds(10),
    },
    {
      severity: 'red',
      when: compare('ge', 'cut'),
      clear: compare('lt', 'restore'),
      forMs: seconds(0),
      clearForMs: seconds(10),
    },
  ],
  silent: { afterMs: seconds(30), severity: 'orange' },
  quality: {
    calibrating: 'hold',
    maintenance: 'hold',
    fault: 'stale',
    'over-range': 'raise',
    unknown: 'unknown',
  },
  maxHoldMs: seconds(1800),
  notEvaluable: 'yellow',
  advice: {
    zh: '{sensor} 为 {value} {unit}，撤人',
    en: '{sensor} reads {value} {unit} (limit {limit}): withdraw people',
  },
};

export const methaneBook: RuleBook = {
  format: bookFormat,
  version: 'test',
  rules: [methaneRule],
  correlations: [],
  retired: [],
};
