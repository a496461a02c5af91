/** One case of a proof over the engine that runs in the cloud. */
import type { SensorId } from '../../functions/domain/ids.ts';
import type { Rule } from '../../functions/domain/rules/book.ts';
import { bindDevice, type DeviceRules } from '../../functions/domain/rules/engine/bind.ts';
import { emptyRuleState, type RuleState } from '../../functions/domain/rules/engine/state.ts';
import { advance, dueAt, judge } from '../../functions/domain/rules/engine.ts';
import type { TransitionDraft } from '../../functions/domain/rules/transition.ts';
import type { Reading } from '../../functions/domain/telemetry/reading.ts';
import { type Instant, instant } from '../../functions/domain/time.ts';
import { bookOf } from '../rules/rule-folder.ts';
import { proofDevice, proofSensor, proofSensors } from './proof-device.ts';
import type { Case, ProofFile } from './proof-file.ts';
import { ruleFor, settingOf } from './proof-rule.ts';
import { startOf } from './proof-start.ts';
import type { Step } from './series.ts';

/** A transition of the case, in the words of an expectation. */
export interface Came extends Pick<TransitionDraft, 'change' | 'severity' | 'condition' | 'marks'> {
  readonly trigger: TransitionDraft['trigger'] | 'correlation';
  /** Milliseconds from the first step to the instant at which it was true. */
  readonly at: number;
  readonly rule: string;
}

/** Most deadlines between two steps; a state that stays due for ever is a defect, not an endless loop. */
const deadlinesMax = 1_000;

interface Run {
  readonly rules: DeviceRules;
  state: RuleState;
  readonly came: TransitionDraft[];
}

/** Lets time pass to `at`, deadline by deadline, as the sweep does. */
function passTime(run: Run, at: Instant): void {
  for (let i = 0; i < deadlinesMax; i++) {
    const due = dueAt(run.rules, run.state);
    if (due === undefined || due > at) return;
    const { state, transitions } = advance(run.rules, run.state, due, due);
    run.came.push(...transitions);
    if (state === run.state) return;
    run.state = state;
  }
}

/** Readings that were measured, sent and received at `at`: one for each sensor that says something. */
function readingsAt(at: Instant, steps: readonly (readonly [SensorId, Step | undefined])[]): Reading[] {
  return steps.flatMap(([sensorId, step], index) =>
    step === undefined || step === 'gap'
      ? []
      : [
          {
            sensorId,
            index,
            phenomenonAt: at,
            receivedAt: at,
            lifeAt: at,
            value: step.value,
            quality: step.quality,
            trusted: true,
          },
        ],
  );
}

function take(run: Run, at: Instant, readings: readonly Reading[]): void {
  passTime(run, at);
  if (readings.length === 0) return;
  const { state, transitions } = judge(run.rules, run.state, { receivedAt: at, readings }, at);
  run.state = state;
  run.came.push(...transitions);
}

const inWords = (draft: TransitionDraft, start: Instant): Came => ({
  at: draft.phenomenonAt - start,
  change: draft.change,
  severity: draft.severity,
  condition: draft.condition,
  trigger: draft.trigger,
  marks: draft.marks,
  rule: draft.ruleId,
});

/** From one step of `one` to the next. */
export const stepMsOf = (proof: ProofFile, one: Case): number => one.step ?? proof.sensor.period;

/** Every transition that the readings of `one` give about the sensor that is proved, in the order in which they came. */
export function runCase(rule: Rule, proof: ProofFile, one: Case): readonly Came[] {
  const setting = settingOf(proof, one);
  const sensors = proofSensors(rule, proof, one);
  const rules = bindDevice(bookOf([ruleFor(rule, setting)]), proofDevice(rule, sensors, setting));
  const start = startOf(rule, one.start);
  const run: Run = { rules, state: emptyRuleState(rules, start), came: [] };
  const stepMs = stepMsOf(proof, one);
  const stepCount = Math.max(...sensors.map(({ steps }) => steps.length));
  for (let i = 0; i < stepCount; i++) {
    const at = instant(start + i * stepMs);
    const steps = sensors.map(({ registration, steps: own }) => [registration.sensorId, own[i]] as const);
    take(run, at, readingsAt(at, steps));
  }
  return run.came.filter(({ sensorId }) => sensorId === proofSensor).map((draft) => inWords(draft, start));
}
