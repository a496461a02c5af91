import type { Rule } from '../../../functions/domain/rules/book.ts';
import type { BoundSensor, Condition, DeviceRules } from '../../../functions/domain/rules/engine/bind.ts';
import type { DeviceRegistration } from '../../../functions/domain/telemetry/registration.ts';
import { boundTo, ruleOf } from './rules.ts';

/** The first condition of `rules`; tests that ask for it have given them one. */
export function firstCondition({ conditions: [condition] }: DeviceRules): Condition {
  if (condition === undefined) throw new Error('a rule that binds to nothing');
  return condition;
}

/** A rule on the first sensor of a device that it watches. */
export const conditionOf = (rule: Rule = ruleOf(), registration?: DeviceRegistration): Condition =>
  firstCondition(boundTo(rule, registration));

/** Of some conditions the rule and the sensor, in one line each. */
export const namesOf = (conditions: readonly Condition[]): readonly string[] =>
  conditions.map(({ rule, sensor }) => `${rule.id} on ${sensor.sensorId}`);

/** The names of those sensors for which `isSo`. */
export const sensorsThat = (
  sensors: readonly BoundSensor[],
  isSo: (bound: BoundSensor) => boolean,
): readonly string[] => sensors.filter(isSo).map(({ sensor }) => sensor.sensorId);
