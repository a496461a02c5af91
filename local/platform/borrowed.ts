/** A platform that somebody else started and keeps: LocalStack, or an emulator in plain mode. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { DescribeEndpointCommand, IoTClient } from '@aws-sdk/client-iot';
import type { Closer } from './closer.ts';
import { clientEnvironment, type Endpoint, localCredentials, region } from './environment.ts';
import { firstHandshake } from './first-handshake.ts';
import type { MqttAddress } from './mqtt-address.ts';
import type { InstanceFolder } from './paths.ts';
import type { Platform } from './platform.ts';
import { removeState, writeState } from './state.ts';

const healthPaths = ['/_localstack/health', '/_ministack/health'];
const answerMsMax = 5_000;

async function assertHealthy(url: string): Promise<void> {
  let reason = 'it answers, but not as a LocalStack-compatible platform';
  for (const path of healthPaths) {
    try {
      if ((await fetch(url + path, { signal: AbortSignal.timeout(answerMsMax) })).ok) return;
    } catch (error) {
      const cause =
        error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      reason = `it does not answer (${cause})`;
    }
  }
  throw new Error(
    `no platform at ${url}: ${reason}. Remedy: start it (docs/localstack.md), or leave out --endpoint`,
  );
}

/**
 * The host name with which S3 finds buckets there. LocalStack wants `s3.` before its name; an address stands for
 * itself, and TOCSIN_S3_ENDPOINT overrides both.
 */
export function s3UrlOf(endpoint: string, own: string | undefined): string | undefined {
  if (own) return own;
  const url = new URL(endpoint);
  if (url.hostname !== 'localhost' && !url.hostname.endsWith('localhost.localstack.cloud')) return undefined;
  return `${url.protocol}//s3.localhost.localstack.cloud${url.port ? `:${url.port}` : ''}`;
}

/** The MQTT listener of the emulator stands on a port of its own, which it does not tell. */
const emulatorMqttPort = 8883;
const plainMqttPort = 1883;

/**
 * Where devices connect: TOCSIN_MQTT_ENDPOINT (`mqtts://host:port` or `mqtt://host:port`) with TOCSIN_MQTT_CA (a
 * file), else what the platform says. The emulator listens on its usual port with its own CA; others say by their
 * IoT service where they listen, and LocalStack's broker is plain MQTT.
 */
async function mqttAddress(endpoint: Endpoint, folder: InstanceFolder): Promise<MqttAddress> {
  const own = process.env['TOCSIN_MQTT_ENDPOINT'];
  const ownCa = process.env['TOCSIN_MQTT_CA'];
  const emulatorCa = await textAt(`${endpoint.url}/_ministack/iot/ca.pem`);
  if (emulatorCa) await writeFile(folder.mqttCa, emulatorCa);
  const caFile = ownCa ?? (emulatorCa ? folder.mqttCa : undefined);
  const usual = `mqtts://${new URL(endpoint.url).hostname}:${emulatorMqttPort}`;
  const address = own ?? (emulatorCa ? usual : `mqtt://${await describedAddress(endpoint)}`);
  return { ...parseMqttAddress(address), ...(caFile ? { caFile } : {}) };
}

/** @example parseMqttAddress('mqtts://localhost') // { protocol: 'mqtts', host: 'localhost', port: 8883 } */
export function parseMqttAddress(address: string): MqttAddress {
  const {
    protocol,
    hostname: host,
    port,
  } = new URL(address.includes('://') ? address : `mqtts://${address}`);
  if (protocol === 'mqtt:') return { protocol: 'mqtt', host, port: Number(port || plainMqttPort) };
  if (protocol === 'mqtts:') return { protocol: 'mqtts', host, port: Number(port || emulatorMqttPort) };
  throw new Error(`${address} is no MQTT address. Remedy: set TOCSIN_MQTT_ENDPOINT=mqtts://host:port`);
}

async function textAt(url: string): Promise<string | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(answerMsMax) });
  const text = await response.text();
  return response.ok && text.includes('BEGIN CERTIFICATE') ? text : undefined;
}

async function describedAddress(endpoint: Endpoint): Promise<string> {
  const client = new IoTClient({ endpoint: endpoint.url, region, credentials: localCredentials });
  const { endpointAddress } = await client.send(
    new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }),
  );
  if (!endpointAddress)
    throw new Error('the platform names no MQTT endpoint. Remedy: set TOCSIN_MQTT_ENDPOINT=host:port');
  return endpointAddress;
}

export async function useRunningPlatform(
  folder: InstanceFolder,
  url: string,
  closer: Closer,
): Promise<Platform> {
  await assertHealthy(url);
  await mkdir(folder.logs, { recursive: true });
  await rm(folder.outputs, { force: true });
  const s3Url = s3UrlOf(url, process.env['TOCSIN_S3_ENDPOINT']);
  const endpoint = { url, ...(s3Url ? { s3Url } : {}) };
  const mqtt = await mqttAddress(endpoint, folder);
  await firstHandshake(mqtt);
  await writeState(folder, { pid: process.pid, startedAt: new Date().toISOString(), endpoint: url });
  await closer.defer(() => removeState(folder));
  return { folder, endpoint, mqtt, env: clientEnvironment(endpoint) };
}
