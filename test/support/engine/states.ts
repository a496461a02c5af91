import type { DeviceRules } from '../../../functions/domain/rules/engine/bind.ts';
import type { Cell, SensorCell } from '../../../functions/domain/rules/engine/cell.ts';
import { emptyRuleState, type RuleState } from '../../../functions/domain/rules/engine/state.ts';
import { instant } from '../../../functions/domain/time.ts';

export interface GivenState extends Partial<Pick<RuleState, 'seenAt' | 'orphans'>> {
  /** What is known of a sensor, by its place; nothing unless told otherwise. */
  readonly sensors?: readonly Partial<SensorCell>[];
  /** What is known of a condition, by its place; its sensor was registered in 1970 and has said nothing. */
  readonly cells?: readonly Partial<Cell>[];
}

/** A state in which just this has happened. */
export function stateWith(
  rules: DeviceRules,
  { sensors = [], cells = [], ...more }: GivenState = {},
): RuleState {
  const empty = emptyRuleState(rules, instant(0));
  return {
    ...empty,
    ...more,
    sensors: empty.sensors.map((cell, slot) => ({ ...cell, ...sensors[slot] })),
    cells: empty.cells.map((cell, slot) => ({ ...cell, ...cells[slot] })),
  };
}
