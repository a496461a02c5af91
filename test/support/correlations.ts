import { RuleId } from '../../functions/domain/ids.ts';
import type { CorrelationRule } from '../../functions/domain/rules/correlation-rule.ts';
import { duration } from '../../functions/domain/time.ts';

/** Correlation rules as the tests of several rooms need them; T is 60 s and `clearFor` 10 s. */
export const gas = RuleId.parse('coal-mine.methane.coal-face');
export const fan = RuleId.parse('coal-mine.fan.stopped');
export const cut = RuleId.parse('coal-mine.power.cut');
export const correlationId = RuleId.parse('coal-mine.methane.two-of-many');

export const any = (...rules: readonly RuleId[]) => ({ rules, severityMin: 'signal' }) as const;

export const countRule = (count: number, given: Partial<CorrelationRule> = {}): CorrelationRule => ({
  id: correlationId,
  version: '00000000000000aa',
  title: { zh: '多点甲烷超限', en: 'Methane at several points' },
  kind: 'risk',
  trade: 'coal-mine',
  provenance: { standard: '-', clause: '-', verified: true },
  subject: 'site',
  pattern: { kind: 'count', of: any(gas), count },
  withinMs: duration(60_000),
  severity: 'red',
  clearForMs: duration(10_000),
  role: 'alert',
  advice: { zh: '{source} 撤人', en: 'Withdraw people from {source}, {value} alerts, {limit} are too many' },
  ...given,
});

/** Methane, and then the fan stops. */
export const sequenceRule = (given: Partial<CorrelationRule> = {}): CorrelationRule =>
  // biome-ignore lint/suspicious/noThenProperty: a word of the rule language; nobody awaits one.
  countRule(1, { pattern: { kind: 'sequence', first: any(gas), then: any(fan) }, ...given });

/** Methane, and the power is not cut. */
export const absenceRule = (given: Partial<CorrelationRule> = {}): CorrelationRule =>
  countRule(1, { pattern: { kind: 'absence', first: any(gas), without: any(cut) }, ...given });
