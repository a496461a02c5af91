/** The way up, step by step: platform, stacks, city. */
import path from 'node:path';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Listr, type ListrTask, PRESET_TIMER } from 'listr2';
import { useRunningPlatform } from '../platform/borrowed.ts';
import type { Closer } from '../platform/closer.ts';
import { saveLogs } from '../platform/function-logs.ts';
import type { InstanceFolder } from '../platform/paths.ts';
import {
  adoptEnvironment,
  type DeployedPlatform,
  deployTo,
  type Platform,
  startLocked,
  type Tell,
} from '../platform/platform.ts';
import { markTold } from '../platform/told.ts';
import { trustCa } from '../platform/trust.ts';
import { installEmulator } from '../platform/venv.ts';
import { grantFirst } from '../seed/first-grant.ts';
import { type SeededCity, seedCity } from '../seed/seed-city.ts';
import { writeCurlFile } from '../view/curl-files.ts';

export interface CityOptions {
  /** A platform that already runs there. */
  readonly endpoint?: string;
  /** A Python that can hold the emulator. */
  readonly python?: string | undefined;
}

export interface City extends SeededCity {
  readonly platform: DeployedPlatform;
  readonly curlFolder: string;
  readonly pool: {
    readonly client: CognitoIdentityProviderClient;
    readonly poolId: string;
    readonly clientId: string;
  };
}

const logLineEveryMs = 3_000;

/** What the steps hand to each other. */
interface Progress {
  python?: string;
  platform?: Platform;
  deployed?: DeployedPlatform;
  city?: City;
}

/** Queue URLs of local platforms name hosts of their own: the endpoint is what counts. */
export const newSqsClient = () => new SQSClient({ useQueueUrlAsEndpoint: false });

function need<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is missing: a step before this one did not run`);
  return value;
}

/** On a terminal every line replaces the one before; a log gets one now and then. */
function throttled(tell: Tell): Tell {
  if (process.stdout.isTTY === true) return tell;
  let toldAt = Number.NEGATIVE_INFINITY;
  return (line) => {
    if (performance.now() - toldAt < logLineEveryMs) return;
    toldAt = performance.now();
    tell(line);
  };
}

/** The schedule plans the ticks of a minute ahead; the first minute is planned here. */
async function planTicks(platform: DeployedPlatform): Promise<void> {
  const body = JSON.stringify({ kind: 'plan' });
  await newSqsClient().send(
    new SendMessageCommand({ QueueUrl: platform.outputs.TicksQueueUrl, MessageBody: body }),
  );
}

async function seed(platform: DeployedPlatform, tell: Tell): Promise<City> {
  const { outputs, apiUrl, folder } = platform;
  const client = new CognitoIdentityProviderClient({});
  const pool = { client, poolId: outputs.UserPoolId, clientId: outputs.UserPoolClientId };
  const curlFolder = path.join(folder.root, 'curl');
  const seeded = await seedCity({
    apiUrl,
    pool,
    devicesFolder: folder.devices,
    grantFirst: (whom) => grantFirst(outputs.RecordsTableName, whom),
    tell,
  });
  for (const person of seeded.people) await writeCurlFile(curlFolder, person, platform.endpoint.ca);
  return { ...seeded, platform, curlFolder, pool };
}

/** Resolves with the city's platform up, deployed and seeded; `closer` undoes it. */
export async function bringUp(folder: InstanceFolder, options: CityOptions, closer: Closer): Promise<City> {
  const { endpoint, python } = options;
  const progress: Progress = {};
  const step = (title: string, run: (tell: Tell) => Promise<void>): ListrTask<Progress> => ({
    title,
    task: (_, task) =>
      run(
        throttled((line) => {
          task.output = line;
        }),
      ),
  });
  const own = [
    step('Emulator installed', async (tell) => {
      progress.python = await installEmulator(need(python, 'Python'), tell);
    }),
    step('Platform started, locked like production', async (tell) => {
      progress.platform = await startLocked(folder, need(progress.python, 'the emulator'), closer, tell);
    }),
  ];
  const borrowed = [
    step(`Platform found at ${endpoint}`, async () => {
      progress.platform = await useRunningPlatform(folder, need(endpoint, 'the endpoint'), closer);
    }),
  ];
  const rest = [
    step('Stacks deployed', async (tell) => {
      const platform = need(progress.platform, 'the platform');
      if (platform.endpoint.ca) await trustCa(platform.endpoint.ca);
      adoptEnvironment(platform);
      progress.deployed = await deployTo(platform, tell);
      // A platform that has died already took them along.
      await closer.defer(() => saveLogs(folder).catch(() => {}));
      await planTicks(progress.deployed);
    }),
    step('City seeded', async (tell) => {
      progress.city = await seed(need(progress.deployed, 'the deployment'), tell);
    }),
  ];
  const steps = new Listr([...(endpoint ? borrowed : own), ...rest], {
    registerSignalListeners: false,
    rendererOptions: { timer: PRESET_TIMER, collapseErrors: false },
    fallbackRendererOptions: { timer: PRESET_TIMER },
  });
  try {
    await steps.run();
  } catch (error) {
    markTold(error);
    throw error;
  }
  return need(progress.city, 'the city');
}
