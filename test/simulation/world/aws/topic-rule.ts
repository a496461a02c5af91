import type { BrokerMessage } from '../../../../functions/usecases/ports/archive.ts';
import type { Accepted } from '../../history.ts';
import type { Engine } from '../engine.ts';
import type { Faults } from '../faults/verdict.ts';
import type { SimQueue } from './queue.ts';

export interface TopicRuleParts {
  readonly engine: Engine;
  readonly faults: Faults;
  readonly telemetry: SimQueue;
  readonly rejected: SimQueue;
  readonly accepted: Accepted[];
  /** Told of each document before a queue has it. */
  sent(body: string, message: Accepted): void;
}

/** From the rule's failure to its error action's message in the queue behind its topic. */
const errorActionMs = 300;

/**
 * The topic rule: what the broker took goes to the telemetry queue, or by the error action to the queue of the rejected.
 *
 * Source of the error document: AWS IoT developer guide, "Error action message format".
 */
export function createTopicRule(parts: TopicRuleParts) {
  const { engine, faults, telemetry, rejected, accepted } = parts;
  const senders = new Map<string, Accepted['sender']>();
  const skewed = new Set<string>();
  const senderOf = ({ data, clientId, topic }: BrokerMessage): Accepted['sender'] =>
    topic.endsWith('/canary')
      ? 'canary'
      : (senders.get(data) ?? (skewed.has(clientId) ? 'skewed' : 'device'));

  const forward = (message: BrokerMessage): void => {
    const { id, topic, clientId, principal, receivedAt, data } = message;
    const bytes = Buffer.from(data, 'base64');
    const sender = senderOf(message);
    const hand = (queue: SimQueue, document: object, as: Accepted): void => {
      const body = JSON.stringify(document);
      accepted.push(as);
      parts.sent(body, as);
      queue.send(body, 0);
    };
    if (!faults.isRuleBlocked()) {
      const document = { id, topic, clientId, principal, receivedAt, data };
      hand(telemetry, document, { id, topic, clientId, principal, receivedAt, bytes, sender });
      return;
    }
    engine.after(errorActionMs, () => {
      const document = {
        ruleName: 'tocsin_virtual',
        topic,
        cloudwatchTraceId: id,
        clientId: clientId === 'n/a' ? 'N/A' : clientId,
        base64OriginalPayload: data,
        failures: [{ failedAction: 'SqsAction', failedResource: 'telemetry', errorMessage: 'simulated' }],
      };
      // By way of the error action it counts as received when SNS has it, and nobody knows the certificate.
      const notification = {
        Type: 'Notification',
        MessageId: `${id}-rejected`,
        Message: JSON.stringify(document),
        Timestamp: new Date(engine.now()).toISOString(),
      };
      hand(rejected, notification, {
        id,
        topic,
        clientId,
        principal: '-',
        receivedAt: engine.now(),
        bytes,
        sender,
      });
    });
  };

  return {
    deliver(message: BrokerMessage): void {
      forward(message);
      // The rule ran a second time for one message: another id, the same bytes.
      const later = faults.delayMs('rule');
      if (later > 0) engine.after(later, () => forward({ ...message, id: `${message.id}-again` }));
    },
    sends: (bytes: Uint8Array, sender: Accepted['sender']): void => {
      senders.set(Buffer.from(bytes).toString('base64'), sender);
    },
    skewed,
  };
}
