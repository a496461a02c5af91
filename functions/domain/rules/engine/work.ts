/** What this room knows: what a rule means. This file: a judgement under way, on copies of what it changes. */
import { rankOf } from '../../severity.ts';
import { type Instant, instant } from '../../time.ts';
import type { TransitionDraft } from '../transition.ts';
import type { BoundSensor, Condition, DeviceRules } from './bind.ts';
import { builtInRules } from './built-in.ts';
import { type BuiltInInput, stepBuiltIn } from './built-in-step.ts';
import { type Cell, never, type SensorCell, settle } from './cell.ts';
import { unknownsOf } from './record.ts';
import type { RuleState } from './state.ts';
import { type Stepped, step } from './step.ts';
import type { StepInput } from './step-input.ts';
import { type DueEvent, nextEvent } from './timers.ts';

/** What a judgement changes: its own copies, made on first touch. */
export interface Work {
  readonly rules: DeviceRules;
  readonly state: RuleState;
  cells: Cell[] | undefined;
  sensors: SensorCell[] | undefined;
  readonly ownSensors: boolean[];
  readonly transitions: TransitionDraft[];
  /** Per sensor the number of the last instant that named it, to find two readings of one sensor at one instant. */
  readonly named: number[];
  instantCount: number;
}

export const startWork = (rules: DeviceRules, state: RuleState): Work => ({
  rules,
  state,
  cells: undefined,
  sensors: undefined,
  ownSensors: [],
  transitions: [],
  named: [],
  instantCount: 0,
});

/** The cell of `condition` as it stands. */
export function cellOf({ cells, state }: Work, { slot }: Condition): Cell {
  const cell = (cells ?? state.cells)[slot];
  if (cell === undefined) throw new RangeError(`no state for slot ${slot}`);
  return cell;
}

/** Puts `cell` in the place of the one that stands. */
export function setCell(work: Work, { slot }: Condition, cell: Cell): void {
  work.cells ??= work.state.cells.slice();
  work.cells[slot] = cell;
}

/** The sensor's own state, ours to change; its alerts are not. */
export function ownSensor(work: Work, { slot }: BoundSensor): SensorCell {
  work.sensors ??= work.state.sensors.slice();
  const cell = work.sensors[slot];
  if (cell === undefined) throw new RangeError(`no state for sensor ${slot}`);
  if (work.ownSensors[slot] === true) return cell;
  const own = { ...cell };
  work.sensors[slot] = own;
  work.ownSensors[slot] = true;
  return own;
}

/** One step of one rule on one sensor; what it tells is kept. */
export function stepCell(work: Work, condition: Condition, input: StepInput): Stepped {
  const cell = settle(cellOf(work, condition));
  setCell(work, condition, cell);
  const stepped = step(condition, cell, input);
  if (stepped.transition) work.transitions.push(stepped.transition);
  return stepped;
}

/** One step of an alert on the sensor's data. */
export function stepOwnAlert(
  work: Work,
  bound: BoundSensor,
  field: 'fault' | 'notEvaluable',
  input: BuiltInInput,
): void {
  const sensor = ownSensor(work, bound);
  const cell = { ...sensor[field] };
  sensor[field] = cell;
  const draft = stepBuiltIn(builtInRules[field].ruleId, bound.sensor.sensorId, cell, input);
  if (draft) work.transitions.push(draft);
}

/** What falls due before `now`, on all the device's rules or those of some sensors, each at its own time (semantics 8). */
export function applyDue(
  work: Work,
  now: Instant,
  absenceUntil: number,
  sensorIds?: ReadonlySet<string>,
): void {
  for (;;) {
    let first: DueEvent | undefined;
    let of: Condition | undefined;
    for (const condition of work.rules.conditions) {
      if (sensorIds !== undefined && !sensorIds.has(condition.sensor.sensorId)) continue;
      const event = nextEvent(condition, cellOf(work, condition), absenceUntil, first?.at ?? now);
      if (!event) continue;
      first = event;
      of = condition;
    }
    if (!first || !of) return;
    applyOne(work, of, first);
  }
}

function applyOne(work: Work, condition: Condition, event: DueEvent): void {
  const { sensorId } = condition.sensor;
  const bound = work.rules.bySensor.get(sensorId);
  if (!bound) return;
  const {
    value,
    quality,
    at: valueAt,
  } = (work.sensors ?? work.state.sensors)[bound.slot] ?? {
    value: undefined,
    quality: 'good',
    at: never,
  };
  const at = instant(event.at);
  const time = { kind: 'time', event: event.kind, at, index: event.index, value, quality } as const;
  stepCell(work, condition, event.kind === 'limit-changed' ? { ...time, valueAt } : time);
  if (event.kind === 'unknown') raiseNotEvaluable(work, bound, { at, phenomenonAt: at, value, quality });
}

/** What an instant, or time, knows of the sensor whose data are bad. */
export interface DataContext {
  readonly at: Instant;
  readonly phenomenonAt: Instant;
  readonly value: BuiltInInput['value'];
  readonly quality: string;
}

/** Raises, or makes graver, `data.not-evaluable` for the rules of the sensor that have been unknown for too long. */
export function raiseNotEvaluable(work: Work, bound: BoundSensor, context: DataContext): void {
  const over = bound.conditions.filter((condition) => cellOf(work, condition).isUnknownOver);
  const rank = over.reduce(
    (highest, { rule }) => Math.max(highest, rankOf(rule.notEvaluable)),
    never as number,
  );
  if (rank === never) return;
  stepOwnAlert(work, bound, 'notEvaluable', {
    ...context,
    kind: 'raise',
    trigger: 'unknown',
    rank,
    silentAfterMs: bound.silentAfterMs,
    causes: over.map((condition) => ({
      rule: condition.rule.id,
      inputs: condition.severities.flatMap((_, i) => unknownsOf(condition, i, undefined)),
    })),
  });
}

/** The state that the work has come to; `before` itself when nothing was touched. */
export function finish(
  work: Work,
  before: RuleState,
  receivedAt: Instant | undefined,
): { readonly state: RuleState; readonly transitions: readonly TransitionDraft[] } {
  const { state, transitions, cells, sensors } = work;
  if (cells === undefined && sensors === undefined)
    return { state: state.rules === before.rules ? before : state, transitions };
  const seenAt = receivedAt !== undefined && receivedAt > state.seenAt ? receivedAt : state.seenAt;
  return {
    state: { ...state, seenAt, cells: cells ?? state.cells, sensors: sensors ?? state.sensors },
    transitions,
  };
}
