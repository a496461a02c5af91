import type { CityRule, HumanAct } from '../../history.ts';
import { limitReachesWithinMs } from '../bounds.ts';

/** Least and most that a limit can have been for a reading of some time. */
export interface LimitRange {
  readonly least: number;
  readonly most: number;
}

/** A limit that somebody asked for, and how sure it is. */
interface Asked {
  readonly value: number;
  readonly isSigned: boolean;
  /** It may hold from here. */
  readonly from: number;
  /** It holds for sure from here; never when the request was not answered well. */
  readonly surelyFrom: number;
}

/** A limit that the rule does not have: nothing is above or below it. */
const unset: LimitRange = { least: Number.NaN, most: Number.NaN };

/** What the limit `name` of the rule can have been for the sensor at a phenomenon time (semantics 22). */
export type LimitAt = (sensor: string, name: string, at: number) => LimitRange;

/**
 * Limits by the requests that people made. A request that never came back may hold or not; one that was answered holds
 * once every device can have heard of it.
 */
export function limitsOf(
  rule: CityRule,
  acts: readonly HumanAct[],
  askableFrom: (at: number) => number,
): LimitAt {
  const asked = new Map<string, Asked[]>();
  for (const { act, at, status, answeredAt } of acts) {
    if (act.kind !== 'set-limit' || act.ruleId !== rule.ruleId) continue;
    const isRefused = status !== undefined && status >= 400 && status < 500;
    if (isRefused) continue;
    const isDone = status !== undefined && status < 300;
    const reached = askableFrom(answeredAt ?? at) + limitReachesWithinMs;
    const list = asked.get(`${act.sensor}#${act.limit}`) ?? [];
    asked.set(`${act.sensor}#${act.limit}`, list);
    list.push({
      value: act.value,
      isSigned: act.isSigned === true,
      from: Math.min(act.validFrom, at),
      surelyFrom: isDone ? Math.max(act.validFrom, reached) : Number.POSITIVE_INFINITY,
    });
  }
  const owns = new Map(Object.entries(rule.limits).map(([name, own]) => [name, { least: own, most: own }]));
  return (sensor, name, at) => {
    const unchanged = owns.get(name) ?? unset;
    if (asked.size === 0) return unchanged;
    const { least: own } = unchanged;
    let least = own;
    let most = own;
    for (const one of asked.get(`${sensor}#${name}`) ?? []) {
      if (at < one.from) continue;
      const isSure = at >= one.surelyFrom;
      least = one.isSigned && isSure ? one.value : Math.min(least, one.value);
      if (one.isSigned) most = isSure ? one.value : Math.max(most, one.value);
      else if (isSure) most = Math.min(most, one.value);
    }
    return { least, most };
  };
}
