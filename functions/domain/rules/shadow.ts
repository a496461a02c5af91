/** What this room knows: what a rule means. This file: where a candidate rule book stands otherwise than the live one. */
import { type Severity, severities } from '../severity.ts';
import type { RuleState } from './engine/state.ts';

/** How the candidate differs from what is live on one (rule, sensor). */
export const differenceKinds = ['added', 'removed', 'graver', 'milder'] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** One (rule, sensor) on which the two books do not say the same now. */
export interface ShadowDifference {
  readonly ruleId: string;
  readonly sensorId: string;
  readonly kind: DifferenceKind;
  /** Absent: nothing stands there. */
  readonly live: Severity | undefined;
  readonly candidate: Severity | undefined;
}

/** The severity that stands for every (rule, sensor) of a state; those on which nothing stands are left out. */
function standing({ rules, cells }: RuleState): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  for (const { slot, rule, sensor } of rules.conditions) {
    const rank = cells[slot]?.toldRank ?? -1;
    if (rank >= 0) ranks.set(`${rule.id}#${sensor.sensorId}`, rank);
  }
  return ranks;
}

/** What would be open under the candidate and is not, the other way round, and what is graver or milder; by rule and sensor. */
export function differencesOf(live: RuleState, candidate: RuleState): readonly ShadowDifference[] {
  const before = standing(live);
  const after = standing(candidate);
  return [...new Set([...before.keys(), ...after.keys()])].toSorted().flatMap((key) => {
    const old = before.get(key);
    const next = after.get(key);
    if (old === next) return [];
    const [ruleId = '', sensorId = ''] = key.split('#');
    const kind =
      old === undefined ? 'added' : next === undefined ? 'removed' : next > old ? 'graver' : 'milder';
    return [{ ruleId, sensorId, kind, live: severityOf(old), candidate: severityOf(next) }];
  });
}

const severityOf = (rank: number | undefined): Severity | undefined =>
  rank === undefined ? undefined : severities[rank];
