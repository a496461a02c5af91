/** What the crew and its workers say to each other. */
import type { Violation } from '../oracle/law.ts';

export interface Failure {
  readonly seed: number;
  readonly violations: readonly Violation[];
}

/** What a worker is started with. */
export interface WorkerData {
  /** Name of a seeded bug that it carries; absent: the product as it is. */
  readonly bug?: string;
  /** Whole worlds instead of shortened ones. */
  readonly isWhole?: boolean;
}

export interface WorkerTask {
  readonly seeds: readonly number[];
  /** @default as the worker was started */
  readonly isWhole?: boolean;
}

export interface ShareDone {
  readonly seeds: number;
  readonly failures: readonly Failure[];
  readonly injected: readonly (readonly [string, number])[];
  readonly messages: number;
  readonly simulatedMs: number;
}

/** What a worker says: which world it begins, and what became of a share. */
export type WorkerNews = ShareDone | { readonly begun: number };
