import type { DeviceId } from '../../domain/ids.ts';
import type { ShadowDifference } from '../../domain/rules/shadow.ts';
import type { Instant } from '../../domain/time.ts';
import type { CommitOutcome } from './alerts.ts';

/** A difference from when it was first seen; `until` once both books say the same again. */
export interface StoredDifference extends ShadowDifference {
  readonly deviceId: DeviceId;
  readonly since: Instant;
  readonly until: Instant | undefined;
}

/** The state of one device under the candidate book. */
export interface ShadowTwin {
  readonly version: number;
  /** Version of the candidate book that wrote it; another one starts anew. */
  readonly book: string;
  readonly bytes: Uint8Array;
  /** Differences that stand. */
  readonly open: readonly StoredDifference[];
}

export interface ShadowWrite extends Omit<ShadowTwin, 'version'> {
  readonly deviceId: DeviceId;
  /** 0: there is none yet. */
  readonly expectedVersion: number;
  readonly now: Instant;
}

/** State and findings of a candidate rule book; both vanish by themselves when nobody writes them any more. */
export interface ShadowStore {
  read(deviceId: DeviceId): Promise<ShadowTwin | undefined>;
  /** @throws AdapterError */
  write(write: ShadowWrite): Promise<CommitOutcome>;
  /** Writes a difference when it begins and again when it ends; writing it twice is one. @throws AdapterError */
  note(book: string, difference: StoredDifference, now: Instant): Promise<void>;
  /** Differences of the book `book`, newest first. */
  list(book: string, limit: number): Promise<readonly StoredDifference[]>;
}
