import { instant } from '../../functions/domain/time.ts';
import type { BrokerMessage } from '../../functions/usecases/ports/archive.ts';
import type { Timers } from '../device/timers.ts';
import {
  type Connection,
  closedByDevice,
  type Transport,
  type TransportEvents,
} from '../device/transport.ts';

/** Largest message that the broker takes; AWS IoT closes the connection above it. */
export const payloadBytesMax = 128 * 1024;

/** A round trip to the broker and the way through the topic rule. */
const connectMs = 40;
const acknowledgeMs = 20;
const ruleMs = 15;

/** A broker in this process with the device policy and the topic rule of the platform. */
export interface VirtualBroker {
  transportOf(deviceId: string, clientId: string): Transport;
  topicOf(deviceId: string): string;
  /** A publish over HTTPS: no client id, as the canary's. */
  publish(topic: string, bytes: Uint8Array): void;
}

const ruleTopic = '$aws/rules/tocsin_virtual/';

/**
 * Devices connect only under their own name and publish only to their own topic; whoever tries otherwise is
 * disconnected. What passes goes to `deliver` as the topic rule writes it.
 */
export function createBroker(timers: Timers, deliver: (message: BrokerMessage) => void): VirtualBroker {
  const sessions = new Map<string, (reason: string) => void>();
  let delivered = 0;

  const forward = (topic: string, clientId: string, principal: string, bytes: Uint8Array): void => {
    const receivedAt = timers.now();
    const id = `virtual-${++delivered}`;
    const data = Buffer.from(bytes).toString('base64');
    timers.at(receivedAt + ruleMs, () =>
      deliver({ id, topic, clientId, principal, receivedAt: instant(receivedAt), data }),
    );
  };

  const open = (deviceId: string, clientId: string, events: TransportEvents): Connection => {
    let state: 'connecting' | 'open' | 'closed' = 'connecting';
    const close = (reason: string): void => {
      if (state === 'closed') return;
      if (state === 'open' && sessions.get(clientId) === close) sessions.delete(clientId);
      state = 'closed';
      events.closed(reason);
    };
    timers.at(timers.now() + connectMs, () => {
      if (state === 'closed') return;
      if (clientId !== deviceId) return close('not authorized to connect under this client id');
      sessions.get(clientId)?.('another session took over this client id');
      sessions.set(clientId, close);
      state = 'open';
      events.connected();
    });
    return {
      publish(topic, bytes, token) {
        if (state !== 'open') return;
        if (!topic.startsWith(`${ruleTopic}tocsin/v1/${deviceId}/`) || bytes.length > payloadBytesMax) {
          return close('not authorized to publish this');
        }
        forward(topic.slice(ruleTopic.length), clientId, `cert-${deviceId}`, bytes);
        timers.at(timers.now() + acknowledgeMs, () => {
          if (state === 'open') events.acknowledged(token);
        });
      },
      close: () => close(closedByDevice),
    };
  };

  return {
    transportOf: (deviceId, clientId) => ({ open: (events) => open(deviceId, clientId, events) }),
    topicOf: (deviceId) => `${ruleTopic}tocsin/v1/${deviceId}/senml`,
    publish: (topic, bytes) => forward(topic.slice(ruleTopic.length), 'n/a', 'https', bytes),
  };
}
