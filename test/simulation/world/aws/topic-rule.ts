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
}

/** From the rule's failure to its error action's message in the queue behind its topic. */
const errorActionMs = 300;

/**
 * The topic rule: what the broker took goes to the telemetry queue, or by the error action to the queue of the rejected.
 *
 * Source of the error document: AWS IoT developer guide, "Error action message format".
 */
export function createTopicRule({ engine, faults, telemetry, rejected, accepted }: TopicRuleParts) {
  const senders = new Map<string, Accepted['sender']>();
  const skewed = new Set<string>();
  const senderOf = ({ data, clientId, topic }: BrokerMessage): Accepted['sender'] =>
    topic.endsWith('/canary')
      ? 'canary'
      : (senders.get(data) ?? (skewed.has(clientId) ? 'skewed' : 'device'));

  const forward = (message: BrokerMessage): void => {
    const { id, topic, clientId, principal, receivedAt, data } = message;
    if (!faults.isRuleBlocked()) {
      accepted.push({
        id,
        topic,
        clientId,
        principal,
        receivedAt,
        bytes: Buffer.from(data, 'base64'),
        sender: senderOf(message),
      });
      telemetry.send(JSON.stringify({ id, topic, clientId, principal, receivedAt, data }), 0);
      return;
    }
    engine.after(errorActionMs, () => {
      // By way of the error action it counts as received when the queue has it, and nobody knows the certificate.
      accepted.push({
        id,
        topic,
        clientId,
        principal: '-',
        receivedAt: engine.now(),
        bytes: Buffer.from(data, 'base64'),
        sender: senderOf(message),
      });
      const document = {
        ruleName: 'tocsin_simulation',
        topic,
        cloudwatchTraceId: id,
        clientId: clientId === 'n/a' ? 'N/A' : clientId,
        base64OriginalPayload: data,
        failures: [{ failedAction: 'SqsAction', failedResource: 'telemetry', errorMessage: 'simulated' }],
      };
      rejected.send(JSON.stringify(document), 0);
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
