/** The platform on which the end-to-end suites run: `npm test` starts and deploys it, and says where it is. */
import { readFileSync } from 'node:fs';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { type Outputs, readOutputs } from '../../../local/platform/cdk.ts';
import { instanceFolder } from '../../../local/platform/paths.ts';
import { localApiUrl } from '../../../local/platform/platform.ts';
import { Ports } from '../../../local/platform/ports.ts';
import type { Pool } from '../../../local/seed/people.ts';

export interface TestPlatform {
  readonly endpoint: string;
  readonly outputs: Outputs;
  readonly apiUrl: string;
  readonly pool: Pool;
  readonly mqttPort: number;
  readonly mqttCa: string;
}

/** A variable that `npm test` sets; without it the suites say how to run them. */
export function given(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set. Remedy: run the end-to-end suites with: npm test -- e2e`);
}

export async function testPlatform(): Promise<TestPlatform> {
  const folder = instanceFolder(given('TOCSIN_PLATFORM'));
  const endpoint = given('AWS_ENDPOINT_URL');
  const outputs = await readOutputs(folder.outputs);
  const ports = Ports.parse(JSON.parse(readFileSync(folder.ports, 'utf8')));
  return {
    endpoint,
    outputs,
    apiUrl: localApiUrl({ url: endpoint }, outputs.ApiUrl),
    pool: {
      client: new CognitoIdentityProviderClient({}),
      poolId: outputs.UserPoolId,
      clientId: outputs.UserPoolClientId,
    },
    mqttPort: ports.mqtt,
    mqttCa: readFileSync(folder.mqttCa, 'utf8'),
  };
}
