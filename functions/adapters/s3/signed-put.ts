import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SignatureV4 } from '@smithy/signature-v4';
import { type DurationMs, duration, seconds } from '../../domain/time.ts';
import type { AdapterError } from '../adapter-error.ts';
import { toAdapterError } from '../aws-errors.ts';

type Signing = ConstructorParameters<typeof SignatureV4>[0];

export interface S3Place {
  readonly bucket: string;
  readonly region: string;
  /** One address for everything, as local platforms have; absent: AWS's own for the region. */
  readonly endpoint?: string | undefined;
  readonly credentials: Signing['credentials'];
  readonly sha256: Signing['sha256'];
  /** Pauses between tries; their number bounds the tries. @default 100 ms, 400 ms */
  readonly retryAfter?: readonly DurationMs[];
  /** How long one try may take. 1 ms…; @default 3 s */
  readonly timeout?: DurationMs;
}

/** Puts one object; `key` needs no escaping in a URL. @throws AdapterError */
export type PutObject = (key: string, body: string) => Promise<void>;

/**
 * One S3 operation without S3's client, which alone is a third of a function's bundle.
 *
 * The signer is the one that every AWS client here already carries. Tries again what may succeed later.
 */
export function signedS3Put(place: S3Place): PutObject {
  const { credentials, sha256, region, retryAfter = [duration(100), duration(400)] } = place;
  const signer = new SignatureV4({ service: 's3', region, credentials, sha256, uriEscapePath: false });
  return async (key, body) => {
    for (let tries = 0; ; tries += 1) {
      const failure = await tryPut(signer, place, key, body);
      if (failure === undefined) return;
      const wait = retryAfter[tries];
      if (wait === undefined || !failure.retryable) throw failure;
      await pause(wait);
    }
  };
}

async function tryPut(
  signer: SignatureV4,
  place: S3Place,
  key: string,
  body: string,
): Promise<AdapterError | undefined> {
  try {
    const url = urlOf(place, key);
    const { host, ...headers } = await signedHeaders(signer, url, body);
    const signal = AbortSignal.timeout(place.timeout ?? seconds(3));
    const answer = await fetch(url, { method: 'PUT', headers, body, signal, redirect: 'error' });
    const text = await answer.text();
    return answer.ok ? undefined : toAdapterError('put object', refusal(answer.status, text));
  } catch (error) {
    return toAdapterError('put object', error);
  }
}

async function signedHeaders(signer: SignatureV4, url: URL, body: string): Promise<Record<string, string>> {
  const signed = await signer.sign({
    method: 'PUT',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: {},
    headers: {
      host: url.host,
      'content-type': 'application/json',
      'x-amz-checksum-sha256': createHash('sha256').update(body).digest('base64'),
    },
    body,
  });
  return signed.headers;
}

/** By name on AWS, by path where one address serves everything. */
function urlOf({ bucket, region, endpoint }: S3Place, key: string): URL {
  if (endpoint !== undefined) return new URL(`${endpoint.replace(/\/$/, '')}/${bucket}/${key}`);
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return new URL(`https://${bucket}.s3.${region}.${suffix}/${key}`);
}

/** S3 names its refusal in XML; the text itself may quote the request and is not kept. */
function refusal(status: number, text: string): Error {
  const error = new Error(`HTTP ${status}`);
  error.name = /<Code>(\w{1,64})<\/Code>/.exec(text)?.[1] ?? `Http${status}`;
  return error;
}
