import type { SeverityRule } from '../../../functions/domain/rules/book.ts';
import type { BoundSeverity } from '../../../functions/domain/rules/engine/bind.ts';
import {
  type Counting,
  type Machine,
  newMachine,
  noCounting,
} from '../../../functions/domain/rules/engine/cell.ts';
import { duration } from '../../../functions/domain/time.ts';
import { boundTo, ruleOf } from './rules.ts';

/** Times in ms. */
export interface GivenCount extends Pick<Partial<SeverityRule>, 'schedule'> {
  readonly count?: number;
  readonly withinMs?: number;
  readonly consecutive?: boolean;
  readonly forMs?: number;
}

/** A severity that counts, or only follows a schedule when no count is given. */
export function severityOf({
  count,
  withinMs = 31,
  consecutive = false,
  forMs = 0,
  schedule,
}: GivenCount): BoundSeverity {
  const rule = ruleOf();
  const times = count === undefined ? {} : { times: { count, withinMs: duration(withinMs), consecutive } };
  const severities = rule.severities.map((one) => ({
    ...one,
    forMs: duration(forMs),
    ...times,
    ...(schedule && { schedule }),
  }));
  const severity = boundTo({ ...rule, severities }).conditions[0]?.severities[0];
  if (severity === undefined) throw new Error('a rule that binds to nothing');
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
