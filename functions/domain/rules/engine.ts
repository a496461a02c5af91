/** What this room knows: what a rule means. This file: the front door of the engine, what readings and time do to a device's rules. */
import type { Reading } from '../telemetry/reading.ts';
import type { Instant } from '../time.ts';
import type { DeviceRules } from './engine/bind.ts';
import { restAlong } from './engine/calm-message.ts';
import { dueOf } from './engine/due.ts';
import { endOrphans } from './engine/orphans.ts';
import { rebind } from './engine/rebind.ts';
import type { RuleState } from './engine/state.ts';
import { takeReadings } from './engine/take-readings.ts';
import { provenUntil } from './engine/timers.ts';
import { applyDue, finish, startWork, tell, type Work } from './engine/work.ts';
import type { TransitionDraft } from './transition.ts';

/** What one message of the device brings. */
export interface Message {
  /** When the broker had it. */
  readonly receivedAt: Instant;
  /** In any order; readings of sensors that are not registered are left out. */
  readonly readings: readonly Reading[];
}

export interface Judgement {
  readonly state: RuleState;
  /** In the order in which they came about; those of one alert among them too. */
  readonly transitions: readonly TransitionDraft[];
}

const noTransitions: readonly TransitionDraft[] = [];

/**
 * The state after `message`, and what became of the alerts.
 *
 * First what fell due before its receive time, each at its own time, then its readings by their instants, so that a late
 * sweep gives the same transitions as a punctual one (semantics 6 to 12). Pure.
 *
 * @param watermark up to where nothing of the city is missing; `undefined` or old: verdicts of absence wait
 * @returns the same state when nothing changed
 */
export const judge = (
  rules: DeviceRules,
  state: RuleState,
  message: Message,
  watermark: Instant | undefined,
): Judgement => judged(begin(rules, state, message.receivedAt, false), state, message, watermark);

/**
 * `judge` for whoever needs the state before the message no more: it is changed where it stands, not copied.
 *
 * Says the same as `judge`.
 *
 * @param state nobody else holds it, and it is not used again
 */
export function judgeInPlace(
  rules: DeviceRules,
  state: RuleState,
  message: Message,
  watermark: Instant | undefined,
): Judgement {
  const { receivedAt, readings } = message;
  const count = state.orphans.length > 0 ? 0 : restAlong(rules, state, readings, receivedAt);
  if (count > 0 && receivedAt > state.seenAt) state.seenAt = receivedAt;
  if (count === readings.length && count > 0) return { state, transitions: noTransitions };
  const rest = count === 0 ? message : { receivedAt, readings: readings.slice(count) };
  return judged(begin(rules, state, receivedAt, true), state, rest, watermark);
}

/**
 * The state at `now` when nothing has come: deadlines of breaches and of holds, and silence as far as the watermark proves
 * it (semantics 8, 12, 13). Applying it twice, or late, changes nothing more.
 *
 * @param sensorIds only these: a hundred sensors that fall silent together are more than one commit holds. @default all
 */
export function advance(
  rules: DeviceRules,
  state: RuleState,
  now: Instant,
  watermark: Instant | undefined,
  sensorIds?: readonly string[],
): Judgement {
  const work = begin(rules, state, now, false);
  applyDue(work, now, provenUntil(now, watermark), sensorIds && new Set(sensorIds));
  return finish(work, state, undefined);
}

function judged(
  work: Work,
  before: RuleState,
  { receivedAt, readings }: Message,
  watermark: Instant | undefined,
): Judgement {
  applyDue(work, receivedAt, provenUntil(receivedAt, watermark));
  takeReadings(work, readings, receivedAt);
  return finish(work, before, readings.length === 0 ? undefined : receivedAt);
}

/** Work on `state` under `rules`, from which is gone what a change of the book has ended. */
function begin(rules: DeviceRules, state: RuleState, at: Instant, isOwn: boolean): Work {
  const { state: current, ended } = endOrphans(rebind(state, rules), at);
  const work = startWork(rules, current, isOwn);
  for (const transition of ended) tell(work, transition);
  return work;
}

/**
 * The earliest `now` at which `advance` can change something; `undefined` when only a message can.
 *
 * What waits for the watermark stays due.
 */
export const dueAt = (rules: DeviceRules, state: RuleState): Instant | undefined =>
  dueOf(rebind(state, rules));
