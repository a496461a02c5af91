/** What the crew and its workers say to each other. */
import type { Violation } from '../oracle/law.ts';

export interface Failure {
  readonly seed: number;
  readonly violations: readonly Violation[];
}

export interface WorkerTask {
  readonly seeds: readonly number[];
  readonly bug: string | undefined;
}

export interface ShareDone {
  readonly seeds: number;
  readonly failures: readonly Failure[];
  readonly injected: readonly (readonly [string, number])[];
  readonly messages: number;
  readonly simulatedMs: number;
}
