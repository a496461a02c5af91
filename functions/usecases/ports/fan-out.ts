import type { OverrideScope } from '../../domain/telemetry/overrides.ts';
import type { Instant } from '../../domain/time.ts';
import type { CommitOutcome } from './alerts.ts';

/** What a change of limits or mode still has to do to the registrations that it touches; one for each scope. */
export interface FanOut {
  /** Of the scope, see `scopeText`. */
  readonly id: string;
  readonly scope: OverrideScope;
  /** Device behind which it goes on; absent: with the first. */
  readonly after?: string | undefined;
  /** The second pass finds devices that were being registered while the first went by. */
  readonly pass: 1 | 2;
  /** Who changed something, when and why: stands in the history of every device. */
  readonly by: string;
  readonly at: Instant;
  readonly reason: string;
}

export interface FanOutWrite {
  readonly fanOut: FanOut;
  /** 0: there is none yet. */
  readonly expectedVersion: number;
  /** When sweep goes on with it; `undefined`: it is done. */
  readonly dueAt: Instant | undefined;
}

export interface StoredFanOut {
  readonly fanOut: FanOut;
  readonly version: number;
  readonly dueAt: Instant | undefined;
}

/** Fan-outs, with the index of deadlines that sweep looks at. */
export interface FanOutStore {
  /** Consistent. @throws AdapterError */
  get(id: string): Promise<StoredFanOut | undefined>;
  /** Writes if the version still is `expectedVersion`. @throws AdapterError */
  write(write: FanOutWrite): Promise<CommitOutcome>;
}
