/** What this room knows: what a rule means. This file: a judgement under way, on what is its own to change. */

import { appended } from '../../appended.ts';
import { rankOf } from '../../severity.ts';
import { type Instant, instant } from '../../time.ts';
import type { Seen } from '../around.ts';
import type { TransitionDraft } from '../transition.ts';
import type { SeenAt } from './around-others.ts';
import type { BoundSensor, Condition, DeviceRules } from './bind.ts';
import { builtInRules } from './built-in.ts';
import { type BuiltInInput, stepBuiltIn } from './built-in-step.ts';
import { restUntil } from './calm.ts';
import { type Calm, type Cell, never, newestValueOf, noBand, type Owner, type SensorCell } from './cell.ts';
import { toJudge } from './last-good.ts';
import { type Stretch, saidAt } from './recent.ts';
import { unknownsOf } from './record.ts';
import { catchUp, ownCopy, settled, wake } from './settled.ts';
import type { RuleState } from './state.ts';
import { type Stepped, step } from './step.ts';
import type { StepInput } from './step-input.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';
import { type DueEvent, nextEvent } from './timers.ts';

/** What a judgement changes: its own parts of the state, and copies, made on first touch, of those that it shares. */
export interface Work {
  readonly rules: DeviceRules;
  readonly state: RuleState;
  /** Carried by the parts that are ours. */
  readonly owner: Owner;
  cells: Cell[] | undefined;
  sensors: SensorCell[] | undefined;
  /** Nothing falls due before it. */
  quietUntil: number;
  /** Absent until there is one. */
  transitions: TransitionDraft[] | undefined;
}

/** @param isOwn nobody uses `state` after this: it is changed itself */
export const startWork = (rules: DeviceRules, state: RuleState, isOwn: boolean): Work => ({
  rules,
  state,
  owner: isOwn ? state.owner : {},
  cells: isOwn ? state.cells : undefined,
  sensors: isOwn ? state.sensors : undefined,
  quietUntil: state.quietUntil,
  transitions: undefined,
});

/** The cell of `condition` without the calm readings that only its sensor has noted. */
export function cellOf({ cells, state }: Work, { slot }: Condition): Cell {
  const cell = (cells ?? state.cells)[slot];
  if (cell === undefined) throw new RangeError(`no state for slot ${slot}`);
  return cell;
}

/** The sensor as it stands; not ours to change. */
export function sensorOf({ sensors, state }: Work, { slot }: BoundSensor): SensorCell {
  const sensor = (sensors ?? state.sensors)[slot];
  if (sensor === undefined) throw new RangeError(`no state for sensor ${slot}`);
  return sensor;
}

/**
 * The cell of `condition`, ours to change, caught up with what only its sensor has noted.
 *
 * @param calm readings that only the sensor has noted
 */
export function ownCell(work: Work, condition: Condition, calm?: Calm): Cell {
  const cell = cellOf(work, condition);
  if (cell.owner === work.owner) {
    catchUp(cell, calm);
    return cell;
  }
  const own = settled(cell, calm, work.owner);
  work.cells ??= work.state.cells.slice();
  work.cells[condition.slot] = own;
  return own;
}

/** The sensor's own state, ours to change; its alerts are not. */
export function ownSensor(work: Work, bound: BoundSensor): SensorCell {
  const { slot } = bound;
  work.sensors ??= work.state.sensors.slice();
  const cell = sensorOf(work, bound);
  if (cell.owner === work.owner) return cell;
  const own = ownCopy(cell, work.owner);
  work.sensors[slot] = own;
  return own;
}

/** The calm readings that the conditions on `sensor` alone have not seen yet. */
export const calmOf = (sensor: SensorCell | undefined): Calm | undefined =>
  sensor?.isCalm === true ? sensor : undefined;

/** Writes the calm readings of a sensor into the conditions on it alone, before something else happens to one of them. */
export function rouse(work: Work, bound: BoundSensor): void {
  const sensor = sensorOf(work, bound);
  if (!sensor.isCalm) return;
  for (const condition of bound.alone) ownCell(work, condition, sensor);
  wake(ownSensor(work, bound));
}

/** What the condition may ask beyond its readings, as it stands now. */
export const surroundings = (
  work: Work,
  condition: Condition,
  seenAt: SeenAt = (slot, at) => seenIn(work, slot, at),
): Surroundings | undefined =>
  surroundingsOf(condition, (slot) => (work.sensors ?? work.state.sensors)[slot]?.rings ?? [], seenAt);

const unseen: Seen = { value: undefined, quality: 'unknown' };

/** What the sensor at `slot` had said by `at`; unknown when that is older than its silence, or bad (semantics 19). */
export function seenIn(work: Work, slot: number, at: number): Seen {
  const bound = work.rules.sensors[slot];
  const said = bound && saidAt(sensorOf(work, bound).recent, at);
  if (bound === undefined || said === undefined || said === 'forgotten') return unseen;
  return seenOf(said, at, bound.silentAfterMs);
}

/** `said` as it may be used at `at`; a number that is not finite is unknown (semantics 1). */
export function seenOf({ value, quality, to }: Stretch, at: number, silentAfterMs: number): Seen {
  const isKnown = typeof value !== 'number' || Number.isFinite(value);
  const isUsable = isKnown && quality === 'good' && at - to <= silentAfterMs;
  return { value: isUsable ? value : undefined, quality };
}

/** Keeps what has become of an alert, to be told when all is judged. */
export function tell(work: Work, transition: TransitionDraft): void {
  work.transitions = appended(work.transitions, transition);
}

/** One step of one rule on one sensor; what it tells is kept. */
export function stepCell(
  work: Work,
  condition: Condition,
  input: StepInput,
  calm?: Calm,
  around = input.kind === 'readings' ? surroundings(work, condition) : undefined,
): Stepped {
  const cell = ownCell(work, condition, calm);
  const stepped = step(condition, cell, input, around);
  const { transition } = stepped;
  const next = nextEvent(condition, cell, undefined, Number.POSITIVE_INFINITY, work.quietUntil);
  if (next) work.quietUntil = next.at;
  if (transition) tell(work, transition);
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
  if (draft) tell(work, draft);
}

/** What falls due before `now`, on all the device's rules or those of some sensors, each at its own time (semantics 8). */
export function applyDue(
  work: Work,
  now: Instant,
  absenceUntil: number,
  sensorIds?: ReadonlySet<string>,
): void {
  if (work.quietUntil >= now || lookAhead(work) >= now) return;
  for (;;) {
    let first: DueEvent | undefined;
    let of: Condition | undefined;
    for (const condition of work.rules.conditions) {
      if (sensorIds !== undefined && !sensorIds.has(condition.sensor.sensorId)) continue;
      const event = eventOf(work, condition, absenceUntil, first?.at ?? now);
      if (!event) continue;
      first = event;
      of = condition;
    }
    if (!first || !of) break;
    applyOne(work, of, first);
  }
  lookAhead(work);
}

/** The earliest that can fall due, whatever the watermark; remembered, so that nobody looks again before it. */
function lookAhead(work: Work): number {
  work.quietUntil = Number.POSITIVE_INFINITY;
  for (const bound of work.rules.sensors) {
    const rests = restUntil(sensorOf(work, bound), bound);
    if (rests !== undefined && rests < work.quietUntil) work.quietUntil = rests;
    for (const condition of bound.conditions) {
      if (rests !== undefined && condition.isAlone) continue;
      const next = eventOf(work, condition, Number.POSITIVE_INFINITY, work.quietUntil);
      if (next) work.quietUntil = next.at;
    }
  }
  return work.quietUntil;
}

function eventOf(
  work: Work,
  condition: Condition,
  absenceUntil: number,
  before: number,
): DueEvent | undefined {
  const calm = condition.isAlone ? calmOf(sensorAt(work, condition)) : undefined;
  return nextEvent(condition, cellOf(work, condition), calm, absenceUntil, before);
}

const sensorAt = ({ sensors, state }: Work, { sensorSlot }: Condition): SensorCell | undefined =>
  (sensors ?? state.sensors)[sensorSlot];

function applyOne(work: Work, condition: Condition, event: DueEvent): void {
  const bound = work.rules.sensors[condition.sensorSlot];
  if (!bound) return;
  rouse(work, bound);
  ownSensor(work, bound).band = noBand;
  const sensor = sensorOf(work, bound);
  const { quality } = sensor;
  const value = newestValueOf(sensor);
  const at = instant(event.at);
  const time = { kind: 'time', event: event.kind, at, index: event.index, value, quality } as const;
  if (event.kind === 'limit-changed') {
    // Time alone changes no window and makes nobody silent here: what stood then is judged again (semantics 17, 22).
    const judged = toJudge(sensor, condition, cellOf(work, condition).evaluatedAt);
    stepCell(work, condition, { ...time, ...judged }, undefined, surroundings(work, condition));
  } else stepCell(work, condition, time);
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

const nothing: readonly TransitionDraft[] = [];

/** The state that the work has come to; `before` itself when nothing was touched. */
export function finish(
  work: Work,
  before: RuleState,
  receivedAt: Instant | undefined,
): { readonly state: RuleState; readonly transitions: readonly TransitionDraft[] } {
  const { state, owner, cells, sensors, quietUntil } = work;
  const transitions = work.transitions ?? nothing;
  if (cells === undefined && sensors === undefined)
    return { state: state.rules === before.rules && transitions.length === 0 ? before : state, transitions };
  const seenAt = receivedAt !== undefined && receivedAt > state.seenAt ? receivedAt : state.seenAt;
  if (owner === state.owner) {
    state.seenAt = seenAt;
    state.quietUntil = quietUntil;
    return { state, transitions };
  }
  return {
    state: {
      owner,
      rules: state.rules,
      seenAt,
      quietUntil,
      // Lists of its own: whoever judges it in place changes them, and the state before is somebody's still.
      cells: cells ?? state.cells.slice(),
      sensors: sensors ?? state.sensors.slice(),
      orphans: state.orphans,
    },
    transitions,
  };
}
