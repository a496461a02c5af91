/** The emulator, started locked like production: TLS, IAM, key and resource policies, device policies. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeServerCertificate } from './certificates.ts';
import { cleanEnvironment, type Endpoint, region } from './environment.ts';
import { type Group, startGroup } from './group.ts';
import { type InstanceFolder, repository } from './paths.ts';
import { type Ports, takePorts } from './ports.ts';

/** Longest wait for the emulator to answer, in milliseconds; it usually takes one or two seconds. */
const readyMsMax = 60_000;
const pollEveryMs = 100;

export interface Emulator {
  readonly endpoint: Endpoint;
  readonly ports: Ports;
  readonly group: Group;
  readonly stop: () => Promise<void>;
}

export interface EmulatorOptions {
  readonly folder: InstanceFolder;
  /** Interpreter of the virtual environment in which the emulator is installed. */
  readonly python: string;
  /** Plain HTTP and nothing enforced, as a person would start it by hand. @default false */
  readonly plain?: boolean;
  /** What was there at the last stop is there again, and is kept at the next. @default false */
  readonly keep?: boolean;
}

/** Longest wait for the emulator to write down what it keeps, in milliseconds; it usually takes less than one second. */
const keepMsMax = 60_000;

/** State that is not kept lies with the temporary files: keys of tokens are written in any case. */
function stateVariables(folder: InstanceFolder, keep: boolean): NodeJS.ProcessEnv {
  if (!keep) return { STATE_DIR: path.join(folder.run, 'state') };
  return {
    STATE_DIR: folder.kept,
    PERSIST_STATE: '1',
    S3_PERSIST: '1',
    S3_DATA_DIR: path.join(folder.kept, 's3'),
    STOP_GRACE_SECONDS: String(keepMsMax / 1000),
  };
}

function environmentOf(
  { folder, plain = false, keep = false }: EmulatorOptions,
  ports: Ports,
): NodeJS.ProcessEnv {
  const url = plain ? `http://127.0.0.1:${ports.http}` : `https://127.0.0.1:${ports.https}`;
  return {
    ...cleanEnvironment(),
    AUTH: plain ? 'false' : 'true',
    GATEWAY_PORT: String(ports.http),
    IOT_MTLS_PORT: String(ports.mqtt),
    AWS_ENDPOINT_URL: url,
    ...(plain ? {} : { NODE_EXTRA_CA_CERTS: folder.ca }),
    MINISTACK_REGION: region,
    AWS_DEFAULT_REGION: region,
    SFTP_ENABLED: '0',
    TMPDIR: folder.run,
    ...stateVariables(folder, keep),
    // It would tidy up containers of other emulators on this machine; ours uses none.
    DOCKER_HOST: `unix://${path.join(folder.run, 'no-docker.sock')}`,
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

async function waitUntilReady(group: Group, http: string, waiting: (seconds: number) => void): Promise<void> {
  let ended = false;
  group.exited.then(
    () => {
      ended = true;
    },
    () => {
      ended = true;
    },
  );
  const startedAt = performance.now();
  while (!(await answers(`${http}/_ministack/ready`))) {
    const elapsedMs = performance.now() - startedAt;
    if (ended)
      throw new Error(`the emulator ended at its start: ${group.tail().at(-1) ?? 'it said nothing'}`);
    if (elapsedMs > readyMsMax) throw new Error(`the emulator did not answer within ${readyMsMax / 1000} s`);
    waiting(Math.round(elapsedMs / 1000));
    await delay(pollEveryMs);
  }
}

/** Starts the emulator on free ports and resolves once its listeners, the MQTT one too, answer. */
export async function startEmulator(
  options: EmulatorOptions,
  waiting: (seconds: number) => void,
): Promise<Emulator> {
  const { folder, plain = false, keep = false } = options;
  await rm(folder.run, { recursive: true, force: true });
  await mkdir(folder.run, { recursive: true });
  await mkdir(folder.logs, { recursive: true });
  // The emulator's own worker is CommonJS, and it stands below the package.json of this ESM project.
  await writeFile(path.join(folder.run, 'package.json'), '{ "type": "commonjs" }\n');
  const ports = await takePorts(folder.ports);
  const http = `http://127.0.0.1:${ports.http}`;
  const listeners = plain ? ['--bind', `127.0.0.1:${ports.http}`] : await lockedListeners(folder, ports);
  const serve = path.join(repository, 'local/emulator/serve.py');
  // Connections that are kept alive would hold up a stop for as long as it lets them.
  const times = ['--keep-alive', '75', '--graceful-timeout', '1'];
  const args = [serve, 'ministack.app:app', ...listeners, ...times, '--workers', '0'];
  const logFile = path.join(folder.logs, 'emulator.log');
  await rm(logFile, { force: true });
  const group = startGroup(options.python, args, {
    cwd: folder.run,
    env: environmentOf(options, ports),
    logFile,
    ...(keep ? { stopGraceMs: keepMsMax } : {}),
  });
  const stop = async () => {
    await group.stop();
    await rm(folder.run, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(group, http, waiting);
    await writeFile(folder.mqttCa, await (await fetch(`${http}/_ministack/iot/ca.pem`)).text());
  } catch (error) {
    await stop();
    throw error;
  }
  const endpoint = plain ? { url: http } : { url: `https://127.0.0.1:${ports.https}`, ca: folder.ca };
  return { endpoint, ports, group, stop };
}

async function lockedListeners(folder: InstanceFolder, ports: Ports): Promise<string[]> {
  const certificate = await makeServerCertificate(folder.run, folder.ca);
  return [
    '--bind',
    `127.0.0.1:${ports.https}`,
    '--insecure-bind',
    `127.0.0.1:${ports.http}`,
    '--certfile',
    certificate.certFile,
    '--keyfile',
    certificate.keyFile,
  ];
}
