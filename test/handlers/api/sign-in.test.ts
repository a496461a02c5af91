import { apiHandler } from '../../../functions/handlers/api/handler.ts';
import { eventOf, grantTo, issuer, openCity, type TestApi } from '../../support/api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await openCity();
});

describe('tokens (bad input 55, 56)', () => {
  test('no token: 401', async () => {
    const refused = await api.call('GET', '/v1/me', { as: null });
    expect(refused.status).toBe(401);
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect(refused.body).toMatchObject({ type: 'urn:tocsin:problem:not-authenticated', status: 401 });
  });

  test('a token of another issuer: 401', async () => {
    expect((await api.call('GET', '/v1/me', { claims: { iss: 'https://evil.example' } })).status).toBe(401);
  });

  test.each([
    ['an ID token', { scope: undefined, token_use: 'id' }],
    ['an ID token that claims our scope', { token_use: 'id' }],
    ['an access token without our scope', { scope: 'aws.cognito.signin.user.admin' }],
    ['a scope that only contains ours', { scope: 'tocsin/api2 xtocsin/api' }],
    ['no scope at all', { scope: undefined }],
    ['a scope of another shape', { scope: ['tocsin/api'] }],
  ])('%s: 403, also on me', async (_name, claims) => {
    const refused = await api.call('GET', '/v1/me', { as: 'engineer', claims });
    expect(refused.status).toBe(403);
    expect(refused.body.type).toBe('urn:tocsin:problem:scope-missing');
  });

  test('no grant: 200 on me, 403 on everything else', async () => {
    const me = await api.call('GET', '/v1/me', { as: 'nobody' });
    expect(me.body).toEqual({ issuer, subject: 'nobody', grants: [] });
    for (const path of ['/v1/enterprises', '/v1/alerts?area=22', '/v1/grants', '/v1/devices/dev-a'])
      expect((await api.call('GET', path, { as: 'nobody' })).status).toBe(403);
  });

  test('roles and groups in the token are ignored', async () => {
    const claims = {
      'cognito:groups': '[engineer auditor]',
      role: 'engineer',
      groups: ['engineer'],
      'custom:role': 'x',
    };
    expect((await api.call('GET', '/v1/grants', { as: 'nobody', claims })).status).toBe(403);
    expect((await api.call('GET', '/v1/grants', { as: 'owner-a', claims })).status).toBe(403);
  });

  test.each([
    'engineer/../auditor',
    '*',
    'enginееr',
    'engineer ',
    'engineer|x',
    '',
    'e'.repeat(129),
    'ENGINEER',
  ])('the subject %j is nobody: 403', async (subject) => {
    const refused = await api.call('GET', '/v1/enterprises', { claims: { sub: subject } });
    expect(refused.status).toBe(403);
  });

  test('an equal subject of another issuer has nothing', async () => {
    const other = 'https://other.example/pool';
    const deps = { ...api.deps, tokens: { ...api.deps.tokens, issuer: other } };
    const answer = await apiHandler(deps)(
      eventOf('GET', '/v1/grants', { as: 'engineer', claims: { iss: other } }),
    );
    expect(answer.statusCode).toBe(403);
  });
});

describe('grants count at once', () => {
  test('a grant that is revoked is gone with the next request', async () => {
    const grant = await grantTo(api, 'temp', { role: 'auditor' });
    expect((await api.call('GET', '/v1/enterprises', { as: 'temp' })).status).toBe(200);
    const body = { reason: 'left' };
    const revoked = await api.call('POST', `/v1/grants/${grant.grantId}/revoke`, { as: 'engineer', body });
    expect(revoked.body).toMatchObject({ revokedReason: 'left', version: 2 });
    expect((await api.call('GET', '/v1/enterprises', { as: 'temp' })).status).toBe(403);
  });

  test('a grant holds from its first to before its last instant', async () => {
    const body = {
      issuer,
      subject: 'temp',
      role: 'auditor',
      from: '2026-01-02T03:04:06Z',
      until: '2026-01-02T11:04:07+08:00',
    };
    expect((await api.call('POST', '/v1/grants', { as: 'engineer', body })).status).toBe(201);
    const seen: number[] = [];
    for (const at of ['05.999', '06.000', '06.999', '07.000']) {
      api.clock.set(Date.parse(`2026-01-02T03:04:${at}Z`));
      seen.push((await api.call('GET', '/v1/enterprises', { as: 'temp' })).status);
    }
    expect(seen).toEqual([403, 200, 200, 403]);
  });

  test('a grant that would never hold, or names no enterprise, is refused by its field', async () => {
    const base = { issuer, subject: 'temp' };
    const never = { ...base, role: 'auditor', until: '2026-01-02T03:04:05Z' };
    expect((await api.call('POST', '/v1/grants', { as: 'engineer', body: never })).body.errors[0].field).toBe(
      'until',
    );
    const nowhere = { ...base, role: 'enterprise', enterpriseId: 'ent-zzz' };
    const refused = await api.call('POST', '/v1/grants', { as: 'engineer', body: nowhere });
    expect(refused.status).toBe(404);
    expect(refused.body.errors[0].field).toBe('enterpriseId');
    const half = { ...base, role: 'regulator' };
    expect((await api.call('POST', '/v1/grants', { as: 'engineer', body: half })).body.errors[0].field).toBe(
      'areas',
    );
  });
});
