/** The locked platform with the seed city on it, as `npm start` has it, in a folder of the bench's own. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Closer } from '../local/platform/closer.ts';
import { instanceFolder, localFolder } from '../local/platform/paths.ts';
import {
  adoptEnvironment,
  type DeployedPlatform,
  deployTo,
  startLocked,
} from '../local/platform/platform.ts';
import { trustCa } from '../local/platform/trust.ts';
import { installEmulator } from '../local/platform/venv.ts';
import { grantFirst } from '../local/seed/first-grant.ts';
import { type SeededCity, seedCity } from '../local/seed/seed-city.ts';
import type { CityEnterprise } from '../sensors-sim/city/shape.ts';
import type { LiveBroker } from '../sensors-sim/live/credentials.ts';
import { tell } from './report.ts';

export interface BenchCity extends SeededCity {
  readonly platform: DeployedPlatform;
  readonly broker: LiveBroker;
  readonly sqs: SQSClient;
}

/** Starts, deploys and seeds; `closer` ends it. Devices of `enterprises` have their keys in `broker`. */
export async function startCity(
  basePython: string,
  closer: Closer,
  enterprises: readonly CityEnterprise[],
): Promise<BenchCity> {
  const folder = instanceFolder(path.join(localFolder, 'bench-city'));
  tell('starting the locked platform');
  const python = await installEmulator(basePython, tell);
  const started = await startLocked(folder, python, closer, () => undefined);
  if (started.endpoint.ca) await trustCa(started.endpoint.ca);
  adoptEnvironment(started);
  tell('deploying the stacks');
  const platform = await deployTo(started, () => undefined);
  const { outputs } = platform;
  tell('seeding the city');
  const client = new CognitoIdentityProviderClient({});
  const seeded = await seedCity({
    apiUrl: platform.apiUrl,
    pool: { client, poolId: outputs.UserPoolId, clientId: outputs.UserPoolClientId },
    devicesFolder: folder.devices,
    grantFirst: (whom) => grantFirst(outputs.RecordsTableName, whom),
    tell: () => undefined,
    enterprises,
  });
  // Queue URLs of local platforms name hosts of their own: the endpoint is what counts.
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: outputs.TicksQueueUrl,
      MessageBody: JSON.stringify({ kind: 'plan' }),
    }),
  );
  return { ...seeded, platform, sqs, broker: await brokerOf(platform, seeded) };
}

async function brokerOf({ mqtt }: DeployedPlatform, { devices }: SeededCity): Promise<LiveBroker> {
  const { protocol, host, port, caFile } = mqtt;
  const ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8');
  const identities = new Map(devices.map((identity) => [identity.deviceId, identity]));
  return {
    protocol,
    host,
    port,
    version: '5',
    ...(ca === undefined ? {} : { ca }),
    identityOf: (deviceId) => {
      const identity = identities.get(deviceId);
      if (identity) return identity;
      throw new Error(`no key for device ${deviceId}`);
    },
  };
}
