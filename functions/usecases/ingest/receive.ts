import { type Envelope, parseEnvelope } from '../../domain/telemetry/envelope.ts';
import { type Identity, identify } from '../../domain/telemetry/identity.ts';
import { type DurationMs, type Instant, minutes } from '../../domain/time.ts';
import type { BrokerMessage } from '../ports/archive.ts';
import type { Refusal } from '../ports/quarantine.ts';

/** A message older than this leaves the way free for fresh ones. */
export const freshFor: DurationMs = minutes(1);

/** Which of the queues a message came from; `backlog` is where old ones end up. */
export type IngestQueue = 'telemetry' | 'backlog' | 'rejected';

/** One message as the queue hands it over. */
export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
  /** When the queue had it. */
  readonly sentAt: Instant;
  readonly queue: IngestQueue;
}

/** A message whose envelope is understood. */
export interface Arrival {
  readonly messageId: string;
  readonly envelope: Envelope;
  readonly broker: BrokerMessage;
  readonly identity: Identity;
}

/** What is to be done with each message of a batch, before any state is read. */
export interface Received {
  readonly arrivals: readonly Arrival[];
  /** Too old for the fast lane; the body carries the broker's receive time with it. */
  readonly old: readonly { readonly messageId: string; readonly body: string }[];
  /** No envelope of ours: kept as it came. */
  readonly unreadable: readonly { readonly messageId: string; readonly refusal: Refusal }[];
}

/** Sorts a batch into what can be handled now, what is old and what nobody can read. Pure. */
export function receive(messages: readonly QueueMessage[], now: Instant): Received {
  const arrivals: Arrival[] = [];
  const old: { messageId: string; body: string }[] = [];
  const unreadable: { messageId: string; refusal: Refusal }[] = [];
  for (const message of messages) {
    const { messageId } = message;
    const parsed = parseEnvelope(message.body, message);
    if (!parsed.ok) {
      unreadable.push({ messageId, refusal: { ...parsed.refusal, message: unreadBroker(message) } });
      continue;
    }
    const { envelope } = parsed;
    const broker = brokerOf(envelope);
    if (message.queue !== 'backlog' && now - envelope.receivedAt > freshFor)
      old.push({ messageId, body: JSON.stringify(broker) });
    else arrivals.push({ messageId, envelope, broker, identity: identify(envelope) });
  }
  return { arrivals, old, unreadable };
}

const brokerOf = (envelope: Envelope): BrokerMessage => ({
  id: envelope.id,
  topic: envelope.topic,
  clientId: envelope.clientId,
  principal: envelope.principal,
  receivedAt: envelope.receivedAt,
  data: Buffer.from(envelope.data).toString('base64'),
});

const unreadBroker = (message: QueueMessage): BrokerMessage => ({
  id: message.messageId,
  topic: '-',
  clientId: '-',
  principal: '-',
  receivedAt: message.sentAt,
  data: Buffer.from(message.body, 'utf8').toString('base64'),
});
