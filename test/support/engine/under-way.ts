import { RuleId } from '../../../functions/domain/ids.ts';
import type { Rule } from '../../../functions/domain/rules/book.ts';
import type { BoundSensor, DeviceRules } from '../../../functions/domain/rules/engine/bind.ts';
import { emptyRuleState, type RuleState } from '../../../functions/domain/rules/engine/state.ts';
import { startWork, type Work } from '../../../functions/domain/rules/engine/work.ts';
import { seconds } from '../../../functions/domain/time.ts';
import { at, told } from './bench.ts';
import { compare, device, input, literal, ruleOf } from './rules.ts';

/** The sensor of that name. */
export function sensorNamed({ bySensor }: DeviceRules, sensorId: string): BoundSensor {
  const bound = bySensor.get(sensorId);
  if (bound === undefined) throw new Error(`no sensor ${sensorId}`);
  return bound;
}

/** A judgement that has just begun, on a device of which nothing is known but what `change` says. */
export const workOn = (rules: DeviceRules, change: Partial<RuleState> = {}): Work =>
  startWork(rules, { ...emptyRuleState(rules, at(0)), ...change }, false);

/** What has been told, in the lines of `told`, each with the sensor that it is about. */
export const toldIn = ({ transitions = [] }: Work): readonly string[] =>
  transitions.map((draft) => `${draft.sensorId}: ${told(draft)}`);

/** Methane above 1 while the fan of the same device stands; judged when either reports. */
export const linkedRule = (more: Partial<Rule> = {}): Rule => ({
  ...ruleOf({ id: RuleId.parse('test.linked'), roles: { fan: { quantity: 'fan-state' } } }),
  severities: [
    {
      severity: 'orange',
      when: {
        op: 'and',
        left: compare('ge', input('value'), literal(1)),
        right: compare('eq', input('sensor.fan.value'), literal(false)),
      },
      forMs: seconds(0),
      clearForMs: seconds(10),
    },
  ],
  ...more,
});

/** A methane sensor `ch4` and a `fan` that says whether it turns, each every 10 s. */
export const withFan = device([
  { period: 10_000 },
  { sensorId: 'fan', quantity: 'fan-state', unit: '1', period: 10_000 },
]);
