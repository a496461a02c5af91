/** What this room knows: what a rule means. This file: when time alone can next change something. */
import { type Instant, instant } from '../../time.ts';
import { orphansDueAt } from './orphans.ts';
import type { RuleState } from './state.ts';
import { nextEvent } from './timers.ts';
import { calmOf } from './work.ts';

/** `dueAt` of a state under the rules that it was made with. */
export function dueOf(state: RuleState): Instant | undefined {
  const { rules, cells, sensors } = state;
  let due: number = orphansDueAt(state) ?? Number.POSITIVE_INFINITY;
  for (const condition of rules.conditions) {
    const cell = cells[condition.slot];
    const calm = condition.isAlone ? calmOf(sensors[condition.sensorSlot]) : undefined;
    const event = cell && nextEvent(condition, cell, calm, Number.POSITIVE_INFINITY, due);
    if (event) due = event.at;
  }
  // A deadline has passed when it lies before now, not at it (semantics 8).
  return due === Number.POSITIVE_INFINITY ? undefined : instant(due + 1);
}
