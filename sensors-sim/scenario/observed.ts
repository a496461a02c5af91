import type { Severity } from '../../functions/domain/severity.ts';

/** One change of an alert as a run saw it: from a notification, or from the store of a virtual run. */
export interface ObservedChange {
  readonly alertId: string;
  /** Number of the transition; repeats of one number count once. */
  readonly version: number;
  readonly ruleId: string;
  readonly subject: string;
  readonly change: string;
  readonly severity: Severity;
  /** When the platform decided it, milliseconds since 1970. */
  readonly at: number;
  /** When it was true in the world. */
  readonly phenomenonAt: number;
  readonly value?: number | boolean | string | undefined;
  /** How long after its reading the run saw it, where it can tell. */
  readonly tookMs?: number | undefined;
}

/** Where a run learns what the platform decided. */
export interface Observe {
  /** Calls `seen` for each change from now on, repeats allowed. @returns stops it */
  start(seen: (change: ObservedChange) => void): Promise<() => Promise<void>>;
  /** Messages in quarantine since the start of the run, where that can be seen. */
  quarantined?(): Promise<number>;
}
