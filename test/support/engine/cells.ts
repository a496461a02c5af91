import type { BoundSeverity, Condition } from '../../../functions/domain/rules/engine/bind.ts';
import {
  type Cell,
  type Machine,
  newCell,
  newSensorCell,
  type SensorCell,
} from '../../../functions/domain/rules/engine/cell.ts';
import type { Verdict } from '../../../functions/domain/rules/expression.ts';
import { conditionOf } from './bound.ts';
import { type GivenCount, severityOf } from './counting.ts';

/** A rule on a sensor of which nothing is known but what is given. */
export const cellOf = (machines: Machine[], given: Partial<Cell> = {}): Cell => ({
  ...newCell(machines.length, 0),
  machines,
  ...given,
});

/** A sensor that has said nothing but what is given. */
export const sensorCellOf = (given: Partial<SensorCell> = {}): SensorCell => ({
  ...newSensorCell(),
  ...given,
});

/** A severity that says this, whatever it is asked with, and has no `clear`; its `clearFor` is 10 s. */
export const saying = (
  when: Verdict,
  given: Partial<BoundSeverity> = {},
  counting: GivenCount = {},
): BoundSeverity => ({ ...severityOf(counting), when: () => when, ...given });

/** A condition on one sensor alone that is silent after 30 s, as it is bound but for what is given. */
export const conditionWith = (
  severities: readonly BoundSeverity[],
  given: Partial<Condition> = {},
): Condition => ({ ...conditionOf(), severities, ...given });
