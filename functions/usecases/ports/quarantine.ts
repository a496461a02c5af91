import type { BrokerMessage } from './archive.ts';
import type { Handover } from './messaging.ts';

/** Why one message, or one record of it, was refused. */
export interface Refusal {
  /** Kebab-case, at most 64 characters: first part of the key. */
  readonly reason: string;
  /** Which field, what was expected; for people. */
  readonly detail: string;
  /** Position of the refused record; absent when the whole message was refused. */
  readonly recordIndex?: number;
  readonly message: BrokerMessage;
}

/** Where refused input is kept, byte for byte, with the reason. Keeping the same refusal twice leaves one copy. */
export interface Quarantine {
  /**
   * One outcome per refusal, by position. Refusals of one message for one reason share a copy, which names
   * all their records. @throws never
   */
  keep(refusals: readonly Refusal[]): Promise<readonly Handover[]>;
}
