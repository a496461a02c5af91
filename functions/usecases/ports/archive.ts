import type { Instant } from '../../domain/time.ts';
import type { Handover } from './messaging.ts';

/** A message as the broker handed it over, verbatim: what the archive and the quarantine keep. */
export interface BrokerMessage {
  /** Given by the topic rule, unique per delivery by the broker. */
  readonly id: string;
  readonly topic: string;
  readonly clientId: string;
  readonly principal: string;
  readonly receivedAt: Instant;
  /** The device's bytes in base64. */
  readonly data: string;
}

/** Where every received message goes before its commit. Repeats are allowed. */
export interface Archive {
  /**
   * One outcome per message, by position: `ok` when the stream or, behind it, the archive queue has it.
   * Only a message that both refused fails. @throws never
   */
  accept(messages: readonly BrokerMessage[]): Promise<readonly Handover[]>;
}

/** The delivery stream itself, one line a message. */
export interface ArchiveStream {
  /** One outcome per line, by position. @throws never */
  put(lines: readonly string[]): Promise<readonly Handover[]>;
}
