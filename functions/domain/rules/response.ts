/** What this room knows: what a rule means. This file: what a person has to know of an alarm. */
import type { Bilingual } from '../severity.ts';
import type { DurationMs } from '../time.ts';

/** What ISA-18.2 asks of every alarm (semantics 30). */
export interface Response {
  readonly consequence: Bilingual;
  readonly cause: Bilingual;
  readonly action: Bilingual;
  /** Time in which somebody must have acted. */
  readonly withinMs: DurationMs;
}
