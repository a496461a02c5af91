import type { BoundSensor, Condition, DeviceRules } from '../../../functions/domain/rules/engine/bind.ts';
import { emptyRuleState, type RuleState } from '../../../functions/domain/rules/engine/state.ts';
import { startWork, type Work } from '../../../functions/domain/rules/engine/work.ts';
import { at } from './bench.ts';
import { boundTo } from './rules.ts';

/** The first condition of `rules`; tests that ask for it have given them one. */
export function firstCondition({ conditions: [condition] }: DeviceRules): Condition {
  if (condition === undefined) throw new Error('a rule that binds to nothing');
  return condition;
}

/** What a rule becomes on the first sensor that it watches. */
export const conditionOf = (...args: Parameters<typeof boundTo>): Condition =>
  firstCondition(boundTo(...args));

/** The sensor of that name. */
export function sensorNamed({ bySensor }: DeviceRules, sensorId: string): BoundSensor {
  const bound = bySensor.get(sensorId);
  if (bound === undefined) throw new Error(`no sensor ${sensorId}`);
  return bound;
}

/** A judgement that has just begun, on a device of which nothing is known but what `change` says. */
export const workOn = (rules: DeviceRules, change: Partial<RuleState> = {}): Work =>
  startWork(rules, { ...emptyRuleState(rules, at(0)), ...change }, false);
