import type { Rule } from '../../../functions/domain/rules/book.ts';
import type { Condition } from '../../../functions/domain/rules/engine/bind.ts';
import type { DeviceRegistration } from '../../../functions/domain/telemetry/registration.ts';
import { boundTo, device } from './rules.ts';

/** The rule on the first sensor that it watches. */
export function conditionOf(rule: Rule, registration: DeviceRegistration = device()): Condition {
  const [condition] = boundTo(rule, registration).conditions;
  if (condition === undefined) throw new Error('the rule watches no sensor of the device');
  return condition;
}
