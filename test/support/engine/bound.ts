import type { BoundSensor, Condition } from '../../../functions/domain/rules/engine/bind.ts';
import { boundTo } from './rules.ts';

/** A rule on the first sensor of a device that it watches. */
export function conditionOf(...args: Parameters<typeof boundTo>): Condition {
  const [condition] = boundTo(...args).conditions;
  if (condition === undefined) throw new Error('a rule that binds to nothing');
  return condition;
}

/** Of some conditions the rule and the sensor, in one line each. */
export const namesOf = (conditions: readonly Condition[]): readonly string[] =>
  conditions.map(({ rule, sensor }) => `${rule.id} on ${sensor.sensorId}`);

/** The names of those sensors for which `isSo`. */
export const sensorsThat = (
  sensors: readonly BoundSensor[],
  isSo: (bound: BoundSensor) => boolean,
): readonly string[] => sensors.filter(isSo).map(({ sensor }) => sensor.sensorId);
