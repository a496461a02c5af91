import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { type Connection, closedByDevice, type Transport, type TransportEvents } from './transport.ts';

/** Where the broker is and who speaks to it. */
export interface MqttEndpoint {
  /** `mqtts` for mutual TLS; `mqtt` only for a broker inside a test. */
  readonly protocol: 'mqtts' | 'mqtt';
  readonly host: string;
  readonly port: number;
  readonly version: MqttVersion;
  /** PEM texts. */
  readonly identity?: { readonly key: string; readonly cert: string; readonly ca?: string };
}

/** MQTT 3.1.1 or 5. */
export type MqttVersion = '3.1.1' | '5';

/** Keep alive; a broker gives a silent connection up after one and a half of it. */
export const keepAliveSeconds = 30;
/** TCP, TLS and CONNACK together. */
const connectTimeoutMs = 10_000;

/**
 * MQTT over mutual TLS with package `mqtt`, one client object a connection.
 *
 * Reconnecting and repeating are the outbox's: the package's own store would repeat a message that the
 * outbox repeats too.
 */
export const mqttTransport = (endpoint: MqttEndpoint, clientId: string): Transport => ({
  open: (events) => openMqtt(mqtt.connect(optionsOf(endpoint, clientId)), events),
});

const optionsOf = (endpoint: MqttEndpoint, clientId: string): IClientOptions => ({
  protocol: endpoint.protocol,
  host: endpoint.host,
  port: endpoint.port,
  ...(endpoint.protocol === 'mqtts'
    ? { servername: serverName(endpoint.host), rejectUnauthorized: true }
    : {}),
  ...(endpoint.identity ?? {}),
  clientId,
  protocolVersion: endpoint.version === '5' ? 5 : 4,
  clean: true,
  keepalive: keepAliveSeconds,
  connectTimeout: connectTimeoutMs,
  reconnectPeriod: 0,
  queueQoSZero: false,
  resubscribe: false,
});

/** An IP address is no server name (RFC 6066 §3). */
const serverName = (host: string): string => (/^[\d.]+$|:/.test(host) ? 'localhost' : host);

function openMqtt(client: MqttClient, events: TransportEvents): Connection {
  let isClosed = false;
  const close = (reason: string): void => {
    if (isClosed) return;
    isClosed = true;
    client.end(true);
    events.closed(reason);
  };
  client.on('connect', () => {
    if (!isClosed) events.connected();
  });
  client.on('error', (error) => close(error.message));
  client.on('close', () => close('connection closed'));
  client.on('disconnect', (packet) => close(`broker disconnected: ${packet.reasonCode ?? 'no reason'}`));
  return {
    publish(topic, bytes, token) {
      if (isClosed) return;
      client.publish(topic, Buffer.from(bytes), { qos: 1 }, (error) => {
        if (isClosed) return;
        if (error) events.refused(token, error.message);
        else events.acknowledged(token);
      });
    },
    close: () => close(closedByDevice),
  };
}
