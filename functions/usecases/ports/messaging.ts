import type { Instant } from '../../domain/time.ts';

/** What became of one of several things handed over together; `problem` is the service's name for the failure. */
export type Handover = { readonly ok: true } | { readonly ok: false; readonly problem: string };

/** Longest delay of a message in seconds (SQS). */
export const delaySecondsMax = 900;

export interface OutgoingMessage {
  readonly body: string;
  /** 0…900. @default 0 */
  readonly delaySeconds?: number;
}

/** One queue that we write to. At least once, in no order. */
export interface Queue {
  /** One outcome per message, by position; a failed call is an outcome too. @throws never */
  send(messages: readonly OutgoingMessage[]): Promise<readonly Handover[]>;
}

export interface ReceivedMessage {
  readonly body: string;
  /** What `remove` needs; valid until the message becomes visible again. */
  readonly receipt: string;
}

/** A queue that we drain ourselves. What is not removed becomes visible again. */
export interface DrainableQueue extends Queue {
  /** At most 10 messages, without waiting for any. @throws AdapterError */
  receive(countMax: number): Promise<readonly ReceivedMessage[]>;
  /** Takes them out for good. @throws AdapterError */
  remove(receipts: readonly string[]): Promise<void>;
}

/** Sends the message of our own that travels the whole way, through the broker. */
export interface CanaryPublisher {
  /** @throws AdapterError */
  publish(at: Instant): Promise<void>;
}

/** A dead-man's switch outside the account: it alarms when the calls stop. */
export interface Heartbeat {
  /** @returns false when the call failed or nobody listens. @throws never */
  beat(): Promise<boolean>;
}
