import { mayAtAll } from '../../domain/access/authorize.ts';
import { identityOf, type Principal } from '../../domain/access/grant.ts';
import type { Caller } from '../../usecases/ports/access.ts';
import { type Problem, type Refused, refusedBy, refusedByError } from '../problem.ts';
import { authenticate } from './authenticate.ts';
import type { ApiDeps } from './deps.ts';
import { matchRoute } from './match.ts';
import { ApiEvent, pathMax, pathOf, readBody, readQuery } from './request.ts';
import { type HttpResponse, problemResponse, responseOf } from './response.ts';
import type { Answer, Route } from './route.ts';
import { routes } from './route-table.ts';

type Outcome =
  | { readonly answer: Answer }
  | { readonly refused: Refused; readonly allow?: readonly string[] };

const no = (refused: Refused, allow: readonly string[] = []): Outcome => ({ refused, allow });
const denied = (problem: Problem): Outcome => no({ problem });

/**
 * The API as one function: who asks, which route, may they, what is asked, do it.
 *
 * In this order, so that somebody without a grant learns nothing of what exists. Every refusal is a problem
 * document; what goes wrong inside is logged without the request and answered without detail.
 */
export const apiHandler =
  (deps: ApiDeps, table: readonly Route[] = routes) =>
  async (event: unknown): Promise<HttpResponse> => {
    const parsed = ApiEvent.parse(event);
    const { requestId, http } = parsed.requestContext;
    let response: HttpResponse;
    try {
      const outcome = await serve(deps, table, parsed);
      response = responseTo(outcome, requestId);
    } catch (error) {
      deps.observer.error('a request failed', error, { requestId });
      response = problemResponse(refusedByError(error), requestId);
    }
    const facts = { requestId, method: http.method, status: response.statusCode };
    deps.observer.info('request', { ...facts, path: parsed.rawPath.slice(0, pathMax) });
    return response;
  };

function responseTo(outcome: Outcome, requestId: string): HttpResponse {
  if ('refused' in outcome) return problemResponse(outcome.refused, requestId, outcome.allow);
  const { answer } = outcome;
  if (answer.ok === true) return responseOf(answer);
  return problemResponse(answer.ok === 'refused' ? answer : refusedBy(answer), requestId);
}

async function serve(deps: ApiDeps, table: readonly Route[], event: ApiEvent): Promise<Outcome> {
  const who = authenticate(event, deps.tokens);
  if (!who.ok) return no(who);
  const path = pathOf(event);
  const matched = matchRoute(table, event.requestContext.http.method, path);
  if (!matched.ok) return no({ problem: matched.problem }, matched.allow);
  const { route, params } = matched;
  const caller = await callerOf(deps, who.principal);
  if (route.action !== 'know-oneself') {
    const able = mayAtAll(caller.grants, route.action, deps.clock.now());
    if (!able.ok) return denied(able.reason === 'no-grant' ? 'no-grant' : 'role-not-allowed');
  }
  const query = readQuery(event);
  if (!query.ok) return no(query);
  const body = route.method === 'GET' ? ({ ok: true, value: undefined } as const) : readBody(event);
  if (!body.ok) return no(body);
  const request = { caller, path, params, query: query.value, headers: event.headers, body: body.value };
  return { answer: await route.handle(deps, request) };
}

/** Grants are read with each request, consistently: what is revoked is gone at once. */
async function callerOf(deps: ApiDeps, principal: Principal): Promise<Caller> {
  return { principal, identity: identityOf(principal), grants: await deps.grants.of(principal) };
}
