import * as z from 'zod';
import { doubledKeys } from '../../domain/telemetry/doubled-keys.ts';
import { type Refused, refusedField } from '../problem.ts';

/** Bytes of a body: a device with 100 sensors and its certificate request has about 40 KB. */
export const bodyBytesMax = 128 * 1024;
/** Characters of a query, cursor and filters together. */
export const queryMax = 2_048;

/** What the API reads of an event; headers have lower-case names. */
export const ApiEvent = z.object({
  rawPath: z.string(),
  rawQueryString: z.string().default(''),
  headers: z.record(z.string(), z.string().optional()),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({
    requestId: z.string(),
    stage: z.string(),
    http: z.object({ method: z.string() }),
    authorizer: z
      .object({
        jwt: z.object({ claims: z.record(z.string(), z.unknown()), scopes: z.unknown() }).optional(),
      })
      .optional(),
  }),
});
export type ApiEvent = z.infer<typeof ApiEvent>;

type Read<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Refused);

const no = (refused: Refused): { readonly ok: false } & Refused => ({ ok: false, ...refused });

/** The path without the stage that some stages put in front of it. */
export function pathOf({ rawPath, requestContext: { stage } }: ApiEvent): string {
  const prefix = `/${stage}/`;
  return stage !== '$default' && rawPath.startsWith(prefix) ? rawPath.slice(prefix.length - 1) : rawPath;
}

/** The query as an object; a parameter that comes twice is refused, for one reader would take the first, one the last. */
export function readQuery({ rawQueryString }: ApiEvent): Read<Readonly<Record<string, string>>> {
  if (rawQueryString.length > queryMax)
    return no(refusedField('invalid-request', 'query', `must have at most ${queryMax} characters`));
  const params = [...new URLSearchParams(rawQueryString)];
  const names = params.map(([name]) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) return no(refusedField('invalid-request', twice, 'must be given once'));
  return { ok: true, value: Object.fromEntries(params) };
}

const jsonType = /^application\/json\s*(?:;\s*charset=utf-8\s*)?$/i;
const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf({ body = '', isBase64Encoded }: ApiEvent): string | undefined {
  if (!isBase64Encoded) return body;
  try {
    return utf8.decode(Buffer.from(body, 'base64'));
  } catch {
    return undefined;
  }
}

const bytesOf = ({ body = '', isBase64Encoded }: ApiEvent): number =>
  isBase64Encoded ? Math.floor((body.length * 3) / 4) : Buffer.byteLength(body);

/** The JSON body, with its size, type, encoding and keys checked. */
export function readBody(event: ApiEvent): Read<unknown> {
  if (bytesOf(event) > bodyBytesMax)
    return no(refusedField('body-too-large', 'body', `must have at most ${bodyBytesMax} bytes`));
  if (!jsonType.test(event.headers['content-type'] ?? ''))
    return no(refusedField('media-type-unsupported', 'Content-Type', 'must be application/json'));
  const text = textOf(event);
  if (text === undefined) return no(refusedField('invalid-request', 'body', 'must be UTF-8'));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return no(refusedField('invalid-request', 'body', 'must be JSON'));
  }
  const doubled = doubledKeys(`[${text}]`);
  if (doubled === 'too-deep') return no(refusedField('invalid-request', 'body', 'is nested too deeply'));
  const [key] = doubled.values();
  if (key !== undefined) return no(refusedField('invalid-request', key, 'must be given once'));
  return { ok: true, value };
}
