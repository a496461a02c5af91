/** The environment variables with which every AWS client, the CDK's too, finds a platform. */
import path from 'node:path';
import { nodeBin } from './paths.ts';

export const region = 'us-east-1';

/** Root credentials of the local platforms; they are no secret and open nothing else. */
export const localCredentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Which address, and which CA to trust for it; without a CA the system's own are trusted. */
export interface Endpoint {
  readonly url: string;
  readonly ca?: string;
  /** Where S3 is when its address differs: some platforms put the bucket into the host name. */
  readonly s3Url?: string;
}

/** What of a person's own AWS configuration must not leak into a local run. */
const foreign = /^(AWS_|CDK_|LOCALSTACK_|MINISTACK_)/;

/** The parent's environment without its AWS configuration, with the project's own Node first on the PATH. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const search = [nodeBin, process.env['PATH'] ?? ''].join(path.delimiter);
  return { ...Object.fromEntries(kept), PATH: search };
}

/** The variables of a platform, for any AWS client. */
export function platformVariables(endpoint: Endpoint): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint.url,
    ...(endpoint.s3Url ? { AWS_ENDPOINT_URL_S3: endpoint.s3Url } : {}),
    ...(endpoint.ca ? { NODE_EXTRA_CA_CERTS: endpoint.ca, AWS_CA_BUNDLE: endpoint.ca } : {}),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
    // No lookups of instance credentials on a machine that is none.
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

export function clientEnvironment(endpoint: Endpoint): NodeJS.ProcessEnv {
  return { ...cleanEnvironment(), ...platformVariables(endpoint) };
}
