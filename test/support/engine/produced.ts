import type { DeviceRules } from '../../../functions/domain/rules/engine/bind.ts';
import { phases } from '../../../functions/domain/rules/engine/cell.ts';
import { emptyRuleState, type RuleState } from '../../../functions/domain/rules/engine/state.ts';
import { judge } from '../../../functions/domain/rules/engine.ts';
import type { TransitionDraft } from '../../../functions/domain/rules/transition.ts';
import type { Instant } from '../../../functions/domain/time.ts';
import type { ReferenceEpisode } from '../reference/in-order.ts';
import { at, type GivenReading, readingOf, secondOf } from './bench.ts';

/** One message: its readings and when the broker had it, in seconds. */
export interface Delivery {
  readonly receivedS: number;
  readonly readings: readonly GivenReading[];
}

export interface Produced {
  /** Where each severity stood, late breaches that an episode swallowed included. */
  readonly episodes: readonly ReferenceEpisode[];
  readonly drafts: readonly TransitionDraft[];
  readonly state: RuleState;
}

/** Judges the deliveries one reading a message, so that the end of every episode can be seen in the state. */
export function produce(
  rules: DeviceRules,
  deliveries: readonly Delivery[],
  watermarkAt: (receivedAt: Instant) => Instant | undefined = () => undefined,
  between: (state: RuleState) => RuleState = (state) => state,
): Produced {
  let state = emptyRuleState(rules, at(0));
  const drafts: TransitionDraft[] = [];
  const episodes: { level: number; from: number; to: number }[] = [];
  const open = new Map<number, { level: number; from: number; to: number }>();
  const ends = new Map<number, number>();
  for (const { receivedS, readings } of deliveries) {
    for (const [index, given] of readings.entries()) {
      const receivedAt = at(receivedS);
      const message = { receivedAt, readings: [readingOf(given, receivedS, index)] };
      const judged = judge(rules, state, message, watermarkAt(receivedAt));
      state = between(judged.state);
      drafts.push(...judged.transitions);
      const machines = state.cells[0]?.machines ?? [];
      machines.forEach((machine, level) => {
        for (let i = 0; i + 2 < machine.closed.length; i += 3) {
          const [since = 0, , ended = 0] = machine.closed.slice(i, i + 3);
          if (ended <= (ends.get(level) ?? -1)) continue;
          ends.set(level, ended);
          const before = open.get(level);
          // Between two messages time alone may have raised and ended it.
          if (before) before.to = secondOf(ended);
          else episodes.push({ level, from: secondOf(since), to: secondOf(ended) });
          open.delete(level);
        }
        if (machine.phase < phases.active) return;
        const present = open.get(level);
        const from = secondOf(machine.since);
        if (present) present.from = Math.min(present.from, from);
        else {
          const episode = { level, from, to: Number.POSITIVE_INFINITY };
          open.set(level, episode);
          episodes.push(episode);
        }
      });
    }
  }
  return { episodes, drafts, state };
}

/** Reference episodes that no produced one covers: as severe, overlapping, not ending before (semantics 24). */
export const lost = (
  reference: readonly ReferenceEpisode[],
  produced: readonly ReferenceEpisode[],
): readonly ReferenceEpisode[] =>
  reference.filter(
    (wanted) =>
      !produced.some(
        ({ level, from, to }) =>
          level >= wanted.level && from <= wanted.to && to >= wanted.from && to >= wanted.to,
      ),
  );
