/** A device of a test: it speaks MQTT with its own certificate, and hears what the broker answers. */
import { randomUUID } from 'node:crypto';
import mqtt, { type MqttClient } from 'mqtt';
import { instant } from '../../../functions/domain/time.ts';
import type { BrokerMessage } from '../../../functions/usecases/ports/archive.ts';
import type { DeviceIdentity } from '../../../sensors-sim/live/credentials.ts';
import type { TestPlatform } from './platform.ts';

const connectMsMax = 10_000;

export interface ConnectOptions {
  /** @default the device's own id */
  readonly clientId?: string;
  readonly protocolVersion?: 4 | 5;
}

/** Connects; rejects with the broker's reason when it refuses. */
export async function connect(
  platform: TestPlatform,
  identity: Pick<DeviceIdentity, 'deviceId' | 'key' | 'certificate'>,
  options: ConnectOptions = {},
): Promise<MqttClient> {
  const client = mqtt.connect({
    protocol: 'mqtts',
    host: '127.0.0.1',
    port: platform.mqttPort,
    servername: 'localhost',
    ca: platform.mqttCa,
    key: identity.key,
    cert: identity.certificate,
    clientId: options.clientId ?? identity.deviceId,
    protocolVersion: options.protocolVersion ?? 5,
    reconnectPeriod: 0,
    connectTimeout: connectMsMax,
  });
  const refused = new Promise<never>((_, reject) => {
    client.once('error', reject);
    client.once('close', () => reject(new Error('connection closed')));
  });
  try {
    const connected = new Promise<void>((resolve) => client.once('connect', () => resolve()));
    await Promise.race([connected, refused]);
  } catch (error) {
    client.end(true);
    throw error;
  } finally {
    refused.catch(() => {});
  }
  client.on('error', () => {});
  return client;
}

/** Publishes with QoS 1; rejects when the broker refuses it or closes the connection instead of a PUBACK. */
export async function publish(client: MqttClient, topic: string, bytes: string | Buffer): Promise<void> {
  let closed = () => {};
  const closing = new Promise<never>((_, reject) => {
    closed = () => reject(new Error('connection closed'));
  });
  client.once('close', closed);
  try {
    await Promise.race([client.publishAsync(topic, bytes, { qos: 1 }), closing]);
  } finally {
    client.off('close', closed);
  }
}

let sequence = 0;
const boot = `boot-${Date.now()}`;

/** A SenML pack of a device: one reading a sensor, taken and sent `at` (milliseconds). @default now */
export function pack(
  deviceId: string,
  readings: Readonly<Record<string, number>>,
  at: number = Date.now(),
): string {
  const seconds = at / 1000;
  const header = { bn: `${deviceId}/`, bt: seconds, boot, seq: ++sequence, sent: seconds };
  const [first, ...rest] = Object.entries(readings).map(([n, v]) => ({ n, v }));
  return JSON.stringify([{ ...header, ...first }, ...rest]);
}

/** What the topic rule makes of a device's bytes that the broker had at `at`. @default now */
export function brokerMessage(deviceId: string, payload: string, at: number = Date.now()): BrokerMessage {
  return {
    data: Buffer.from(payload).toString('base64'),
    topic: `tocsin/v1/${deviceId}/senml`,
    clientId: deviceId,
    principal: 'certificate',
    receivedAt: instant(at),
    id: randomUUID(),
  };
}
