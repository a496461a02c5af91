/** What this room knows: what a rule means. This file: a recorded verdict, reached once more (semantics 25). */
import type { DeviceRules } from './bind.ts';
import { builtInRules } from './built-in.ts';
import { stepBuiltIn } from './built-in-step.ts';
import { endTransition } from './orphans.ts';
import { asRecorded } from './record-limits.ts';
import { BuiltInRecord, EndRecord, RecordHead, StepRecord } from './record-schema.ts';
import { step } from './step.ts';
import { recordedLast, recordedSurroundings } from './surroundings.ts';

/**
 * The decision record that the engine writes when it starts from where `record` started.
 *
 * Under the rules that made it these are the same bytes; under others the text shows what would differ. Empty when there
 * would have been no transition.
 *
 * @throws ZodError when `record` is no decision record, RangeError when `rules` do not watch its sensor by its rule
 */
export function replay(record: string, rules: DeviceRules): string {
  const parsed: unknown = JSON.parse(record);
  const { rule, sensor } = RecordHead.parse(parsed);
  for (const { ruleId } of Object.values(builtInRules)) {
    if (rule !== ruleId) continue;
    const { before, input } = BuiltInRecord.parse(parsed);
    return stepBuiltIn(ruleId, sensor, before, input)?.because ?? '';
  }
  const ended = EndRecord.safeParse(parsed);
  if (ended.success)
    return endTransition(ended.data.rule, sensor, ended.data.before, ended.data.input).because;
  const condition = rules.bySensor.get(sensor)?.conditions.find((one) => one.rule.id === rule);
  if (!condition) throw new RangeError(`these rules have no ${rule} on sensor ${sensor}`);
  const { before, input, asked, ...inForce } = StepRecord.parse(parsed);
  const around =
    asked && (input.kind === 'readings' ? recordedSurroundings(input.readings, asked) : recordedLast(asked));
  const recorded = asRecorded(condition, before, input, inForce);
  return step(recorded, before, input, around).transition?.because ?? '';
}
