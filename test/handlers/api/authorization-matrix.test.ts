import type { Role } from '../../../functions/domain/access/grant.ts';
import { AreaCode as Area, type AreaCode } from '../../../functions/domain/ids.ts';
import { routes } from '../../../functions/handlers/api/route-table.ts';
import {
  type Asked,
  grantTo,
  issuer,
  openCity,
  raiseAlert,
  sensor,
  type TestApi,
} from '../../support/api.ts';
import { makeCsr } from '../../support/csr.ts';

/** Every route x role x tenancy. A route without a row here fails the build. */
type Tenant = 'a' | 'b';
type Request = readonly [target: string, asked?: Asked];
type Row = {
  readonly ask: (tenant: Tenant, world: World) => Request;
  /** What deviates from the rule below, with its reason. */
  readonly except?: Partial<Record<Role, number>>;
};
interface World {
  readonly api: TestApi;
  readonly alerts: Readonly<Record<Tenant, string>>;
  readonly limits: Readonly<Record<Tenant, string>>;
  readonly grantId: string;
}

const areas: Readonly<Record<Tenant, AreaCode>> = { a: Area.parse('220104'), b: Area.parse('310101') };
const trades = { a: 'gas', b: 'chemical' } as const;
let csr: string;
beforeAll(async () => {
  csr = await makeCsr();
});

const rows: Readonly<Record<string, Row>> = {
  'GET /v1/me': { ask: () => ['/v1/me'] },
  'POST /v1/enterprises': {
    ask: (tenant) => ['/v1/enterprises', { body: { enterpriseId: 'new', name: 'New', area: areas[tenant] } }],
  },
  'GET /v1/enterprises': { ask: (tenant) => [`/v1/enterprises?enterprise=ent-${tenant}`] },
  'GET /v1/enterprises/{id}': { ask: (tenant) => [`/v1/enterprises/ent-${tenant}`] },
  'POST /v1/sites': {
    ask: (tenant) => [
      '/v1/sites',
      { body: { siteId: 'new', enterpriseId: `ent-${tenant}`, name: 'New', area: areas[tenant] } },
    ],
  },
  'GET /v1/sites': { ask: (tenant) => [`/v1/sites?enterprise=ent-${tenant}`] },
  'GET /v1/sites/{id}': { ask: (tenant) => [`/v1/sites/site-${tenant}`] },
  'POST /v1/sources': {
    ask: (tenant) => [
      '/v1/sources',
      { body: { sourceId: 'new', siteId: `site-${tenant}`, name: 'New', kind: 'tank', trade: 'gas' } },
    ],
  },
  'GET /v1/sources': { ask: (tenant) => [`/v1/sources?enterprise=ent-${tenant}`] },
  'GET /v1/sources/{id}': { ask: (tenant) => [`/v1/sources/gas-${tenant}`] },
  'PUT /v1/sources/{id}': {
    ask: (tenant) => [
      `/v1/sources/gas-${tenant}`,
      { body: { name: 'Changed', kind: 'tank' }, headers: { 'if-match': '"1"' } },
    ],
  },
  'POST /v1/devices': {
    ask: (tenant) => [
      '/v1/devices',
      { body: { deviceId: 'new', siteId: `site-${tenant}`, csr, sourceIds: [`gas-${tenant}`] } },
    ],
  },
  'GET /v1/devices': { ask: (tenant) => [`/v1/devices?enterprise=ent-${tenant}`] },
  'GET /v1/devices/{id}': { ask: (tenant) => [`/v1/devices/dev-${tenant}`] },
  'POST /v1/devices/{id}/revoke': {
    ask: (tenant) => [`/v1/devices/dev-${tenant}/revoke`, { body: { reason: 'test' } }],
  },
  'POST /v1/sensors': {
    ask: (tenant) => [
      '/v1/sensors',
      { body: { deviceId: `dev-${tenant}`, ...sensor({ sensorId: 'new', sourceId: `gas-${tenant}` }) } },
    ],
  },
  'GET /v1/sensors': { ask: (tenant) => [`/v1/sensors?device=dev-${tenant}`] },
  'GET /v1/sensors/{device}/{id}': { ask: (tenant) => [`/v1/sensors/dev-${tenant}/gas-1`] },
  'POST /v1/limits': { ask: (tenant) => ['/v1/limits', { body: tightened(tenant) }] },
  'GET /v1/limits': { ask: (tenant) => [`/v1/limits?enterprise=ent-${tenant}`] },
  'GET /v1/limits/effective': {
    ask: (tenant) => [`/v1/limits/effective?device=dev-${tenant}&sensor=gas-1`],
  },
  'GET /v1/limits/{id}': { ask: (tenant, { limits }) => [`/v1/limits/${limits[tenant]}`] },
  'POST /v1/limits/{id}/end': {
    ask: (tenant, { limits }) => [`/v1/limits/${limits[tenant]}/end`, { body: { reason: 'test' } }],
  },
  'GET /v1/areas/{code}': {
    ask: (tenant) => [`/v1/areas/${areas[tenant]}`],
    // An area is nobody's own; what its mode does to a limit an enterprise sees with its limits.
    except: { enterprise: 404 },
  },
  'POST /v1/areas/{code}/mode': {
    ask: (tenant) => [`/v1/areas/${areas[tenant]}/mode`, { body: { mode: 'emergency', reason: 'test' } }],
  },
  'POST /v1/grants': { ask: () => ['/v1/grants', { body: { issuer, subject: 'new', role: 'auditor' } }] },
  'GET /v1/grants': { ask: () => ['/v1/grants'] },
  'GET /v1/grants/{id}': { ask: (_tenant, { grantId }) => [`/v1/grants/${grantId}`] },
  'POST /v1/grants/{id}/revoke': {
    ask: (_tenant, { grantId }) => [`/v1/grants/${grantId}/revoke`, { body: { reason: 'test' } }],
  },
  'GET /v1/alerts': { ask: (tenant) => [`/v1/alerts?enterprise=ent-${tenant}`] },
  'GET /v1/alerts/{id}': { ask: (tenant, { alerts }) => [`/v1/alerts/${alerts[tenant]}`] },
  'POST /v1/alerts/{id}/acknowledge': {
    ask: (tenant, { alerts }) => [`/v1/alerts/${alerts[tenant]}/acknowledge`, { body: {} }],
    // A danger is taken on by those who answer for it; an engineer sees it, but may not.
    except: { engineer: 403 },
  },
};

const tightened = (tenant: Tenant) => ({
  scope: { kind: 'enterprise', enterpriseId: `ent-${tenant}` },
  rule: 'gas.combustible.compartment',
  limit: 'alarm',
  value: 22,
  reason: 'test',
});

/** POST that makes something new answers 201. */
const creating = ['POST /v1/enterprises', 'POST /v1/sites', 'POST /v1/sources', 'POST /v1/devices'].concat([
  'POST /v1/sensors',
  'POST /v1/grants',
  'POST /v1/limits',
]);

const subjects: Readonly<Record<Role, string>> = {
  enterprise: 'owner-a',
  regulator: 'regulator-22',
  engineer: 'engineer',
  auditor: 'auditor',
};
/** Roles that are given everything, so that nothing is foreign to them. */
const everywhere: readonly Role[] = ['engineer', 'auditor'];

async function openWorld(): Promise<World> {
  const api = await openCity();
  const alerts = { a: '', b: '' };
  const limits = { a: '', b: '' };
  for (const tenant of ['a', 'b'] as const) {
    const sensors = [sensor({ sourceId: `gas-${tenant}` })];
    const body = { deviceId: `dev-${tenant}`, siteId: `site-${tenant}`, csr, sensors };
    await api.call('POST', '/v1/devices', { as: 'engineer', body });
    const place = { enterprise: `ent-${tenant}`, area: areas[tenant], trade: trades[tenant] };
    alerts[tenant] = (await raiseAlert(api, place)).alertId;
    const owner = { as: `owner-${tenant}`, body: { ...tightened(tenant), value: 23 } };
    limits[tenant] = (await api.call('POST', '/v1/limits', owner)).body.overrideId;
    const set = { mode: 'emergency', reason: 'test' };
    const regulator = tenant === 'a' ? 'regulator-22' : 'regulator-31';
    await api.call('POST', `/v1/areas/${areas[tenant]}/mode`, { as: regulator, body: set });
  }
  const { grantId } = await grantTo(api, 'somebody-else', { role: 'auditor' });
  return { api, alerts, limits, grantId };
}

const nameOf = ({ method, path }: (typeof routes)[number]): string => `${method} ${path}`;

test('every route has a row, and every row a route', () => {
  expect(Object.keys(rows).toSorted()).toEqual(routes.map(nameOf).toSorted());
});

test('every route wants a scope and names its roles', () => {
  expect(routes.filter((route) => route.scope !== 'required' || route.roles.length === 0)).toEqual([]);
});

describe.each(routes.map((route) => [nameOf(route), route] as const))('%s', (name, route) => {
  const row = rows[name];
  const fine = creating.includes(name) ? 201 : 200;
  const isOpen = route.action === 'know-oneself';
  const statusOf = async (subject: string, tenant: Tenant): Promise<number> => {
    const world = await openWorld();
    const [target, asked] = row?.ask(tenant, world) ?? ['/'];
    return (await world.api.call(route.method, target, { ...asked, as: subject })).status;
  };

  for (const [role, subject] of Object.entries(subjects) as [Role, string][]) {
    const able = row?.except?.[role] ?? (route.roles.includes(role) ? fine : 403);
    const foreign = able === fine && !everywhere.includes(role) && !isOpen ? 404 : able;
    test(`${role}, its own: ${able}`, async () => expect(await statusOf(subject, 'a')).toBe(able));
    test(`${role}, another's: ${foreign}`, async () => expect(await statusOf(subject, 'b')).toBe(foreign));
  }

  test(`no grant: ${isOpen ? fine : 403}`, async () =>
    expect(await statusOf('nobody', 'a')).toBe(isOpen ? fine : 403));
});
