/** What this room knows: what a rule means. This file: what the engine says when something changes. */
import type { RuleId } from '../ids.ts';
import type { Severity } from '../severity.ts';
import type { Value } from '../telemetry/reading.ts';
import type { Instant } from '../time.ts';

/** How the world stands for one rule on one subject (design: the condition axis). */
export type Condition = 'firing' | 'recovered' | 'stale';

/** What changed; the first transition of an alert and of each later episode is `raised`. */
export type Change = 'raised' | 'severity-up' | 'severity-down' | 'stale' | 'firing-again' | 'recovered';

/** What brought the verdict about (semantics 25); the last two are changes of the book or of the inventory (semantics 23). */
export type Trigger =
  | 'reading'
  | 'deadline'
  | 'silence'
  | 'hold-ended'
  | 'schedule-ended'
  | 'quality'
  | 'unknown'
  | 'limit-changed'
  | 'rule-retired'
  | 'deselected';

/** Remarks that belong to the verdict: `held` and `late` by semantics 5 and 9. */
export type Mark = 'late' | 'held' | 'untrusted' | 'over-range' | 'quality';

/** One change of one rule on one sensor, before it has an alert id and a number. */
export interface TransitionDraft {
  readonly ruleId: RuleId;
  readonly ruleVersion: string;
  readonly sensorId: string;
  readonly change: Change;
  readonly condition: Condition;
  /** Highest active severity after the change; for `recovered` the one that ended. */
  readonly severity: Severity;
  /** Phenomenon time of what caused it; for a deadline or a silence the instant at which it fell due. */
  readonly phenomenonAt: Instant;
  /** When it was decided: receive time of the message, or the deadline that passed (semantics 8). */
  readonly at: Instant;
  readonly trigger: Trigger;
  readonly marks: readonly Mark[];
  readonly value: Value | undefined;
  readonly quality: string;
  /** Canonical JSON of the decision record (semantics 25); at most 8 KB. */
  readonly because: string;
}
