import { mayAtAll } from '../../domain/access/authorize.ts';
import { grantHolder, identityOf, type Principal } from '../../domain/access/grant.ts';
import type { Facts } from '../../usecases/ports/observer.ts';
import { type Refused, refusedBy, refusedByError } from '../problem.ts';
import { authenticate } from './authenticate.ts';
import type { ApiDeps } from './deps.ts';
import { matchRoute } from './match.ts';
import { ApiEvent, pathOf, readBody, readQuery } from './request.ts';
import { type HttpResponse, problemResponse, responseOf } from './response.ts';
import { type Answer, type Route, refused } from './route.ts';
import { routes } from './route-table.ts';

interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
  readonly path: string;
  readonly principal: Principal;
}

interface Outcome {
  readonly answer: Answer;
  readonly allow?: readonly string[];
  /** For the log: the route as the table has it, and who asked, as a hash. */
  readonly facts?: Facts;
}

const no = (what: Refused, known: Omit<Outcome, 'answer'> = {}): Outcome => ({
  answer: refused(what),
  ...known,
});

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
    let outcome: Outcome;
    try {
      outcome = await serve(deps, table, parsed);
    } catch (error) {
      deps.observer.error('a request failed', error, { requestId });
      outcome = no(refusedByError(error));
    }
    const refusal = refusalOf(outcome.answer);
    const response =
      outcome.answer.ok === true
        ? responseOf(outcome.answer)
        : problemResponse(refusal ?? { problem: 'internal' }, requestId, outcome.allow);
    const problem = refusal?.problem;
    const { statusCode: status } = response;
    deps.observer.info('request', { requestId, method: http.method, status, problem, ...outcome.facts });
    return response;
  };

function refusalOf(answer: Answer): Refused | undefined {
  if (answer.ok === true) return undefined;
  return answer.ok === 'refused' ? answer : refusedBy(answer);
}

async function serve(deps: ApiDeps, table: readonly Route[], event: ApiEvent): Promise<Outcome> {
  const who = authenticate(event, deps.tokens);
  if (!who.ok) return no(who);
  const caller = grantHolder(who.principal);
  const path = pathOf(event);
  const matched = matchRoute(table, event.requestContext.http.method, path);
  if (!matched.ok) return no({ problem: matched.problem }, { allow: matched.allow, facts: { caller } });
  const facts = { caller, route: matched.route.path };
  const answer = await answerTo(deps, event, { ...matched, path, principal: who.principal });
  return { answer, facts };
}

async function answerTo(
  deps: ApiDeps,
  event: ApiEvent,
  { route, params, path, principal }: Found,
): Promise<Answer> {
  // Read with each request, consistently: what is revoked is gone at once.
  const caller = { principal, identity: identityOf(principal), grants: await deps.grants.of(principal) };
  if (route.action !== 'know-oneself') {
    const able = mayAtAll(caller.grants, route.action, deps.clock.now());
    if (!able.ok) return refused({ problem: able.reason });
  }
  const query = readQuery(event);
  if (!query.ok) return refused(query);
  const body = route.method === 'GET' ? ({ ok: true, value: undefined } as const) : readBody(event);
  if (!body.ok) return refused(body);
  const request = { caller, path, params, query: query.value, headers: event.headers, body: body.value };
  return route.handle(deps, request);
}
