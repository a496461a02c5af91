import type { DeviceRules } from '../../../functions/domain/rules/engine/bind.ts';
import {
  type Cell,
  type Machine,
  never,
  newCell,
  newSensorCell,
} from '../../../functions/domain/rules/engine/cell.ts';
import type { Orphan, RuleState } from '../../../functions/domain/rules/engine/state.ts';
import { headingOf, type NamedRule } from '../../../functions/domain/rules/engine/stored/heading.ts';
import {
  place,
  type RawCondition,
  type RawSensor,
} from '../../../functions/domain/rules/engine/stored/place.ts';
import { instant } from '../../../functions/domain/time.ts';

/** When the state of `placed` was stored. */
export const storedAt = instant(1_000_000);

/** What is stored of one sensor with nothing to tell, named by its id. */
export const rawSensor = (name: string, more: Partial<RawSensor> = {}): RawSensor => ({
  name,
  key: never,
  cell: newSensorCell(),
  rings: undefined,
  conditions: [],
  ...more,
});

/** What is stored of the rule number `i` of `rules`, in the form that it has there. */
export function rawCondition(
  rules: DeviceRules,
  machines: readonly Machine[],
  more: Partial<Cell> = {},
  i = 0,
): RawCondition {
  const named = headingOf(rules).rules[i];
  if (named === undefined) throw new Error(`no rule ${i}`);
  return { named, cell: { ...newCell(0, 900_000), machines: [...machines], ...more } };
}

/** The same with another name, or other severities. */
export const renamed = ({ named, cell }: RawCondition, more: Partial<NamedRule> = {}): RawCondition => ({
  named: { ...named, ...more },
  cell,
});

export const placed = (
  rules: DeviceRules,
  sensors: readonly RawSensor[],
  orphans: readonly Orphan[] = [],
): RuleState => place({ seenAt: storedAt, sensors, orphans }, rules);
