import type { SeverityRule } from '../../../functions/domain/rules/book.ts';
import type { BoundSeverity, Condition } from '../../../functions/domain/rules/engine/bind.ts';
import {
  type Counting,
  type Machine,
  newMachine,
  noCounting,
} from '../../../functions/domain/rules/engine/cell.ts';
import type { Severity } from '../../../functions/domain/severity.ts';
import { duration } from '../../../functions/domain/time.ts';
import { conditionOf } from './bound.ts';
import { ruleOf } from './rules.ts';

/** Times in ms. */
export interface GivenCount extends Pick<Partial<SeverityRule>, 'schedule'> {
  readonly count?: number;
  readonly withinMs?: number;
  readonly consecutive?: boolean;
  readonly forMs?: number;
  readonly severity?: Severity;
}

/** One severity, orange unless told otherwise, that counts, or only follows a schedule when no count is given. */
export function gatedCondition({
  count,
  withinMs = 31,
  consecutive = false,
  forMs = 0,
  schedule,
  severity = 'orange',
}: GivenCount): Condition {
  const rule = ruleOf({ levels: [{ severity, at: 1 }] });
  const times = count === undefined ? {} : { times: { count, withinMs: duration(withinMs), consecutive } };
  const severities = rule.severities.map((one) => ({
    ...one,
    forMs: duration(forMs),
    ...times,
    ...(schedule && { schedule }),
  }));
  return conditionOf({ ...rule, severities });
}

export function severityOf(given: GivenCount): BoundSeverity {
  const [severity] = gatedCondition(given).severities;
  if (severity === undefined) throw new Error('a rule without severities');
  return severity;
}

export const machineOf = ({
  counting,
  ...more
}: Partial<Omit<Machine, 'counting'>> & { readonly counting?: Partial<Counting> } = {}): Machine => ({
  ...newMachine(),
  ...more,
  counting: { ...noCounting, ...counting },
});
