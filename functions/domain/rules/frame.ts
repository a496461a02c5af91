/** What this room knows: what a rule means. This file: what a compiled condition is asked with, and what it answers. */
import type { Value } from '../telemetry/reading.ts';
import type { Around, Seen } from './around.ts';
import type { Verdict } from './expression.ts';

/** What a condition looks at when a reading comes; a reading is one. */
export interface Frame {
  readonly value: Value | undefined;
  readonly quality: string;
  /** Says which limits count where they have changed; absent: the newest. */
  readonly phenomenonAt?: number | undefined;
  /** Absent where nothing but the reading is known: what a condition asks beyond it is then unknown. */
  readonly around?: Around | undefined;
  /** The sensor that `peers` is at. */
  readonly peer?: Seen;
}

/** The value of an input that does not change with the reading; `undefined` is unknown. */
export type Lookup = (name: string) => Value | undefined;

/** What an expression says of a frame; `undefined` is unknown (semantics 1). */
export type Compiled = (frame: Frame) => Value | undefined;

/** A condition in Kleene logic. */
export type CompiledCondition = (frame: Frame) => Verdict;
