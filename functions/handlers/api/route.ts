import * as z from 'zod';
import { type Action, actions } from '../../domain/access/authorize.ts';
import { type Role, roles } from '../../domain/access/grant.ts';
import { done, type Refusal, type Result, refuse } from '../../usecases/inventory/result.ts';
import type { Caller } from '../../usecases/ports/access.ts';
import type { Refused } from '../problem.ts';
import type { ApiDeps } from './deps.ts';

/** A request whose caller is known and whose parts were read, but not yet checked against the route's schemas. */
export interface RawRequest {
  readonly caller: Caller;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

export interface Reply {
  readonly ok: true;
  readonly status: 200 | 201;
  readonly body: unknown;
  /** Version of what was answered. */
  readonly version?: number;
  readonly isReplay?: boolean;
}

export type Answer = Reply | Refusal | ({ readonly ok: 'refused' } & Refused);

/** One row of the table: what may be asked, by whom, in which shape. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** With `{name}` for what varies. */
  readonly path: string;
  /** The token's: one of the configured scopes. No route goes without. */
  readonly scope: 'required';
  /** `know-oneself` needs no grant. */
  readonly action: Action | 'know-oneself';
  readonly roles: readonly Role[];
  readonly schemas: { readonly params: z.ZodType; readonly query: z.ZodType; readonly body: z.ZodType };
  readonly handle: (deps: ApiDeps, request: RawRequest) => Promise<Answer>;
}

export const refused = ({ problem, errors }: Refused): Answer =>
  errors === undefined ? { ok: 'refused', problem } : { ok: 'refused', problem, errors };

/** No parameters. */
export const nothing = z.strictObject({});
export const noBody = z.undefined();
export const rolesOf = (action: Route['action']): readonly Role[] =>
  action === 'know-oneself' ? roles : actions[action];

/** An id in the path that no id can look like is an object that does not exist. */
export const paramsOf = <P>(schema: z.ZodType<P>, request: RawRequest): Result<P> => {
  const params = schema.safeParse(request.params);
  return params.success ? done(params.data) : refuse('not-found');
};

/** The answer to a use case's result: its value as `present` shows it, or its refusal. */
export function answer<T>(
  result: Result<T>,
  present: (value: T) => { readonly body: unknown; readonly version?: number },
  status: Reply['status'] = 200,
): Answer {
  if (!result.ok) return result;
  return { ok: true, status, isReplay: result.isReplay ?? false, ...present(result.value) };
}
