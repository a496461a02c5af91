import { RuleId } from '../../../functions/domain/ids.ts';
import { bookFormat, type Limit, type Rule, type RuleBook } from '../../../functions/domain/rules/book.ts';
import { bindDevice, type DeviceRules } from '../../../functions/domain/rules/engine/bind.ts';
import type { Comparison, Expression } from '../../../functions/domain/rules/expression.ts';
import type { Severity } from '../../../functions/domain/severity.ts';
import type { Value } from '../../../functions/domain/telemetry/reading.ts';
import type { DeviceRegistration } from '../../../functions/domain/telemetry/registration.ts';
import { duration, seconds } from '../../../functions/domain/time.ts';
import { registrationOf } from '../registration.ts';

export const input = (name: string): Expression => ({ op: 'input', name });
export const literal = (value: Value): Expression => ({ op: 'literal', value });
export const compare = (op: Comparison, left: Expression, right: Expression): Expression => ({
  op,
  left,
  right,
});
export const either = (left: Expression, right: Expression): Expression => ({ op: 'or', left, right });
export const choose = (when: Expression, yes: Expression, no: Expression): Expression => ({
  op: 'if',
  when,
  // biome-ignore lint/suspicious/noThenProperty: the shape of an expression; nobody awaits one.
  then: yes,
  else: no,
});
/** `value >= limits.<name>` and the like. */
export const valueIs = (op: Comparison, limit: string): Expression =>
  compare(op, input('value'), input(`limits.${limit}`));

export const limit = (value: number): Limit => ({
  value,
  tighter: 'lower',
  standard: 'TEST 1',
  clause: '1',
  verified: true,
});

/** What a test says of one severity; times in seconds. */
export interface GivenSeverity {
  readonly severity: Severity;
  readonly at: number;
  /** Clears below this; absent: a known-false `when` clears. */
  readonly below?: number | undefined;
  readonly forS?: number;
  readonly clearForS?: number;
}

export interface GivenRule extends Partial<Rule> {
  readonly levels?: readonly GivenSeverity[];
}

/** `value >= at` for one orange severity unless told otherwise; silent after 30 s at orange; no hold. */
export function ruleOf({ levels = [{ severity: 'orange', at: 1 }], ...rest }: GivenRule = {}): Rule {
  const limits = Object.fromEntries(
    levels.flatMap(({ severity, at, below }) => [
      [severity, limit(at)],
      ...(below === undefined ? [] : [[`${severity}Clear`, limit(below)] as const]),
    ]),
  );
  return {
    id: RuleId.parse('test.rule'),
    version: 'v1',
    title: { zh: '规则', en: 'rule' },
    kind: 'risk',
    trade: 'coal-mine',
    select: { quantities: ['methane'] },
    unit: '%{vol}',
    scale: 2,
    limits,
    severities: levels.map(({ severity, below, forS = 0, clearForS = 10 }) => ({
      severity,
      when: valueIs('ge', severity),
      ...(below === undefined ? {} : { clear: valueIs('lt', `${severity}Clear`) }),
      forMs: seconds(forS),
      clearForMs: seconds(clearForS),
    })),
    silent: { afterMs: seconds(30), severity: 'orange' },
    quality: {
      calibrating: 'hold',
      maintenance: 'hold',
      fault: 'stale',
      'over-range': 'raise',
      unknown: 'unknown',
    },
    maxHoldMs: duration(1_800_000),
    unknownForMs: duration(3_600_000),
    notEvaluable: 'yellow',
    advice: { zh: '撤人', en: 'withdraw' },
    ...rest,
  };
}

export const bookOf = (...rules: readonly Rule[]): RuleBook => ({
  format: bookFormat,
  version: rules.map(({ version }) => version).join(),
  rules,
  correlations: [],
  retired: [],
});

export const device = (sensors: readonly Readonly<Record<string, unknown>>[] = [{}]): DeviceRegistration =>
  registrationOf({ deviceId: 'dev-1', sensors });

export const boundTo = (rule: Rule, registration: DeviceRegistration = device()): DeviceRules =>
  bindDevice(bookOf(rule), registration);
