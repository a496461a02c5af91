import { setTimeout as pause } from 'node:timers/promises';
import { SignatureV4 } from '@smithy/signature-v4';
import { type DurationMs, duration, seconds } from '../../domain/time.ts';
import type { AdapterError } from '../adapter-error.ts';
import { toAdapterError } from '../aws-errors.ts';

type Signing = ConstructorParameters<typeof SignatureV4>[0];

export interface IotPlace {
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

export interface IotRequest {
  /** Name of the action, as in policies: `CreateThing`. */
  readonly action: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Escaped where it has to be. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Does one action of the broker's register and answers what it says. @throws AdapterError */
export type IotCall = (request: IotRequest) => Promise<unknown>;

/**
 * The few actions of AWS IoT that are needed, without its client, which alone is a third of a function's bundle.
 *
 * The signer is the one that every AWS client here already carries. Tries again what may succeed later.
 */
export function signedIotCall(place: IotPlace): IotCall {
  const { credentials, sha256, region, retryAfter = [duration(100), duration(400)] } = place;
  const signer = new SignatureV4({ service: 'iot', region, credentials, sha256 });
  return async (request) => {
    for (let tries = 0; ; tries += 1) {
      const answer = await tryCall(signer, place, request);
      if (answer.ok) return answer.body;
      const wait = retryAfter[tries];
      if (wait === undefined || !answer.failure.retryable) throw answer.failure;
      await pause(wait);
    }
  };
}

type Answer =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly failure: AdapterError };

async function tryCall(signer: SignatureV4, place: IotPlace, request: IotRequest): Promise<Answer> {
  const { action, method, query = {}, body = {} } = request;
  try {
    const url = new URL(`${addressOf(place)}${request.path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const text = method === 'GET' || method === 'DELETE' ? undefined : JSON.stringify(body);
    const headers = await signedHeaders(signer, request, url, text);
    const signal = AbortSignal.timeout(place.timeout ?? seconds(3));
    const sent = text === undefined ? {} : { body: text };
    const answer = await fetch(url, { method, headers, ...sent, signal, redirect: 'error' });
    const said = await answer.text();
    if (!answer.ok) return { ok: false, failure: toAdapterError(action, refusal(answer, said)) };
    return { ok: true, body: said === '' ? {} : JSON.parse(said) };
  } catch (error) {
    return { ok: false, failure: toAdapterError(action, error) };
  }
}

async function signedHeaders(
  signer: SignatureV4,
  { method, query = {}, headers = {} }: IotRequest,
  url: URL,
  body: string | undefined,
): Promise<Record<string, string>> {
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: { ...query },
    headers: {
      ...headers,
      host: url.host,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const { host, ...rest } = signed.headers;
  return rest;
}

function addressOf({ region, endpoint }: IotPlace): string {
  if (endpoint !== undefined) return endpoint.replace(/\/$/, '');
  return `https://iot.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}`;
}

/** AWS names its refusal in a header or in the body; the message itself may quote the request and is not kept. */
function refusal(answer: Response, said: string): Error {
  const error = new Error(`HTTP ${answer.status}`);
  const inHeader = /^\w{1,64}/.exec(answer.headers.get('x-amzn-errortype') ?? '')?.[0];
  const inBody = /"(?:__type|code)"\s*:\s*"(?:[^"#]*#)?(\w{1,64})"/.exec(said)?.[1];
  error.name = inHeader ?? inBody ?? `Http${answer.status}`;
  return error;
}
