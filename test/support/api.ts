import { memoryAlertStore } from '../../functions/adapters/memory/alert-store.ts';
import { memoryFanOutStore } from '../../functions/adapters/memory/fan-out-store.ts';
import { memoryGrantStore } from '../../functions/adapters/memory/grants-store.ts';
import {
  memoryInventory,
  memoryInventoryStore,
  memoryOutcomeStore,
} from '../../functions/adapters/memory/inventory-store.ts';
import { memoryObserver } from '../../functions/adapters/memory/observer.ts';
import { memoryRegistry } from '../../functions/adapters/memory/registry.ts';
import { memoryState } from '../../functions/adapters/memory/state.ts';
import { memoryTwinStore } from '../../functions/adapters/memory/twin-store.ts';
import { NewGrant, newGrant } from '../../functions/domain/access/grant.ts';
import type { Alert } from '../../functions/domain/alerts/alert.ts';
import { change } from '../../functions/domain/alerts/change.ts';
import { type AreaCode, EnterpriseId, RuleId } from '../../functions/domain/ids.ts';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import type { AlertKind, Severity, Trade } from '../../functions/domain/severity.ts';
import { instant } from '../../functions/domain/time.ts';
import type { ApiDeps } from '../../functions/handlers/api/deps.ts';
import { apiHandler } from '../../functions/handlers/api/handler.ts';
import { fresh } from './alerts.ts';
import { testClock } from './clock.ts';
import { limit, methaneBook, methaneRule, siteLimit } from './methane-rule.ts';

/** One rule on the gas of a compartment: `alarm` 25, `restore` 20, and a site parameter that nobody has set. */
const gasBook: RuleBook = {
  ...methaneBook,
  rules: [
    {
      ...methaneRule,
      id: RuleId.parse('gas.combustible.compartment'),
      trade: 'gas',
      select: { quantities: ['combustible-gas'] },
      unit: '%{LEL}',
      scale: 1,
      limits: { alarm: limit(25), cut: limit(50), restore: limit(20), site: siteLimit },
    },
  ],
};

export const issuer = 'https://issuer.example/pool';
export const scope = 'tocsin/api';
export const startMs = Date.parse('2026-01-02T03:04:05Z');

/** The API over memory, with a clock that the test moves. */
export function openApi(given: Partial<ApiDeps> = {}) {
  const clock = testClock(startMs);
  const state = memoryState();
  const own = memoryInventory();
  const outcomes = memoryOutcomeStore(own);
  const registry = memoryRegistry();
  const observer = memoryObserver();
  const deps: ApiDeps = {
    clock,
    inventory: memoryInventoryStore(state, own),
    outcomes,
    grants: memoryGrantStore(outcomes),
    alerts: memoryAlertStore(state),
    twins: memoryTwinStore(state, async () => undefined),
    registry,
    fanOuts: memoryFanOutStore(state),
    book: gasBook,
    initialTwin: (_registration, now) => ({ bytes: Uint8Array.of(1), dueAt: instant(now + 30_000) }),
    observer,
    tokens: { issuer, requiredScopes: [scope] },
    broker: { ruleName: 'tocsin_test', endpoint: 'broker.example' },
    ...given,
  };
  return { deps, clock, state, own, registry, observer, call: caller(deps) };
}
export type TestApi = ReturnType<typeof openApi>;

export interface Asked {
  /** Subject of the token; `null`: no token. @default 'somebody' */
  readonly as?: string | null;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** The body as it is sent, where it is not JSON. */
  readonly raw?: string;
  readonly isBase64?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  /** `null`: none. @default a new one */
  readonly key?: string | null;
}

let keys = 0;

/** An event as HTTP API sends it for a request that its authorizer let through. */
export function eventOf(method: string, target: string, asked: Asked = {}): unknown {
  const [rawPath = '', rawQueryString = ''] = target.split('?');
  const { as = 'somebody', key, body, raw = body === undefined ? undefined : JSON.stringify(body) } = asked;
  keys += 1;
  const claims = { iss: issuer, sub: as, scope, token_use: 'access', ...asked.claims };
  return {
    rawPath,
    rawQueryString,
    headers: {
      ...(raw === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === null ? {} : { 'idempotency-key': key ?? `key-${keys}` }),
      ...asked.headers,
    },
    ...(raw === undefined ? {} : { body: raw }),
    isBase64Encoded: asked.isBase64 ?? false,
    requestContext: {
      requestId: `request-${keys}`,
      stage: '$default',
      http: { method },
      ...(as === null ? {} : { authorizer: { jwt: { claims, scopes: null } } }),
    },
  };
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

const caller =
  (deps: ApiDeps) =>
  async (method: string, target: string, asked: Asked = {}): Promise<Answered> => {
    const {
      statusCode: status,
      headers,
      body: text,
    } = await apiHandler(deps)(eventOf(method, target, asked));
    return { status, headers, text, body: JSON.parse(text) };
  };

/** Gives a subject a grant as `tocsin grant` does, in force from now. */
export async function grantTo(api: TestApi, subject: string, given: Readonly<Record<string, unknown>>) {
  keys += 1;
  const declared = NewGrant.parse({ issuer, subject, ...given });
  const made = newGrant(declared, { nonce: `nonce-${keys}`, by: 'test', at: api.clock.now() });
  if (!made.ok) throw new Error(made.remedy);
  await api.deps.grants.put(made.grant, 0);
  return made.grant;
}

export const sensor = (given: Readonly<Record<string, unknown>> = {}) => ({
  sensorId: 'gas-1',
  quantity: 'combustible-gas',
  unit: '%{LEL}',
  periodMs: 5_000,
  sourceId: 'gas-a',
  ...given,
});

/** Two enterprises in two provinces, each with a site, a source of a trade, and the people who may see them. */
export async function openCity(): Promise<TestApi> {
  const api = openApi();
  await grantTo(api, 'engineer', { role: 'engineer' });
  const make = async (path: string, body: unknown) => {
    const made = await api.call('POST', path, { as: 'engineer', body });
    if (made.status !== 201) throw new Error(`${path}: ${made.text}`);
  };
  for (const [name, area, trade] of [
    ['a', '220104', 'gas'],
    ['b', '310101', 'chemical'],
  ] as const) {
    await make('/v1/enterprises', { enterpriseId: `ent-${name}`, name: `Enterprise ${name}`, area });
    await make('/v1/sites', { siteId: `site-${name}`, enterpriseId: `ent-${name}`, name: 'Works', area });
    const source = {
      sourceId: `gas-${name}`,
      siteId: `site-${name}`,
      name: 'Compartment',
      kind: 'gas-compartment',
    };
    await make('/v1/sources', { ...source, trade });
  }
  for (const name of ['a', 'b'])
    await grantTo(api, `owner-${name}`, { role: 'enterprise', enterpriseId: `ent-${name}` });
  await grantTo(api, 'regulator-22', { role: 'regulator', areas: ['22'], trades: ['gas'] });
  await grantTo(api, 'regulator-31', { role: 'regulator', areas: ['31'] });
  await grantTo(api, 'auditor', { role: 'auditor' });
  return api;
}

/** Puts a firing alert of an enterprise into the store. */
export async function raiseAlert(
  api: TestApi,
  given: {
    readonly enterprise: string;
    readonly area: AreaCode | '-';
    readonly trade: Trade | '-';
    readonly severity?: Severity;
    readonly kind?: AlertKind;
    readonly name?: string;
    readonly ms?: number;
  },
): Promise<Alert> {
  const { enterprise, area, trade, severity = 'orange', kind = 'risk', name = 's', ms = startMs } = given;
  const unopened = fresh(severity, ms, `${enterprise}/${name}`);
  const enterpriseId = enterprise === '-' ? '-' : EnterpriseId.parse(enterprise);
  const placed: Alert = {
    ...unopened,
    scope: { ...unopened.scope, area, trade, enterpriseId },
    matter: { ...unopened.matter, kind },
  };
  const at = instant(ms);
  const times = { at, phenomenonAt: at, committedAt: at };
  const raised = change(placed, {
    change: 'raised',
    condition: 'firing',
    value: 30,
    because: '{"now":1}',
    ...times,
  });
  const { alert, transition } = raised;
  await api.deps.alerts.commit({ alerts: [{ before: undefined, after: alert, transitions: [transition] }] });
  return alert;
}
