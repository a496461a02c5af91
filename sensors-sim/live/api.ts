import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { Severity } from '../../functions/domain/severity.ts';
import type { ObservedChange } from '../scenario/observed.ts';
import { SimError } from '../sim-error.ts';

/** The platform's HTTP API as somebody who may read the alerts of an area. */
export interface ApiAccess {
  /** Address, with or without the `/v1` at its end. */
  readonly api: string;
  /** Access token. */
  readonly token: string;
  readonly area: string;
}

const instantMs = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const Listed = z.object({
  items: z.array(z.object({ alertId: z.string(), version: z.int(), subject: z.object({ id: z.string() }) })),
  next: z.string().optional(),
});
export type ListedAlert = z.infer<typeof Listed>['items'][number];

const Detailed = z.object({
  alertId: z.string(),
  matter: z.object({ ruleId: z.string() }),
  subject: z.object({ id: z.string() }),
  transitions: z.array(
    z.object({
      version: z.int(),
      change: z.string(),
      severity: Severity,
      at: instantMs,
      phenomenonAt: instantMs,
      value: z.union([z.number(), z.boolean(), z.string()]).optional(),
    }),
  ),
});

/** All alerts of the area, open and closed. @throws SimError naming what the API said */
export async function listAlerts(access: ApiAccess): Promise<ListedAlert[]> {
  const alerts: ListedAlert[] = [];
  let cursor = '';
  do {
    const page = Listed.parse(await get(access, `alerts?area=${access.area}&limit=100${cursor}`));
    alerts.push(...page.items);
    cursor = page.next === undefined ? '' : `&cursor=${encodeURIComponent(page.next)}`;
  } while (cursor !== '');
  return alerts;
}

/** The numbered changes of one alert. @throws SimError */
export async function changesOfAlert(access: ApiAccess, alertId: string): Promise<ObservedChange[]> {
  const { matter, subject, transitions } = Detailed.parse(await get(access, `alerts/${alertId}`));
  return transitions.map((one) => ({ ...one, alertId, ruleId: matter.ruleId, subject: subject.id }));
}

/** The body of what was created; undefined when it was there already. @throws SimError */
export async function postTo(
  { api, token }: Pick<ApiAccess, 'api' | 'token'>,
  path: string,
  body: unknown,
): Promise<unknown> {
  const url = urlOf(api, path);
  const answer = await reach(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify(body),
  });
  if (answer.status === 201) return answer.json();
  if (answer.status === 409) return undefined;
  throw await refusal(url, answer);
}

async function get({ api, token }: ApiAccess, path: string): Promise<unknown> {
  const url = urlOf(api, path);
  const answer = await reach(url, { headers: { authorization: `Bearer ${token}` } });
  if (answer.ok) return answer.json();
  throw await refusal(url, answer);
}

const urlOf = (api: string, path: string): string => `${api.replace(/\/(v1\/?)?$/, '')}/v1/${path}`;

async function reach(url: string, request: RequestInit): Promise<Response> {
  return fetch(url, request).catch((error: unknown) => {
    throw new SimError(
      `${url} cannot be reached: ${reasonOf(error)}; a local platform needs NODE_EXTRA_CA_CERTS=.local/ca.pem`,
    );
  });
}

async function refusal(url: string, answer: Response): Promise<SimError> {
  const said = answer.status === 401 ? 'the token is not valid' : await answer.text();
  return new SimError(`${url} answers ${answer.status}: ${said}`);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
