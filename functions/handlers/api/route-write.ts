import type * as z from 'zod';
import { sha256 } from '../../domain/ids.ts';
import type { Attempt } from '../../usecases/inventory/once.ts';
import type { Caller } from '../../usecases/ports/access.ts';
import { type Refused, refusedField, refusedInput } from '../problem.ts';
import type { ApiDeps } from './deps.ts';
import { type Answer, nothing, paramsOf, type RawRequest, type Route, refused, rolesOf } from './route.ts';

/** Characters of an `Idempotency-Key`. */
export const idempotencyKeyMax = 255;

const printable = /^[\x20-\x7e]+$/;
const refusedKey = (detail: string): Refused => refusedField('invalid-request', 'Idempotency-Key', detail);

/** Who asks, for what, under which key: equal keys of different people or routes never meet. */
function attemptOf({ headers, caller, path }: RawRequest, body: unknown): Attempt | Refused {
  const key = headers['idempotency-key'] ?? '';
  if (key === '')
    return refusedKey('must be given: a new value for each thing to be done, kept for its repeats');
  if (key.length > idempotencyKeyMax) return refusedKey(`must have at most ${idempotencyKeyMax} characters`);
  if (!printable.test(key)) return refusedKey('must be printable ASCII');
  return { key: sha256(caller.identity, path, key), bodyHash: sha256(JSON.stringify(body)) };
}

/** The version in `If-Match`; undefined where there is none or any will do. */
function expectedOf({ headers }: RawRequest): { readonly version: number | undefined } | Refused {
  const given = headers['if-match'];
  if (given === undefined || given === '*') return { version: undefined };
  const version = /^"?(\d{1,15})"?$/.exec(given)?.[1];
  if (version === undefined)
    return refusedField('invalid-request', 'If-Match', 'must be the ETag of what was read, such as "3"');
  return { version: Number(version) };
}

const isRefused = (value: object): value is Refused => 'problem' in value;

interface PostSpec<P, B> {
  readonly path: string;
  readonly action: Exclude<Route['action'], 'know-oneself'>;
  readonly params: z.ZodType<P>;
  readonly body: z.ZodType<B>;
  readonly run: (
    deps: ApiDeps,
    caller: Caller,
    input: {
      readonly params: P;
      readonly body: B;
      readonly attempt: Attempt;
      /** Of `If-Match`, which is optional here. */
      readonly expected: number | undefined;
    },
  ) => Promise<Answer>;
}

/** A route that does something once, however often the request comes. */
export const post = <P, B>({ path, action, params, body, run }: PostSpec<P, B>): Route => ({
  method: 'POST',
  path,
  scope: 'required',
  action,
  roles: rolesOf(action),
  schemas: { params, query: nothing, body },
  handle: async (deps, request) => {
    const found = paramsOf(params, request);
    if (!found.ok) return found;
    const sent = body.safeParse(request.body);
    if (!sent.success) return refused(refusedInput(sent.error));
    const attempt = attemptOf(request, sent.data);
    if (isRefused(attempt)) return refused(attempt);
    const expected = expectedOf(request);
    if (isRefused(expected)) return refused(expected);
    const input = { params: found.value, body: sent.data, attempt, expected: expected.version };
    return run(deps, request.caller, input);
  },
});

interface PutSpec<P, B> {
  readonly path: string;
  readonly action: Exclude<Route['action'], 'know-oneself'>;
  readonly params: z.ZodType<P>;
  readonly body: z.ZodType<B>;
  readonly run: (
    deps: ApiDeps,
    caller: Caller,
    input: { readonly params: P; readonly body: B; readonly expected: number },
  ) => Promise<Answer>;
}

/** A route that changes what exists; it must say which version it saw. */
export const put = <P, B>({ path, action, params, body, run }: PutSpec<P, B>): Route => ({
  method: 'PUT',
  path,
  scope: 'required',
  action,
  roles: rolesOf(action),
  schemas: { params, query: nothing, body },
  handle: async (deps, request) => {
    const found = paramsOf(params, request);
    if (!found.ok) return found;
    const sent = body.safeParse(request.body);
    if (!sent.success) return refused(refusedInput(sent.error));
    const expected = expectedOf(request);
    if (isRefused(expected)) return refused(expected);
    const { version } = expected;
    if (version === undefined)
      return refused(refusedField('precondition-missing', 'If-Match', 'must be the ETag of what was read'));
    return run(deps, request.caller, { params: found.value, body: sent.data, expected: version });
  },
});
