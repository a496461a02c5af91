/** What the crew of long worlds and its workers say to each other. */
import type { Violation } from '../oracle/law.ts';
import type { LongProgress } from '../world/long/long-world.ts';

export interface LongTask {
  readonly seed: number;
  readonly days: number;
  readonly devices: number;
  readonly reconnects: boolean;
}

/** What became of one long world. */
export interface LongResult {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly simulatedMs: number;
  readonly messages: number;
  readonly alerts: number;
  /** Faults that happened, as `kind|place`. */
  readonly injected: readonly (readonly [string, number])[];
  /** Empty when the world did not come to its end. */
  readonly traceHash: string;
}

export type LongNews =
  | ({ readonly kind: 'progress' } & LongProgress)
  | { readonly kind: 'done'; readonly result: LongResult };
