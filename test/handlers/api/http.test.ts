import { AdapterError } from '../../../functions/adapters/adapter-error.ts';
import { bodyBytesMax, queryMax } from '../../../functions/handlers/api/request.ts';
import { idempotencyKeyMax } from '../../../functions/handlers/api/route-write.ts';
import { grantTo, openApi, openCity, type TestApi } from '../../support/api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await openCity();
});
const enterprise = { enterpriseId: 'ent-c', name: 'C', area: '330100' };
const create = (given: Parameters<TestApi['call']>[2] = {}) =>
  api.call('POST', '/v1/enterprises', { as: 'engineer', body: enterprise, ...given });

describe('requests once (bad input 61)', () => {
  test('the same key and body again get the first answer, and nothing is done twice', async () => {
    const first = await create({ key: 'k1' });
    expect(first.status).toBe(201);
    api.clock.advance(60_000);
    const again = await create({ key: 'k1' });
    expect(again.status).toBe(201);
    expect(again.text).toBe(first.text);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  test('the same key with another body: 409', async () => {
    await create({ key: 'k1' });
    const other = await create({ key: 'k1', body: { ...enterprise, name: 'D' } });
    expect(other.status).toBe(409);
    expect(other.body.type).toBe('urn:tocsin:problem:idempotency-key-reused');
  });

  test('the same key of another person is another key', async () => {
    await grantTo(api, 'engineer-2', { role: 'engineer' });
    await create({ key: 'k1' });
    const other = await create({ key: 'k1', as: 'engineer-2' });
    expect(other.body.type).toBe('urn:tocsin:problem:exists');
  });

  test('a refusal does not use the key up', async () => {
    expect((await create({ key: 'k1', body: { ...enterprise, area: 'x' } })).status).toBe(400);
    expect((await create({ key: 'k1' })).status).toBe(201);
  });

  test.each([
    [null, 400],
    ['', 400],
    ['k'.repeat(idempotencyKeyMax - 1), 201],
    ['k'.repeat(idempotencyKeyMax), 201],
    ['k'.repeat(idempotencyKeyMax + 1), 400],
    ['k\u0007', 400],
  ])('the key %j: %i', async (key, status) => {
    const answer = await create({ key });
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.body.errors[0].field).toBe('Idempotency-Key');
  });

  test('a key is forgotten after a day', async () => {
    await create({ key: 'k1' });
    api.clock.advance(24 * 60 * 60 * 1000);
    expect((await create({ key: 'k1' })).body.type).toBe('urn:tocsin:problem:exists');
  });
});

describe('shapes and sizes (bad input 59, 60, 64, 65)', () => {
  test('fields that are not to be set are refused by name', async () => {
    const body = { ...enterprise, role: 'engineer', version: 9, tenantId: 'x' };
    const refused = await create({ body });
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map((one: { field: string }) => one.field)).toEqual([
      'role',
      'version',
      'tenantId',
    ]);
  });

  test('keys of prototypes are refused and change none', async () => {
    const raw =
      '{"enterpriseId":"e","name":"n","area":"22","__proto__":{"polluted":1},"constructor":{"prototype":{}}}';
    expect((await create({ raw })).status).toBe(400);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('a field given twice is refused', async () => {
    const raw = '{"enterpriseId":"e","enterpriseId":"f","name":"n","area":"22"}';
    const refused = await create({ raw });
    expect(refused.body.errors).toEqual([{ field: 'enterpriseId', detail: 'must be given once' }]);
  });

  test.each([
    ['not JSON', '{"enterpriseId":'],
    ['a list', '[]'],
    ['null', 'null'],
    ['nothing', ''],
    ['depth', `${'['.repeat(60_000)}${']'.repeat(60_000)}`],
  ])('a body that is %s: 400', async (_name, raw) => {
    expect((await create({ raw })).status).toBe(400);
  });

  test.each([
    [bodyBytesMax - 1, 400],
    [bodyBytesMax, 400],
    [bodyBytesMax + 1, 413],
    [10_000_000, 413],
  ])('a body of %i bytes: %i', async (size, status) => {
    expect((await create({ raw: `"${'x'.repeat(size - 2)}"` })).status).toBe(status);
  });

  test('a body of many bytes and few characters counts its bytes', async () => {
    expect((await create({ raw: `"${'危'.repeat(bodyBytesMax / 2)}"` })).status).toBe(413);
  });

  test.each([
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/json; charset=utf-16',
    '',
  ])('the content type %j: 415', async (type) => {
    expect((await create({ headers: { 'content-type': type } })).status).toBe(415);
  });

  test('a binary body is read as UTF-8, and refused when it is not', async () => {
    const base64 = (bytes: Buffer) => ({ raw: bytes.toString('base64'), isBase64: true });
    expect((await create(base64(Buffer.from([0x22, 0xff, 0x22])))).status).toBe(400);
    expect((await create(base64(Buffer.from(JSON.stringify(enterprise))))).status).toBe(201);
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1e9', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['sort=name', 'sort'],
    ['area=2', 'area'],
    ['area=22%27OR', 'area'],
    [`x=${'y'.repeat(queryMax)}`, 'query'],
    ['cursor=', 'cursor'],
    ['cursor=%00', 'cursor'],
    [`cursor=${'A'.repeat(1025)}`, 'cursor'],
  ])('the query %j is refused by %s', async (query, field) => {
    const refused = await api.call('GET', `/v1/enterprises?${query}`, { as: 'engineer' });
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0].field).toBe(field);
  });

  test.each([
    '/v1/enterprises/',
    '/V1/enterprises',
    '/v1/Enterprises',
    '//v1/enterprises',
    '/v1/enterprises/..;/grants',
    '/v1/%65nterprises',
    '/v1/enterprises/ent-a/',
    '/v1/enterprises/%65nt-a',
    '/v1/enterprises/ent-a%2Fx',
    '/v1/enterprises/.',
    '/v1',
    '/',
  ])('the path %s is no resource', async (path) => {
    expect((await api.call('GET', path, { as: 'engineer' })).status).toBe(404);
  });

  test('a known path with another method: 405 with what is allowed', async () => {
    const refused = await api.call('DELETE', '/v1/sources/gas-a', { as: 'engineer' });
    expect(refused.status).toBe(405);
    expect(refused.headers['allow']).toBe('GET, PUT');
  });

  test('a header cannot change the method', async () => {
    const headers = { 'x-http-method-override': 'PUT', 'x-http-method': 'DELETE' };
    expect((await api.call('GET', '/v1/sources/gas-a', { as: 'auditor', headers })).body.sourceId).toBe(
      'gas-a',
    );
  });

  test('no answer allows another origin', async () => {
    const answer = await api.call('GET', '/v1/me', { headers: { origin: 'null' } });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('when something inside fails', () => {
  const failing = (error: unknown) =>
    openApi({ grants: { ...api.deps.grants, of: async () => Promise.reject(error) } });

  const failure = (retryable: boolean) => new AdapterError('read records', { cause: undefined, retryable });
  test.each([
    ['that may pass', failure(true), 503, 'unavailable'],
    ['that stays', failure(false), 500, 'internal'],
    ['of our own', new TypeError('secret detail'), 500, 'internal'],
  ])('a failure %s is answered without detail', async (_name, error, status, problem) => {
    const broken = failing(error);
    const answer = await broken.call('GET', '/v1/me');
    expect(answer.status).toBe(status);
    expect(answer.body.type).toBe(`urn:tocsin:problem:${problem}`);
    expect(answer.text).not.toContain('secret');
    expect(answer.headers['retry-after']).toBe(status === 503 ? '1' : undefined);
  });
});
