/** A platform with the app on it: how to reach it, for people, tests and the simulator. */
import { mkdir } from 'node:fs/promises';
import { deployPlatform, type Outputs } from './cdk.ts';
import type { Closer } from './closer.ts';
import { rememberRules } from './deployed-rules.ts';
import { startEmulator } from './emulator.ts';
import { clientEnvironment, type Endpoint, region } from './environment.ts';
import { firstHandshake } from './first-handshake.ts';
import type { MqttAddress } from './mqtt-address.ts';
import type { InstanceFolder } from './paths.ts';
import { removeState, writeState } from './state.ts';

export interface Platform {
  readonly folder: InstanceFolder;
  readonly endpoint: Endpoint;
  readonly mqtt: MqttAddress;
  /** For every process that talks to the platform. */
  readonly env: NodeJS.ProcessEnv;
  /** Resolves with how it ended when a platform of our own ends. */
  readonly ended?: Promise<string>;
}

export interface DeployedPlatform extends Platform {
  readonly outputs: Outputs;
  readonly apiUrl: string;
}

export type Tell = (line: string) => void;

/** Makes the platform's variables those of this process, for the AWS clients that are made from now on. */
export function adoptEnvironment(platform: Platform): void {
  for (const name of Object.keys(process.env)) if (!(name in platform.env)) delete process.env[name];
  Object.assign(process.env, platform.env);
}

/** The locked emulator, up and recorded; `closer` ends it. With `keep` it goes on from where the last one stopped. */
export async function startLocked(
  folder: InstanceFolder,
  python: string,
  closer: Closer,
  tell: Tell,
  { keep = false } = {},
): Promise<Platform> {
  await mkdir(folder.root, { recursive: true });
  const emulator = await startEmulator({ folder, python, keep }, (seconds) =>
    tell(`waiting for its answer, ${seconds} s`),
  );
  await closer.defer(async () => {
    await emulator.stop();
    await removeState(folder);
  });
  await writeState(folder, {
    pid: process.pid,
    emulatorGroup: emulator.group.pid,
    startedAt: new Date().toISOString(),
    endpoint: emulator.endpoint.url,
    ...(emulator.endpoint.ca ? { ca: emulator.endpoint.ca } : {}),
  });
  const { mqtt: port } = emulator.ports;
  const mqtt: MqttAddress = { protocol: 'mqtts', host: '127.0.0.1', port, caFile: folder.mqttCa };
  await firstHandshake(mqtt);
  return {
    folder,
    endpoint: emulator.endpoint,
    mqtt,
    env: clientEnvironment(emulator.endpoint),
    ended: emulator.group.exited.then((code) => (code === undefined ? 'killed' : `exit code ${code}`)),
  };
}

/** `https://{apiId}.execute-api...` resolves nowhere on a local platform: the API is reached by path. */
export function localApiUrl(endpoint: Endpoint, apiUrl: string): string {
  const host = new URL(apiUrl).hostname;
  const found = /^([a-z0-9]+)\.execute-api\./.exec(host);
  return found ? `${endpoint.url}/_aws/execute-api/${found[1]}/$default` : apiUrl.replace(/\/$/, '');
}

/** Deploys the stacks of the local stage there. */
export async function deployTo(platform: Platform, tell: Tell): Promise<DeployedPlatform> {
  const run = { folder: platform.folder, env: platform.env, tell };
  const outputs = await deployPlatform(region, run);
  await rememberRules(platform.folder);
  return { ...platform, outputs, apiUrl: localApiUrl(platform.endpoint, outputs.ApiUrl) };
}
