import { openCity, sensor, startMs, type TestApi } from '../../support/api.ts';
import { makeCsr } from '../../support/csr.ts';

let api: TestApi;
let csr: string;
beforeAll(async () => {
  csr = await makeCsr();
});
beforeEach(async () => {
  api = await openCity();
  const body = { deviceId: 'dev-a', siteId: 'site-a', csr, sensors: [sensor()] };
  await api.call('POST', '/v1/devices', { as: 'owner-a', body });
});

const wish = (given: object = {}) => ({
  scope: { kind: 'sensor', deviceId: 'dev-a', sensorId: 'gas-1' },
  rule: 'gas.combustible.compartment',
  limit: 'alarm',
  value: 22,
  reason: 'old pipe',
  ...given,
});
const set = (given: object = {}, as = 'owner-a', headers = {}) =>
  api.call('POST', '/v1/limits', { as, body: wish(given), headers });
const firstOf = (body: { errors?: { field: string; detail: string }[] }) => body.errors?.[0];
const effective = async (as = 'owner-a') => {
  const answer = await api.call('GET', '/v1/limits/effective?device=dev-a&sensor=gas-1', { as });
  const items: { limit: string }[] = answer.body.items;
  return Object.fromEntries(items.map((item) => [item.limit, item]));
};

test('an override is stored with who, when and why, and holds for the sensor at once', async () => {
  const made = await set();
  expect(made.status).toBe(201);
  expect(made.headers['etag']).toBe('"1"');
  expect(made.body).toMatchObject({
    ...wish(),
    validFrom: new Date(startMs).toISOString(),
    setAs: 'enterprise',
    trade: 'gas',
    enterpriseId: 'ent-a',
  });
  expect(await effective()).toMatchObject({
    alarm: { value: 22, origin: 'override', override: made.body.overrideId, scope: 'sensor dev-a/gas-1' },
    cut: { value: 50, origin: 'rule', unit: '%{LEL}', standard: 'AQ 1029-2019' },
    site: { origin: 'unset', ask: { en: 'The enterprise sets it' } },
  });
  const read = await api.call('GET', `/v1/limits/${made.body.overrideId}`, { as: 'regulator-22' });
  expect(read.body).toEqual(made.body);
});

test('a wrong name is refused with the one that was probably meant', async () => {
  const rule = await set({ rule: 'gas.combustible.compartmnet' });
  expect([rule.status, firstOf(rule.body)]).toEqual([
    400,
    { field: 'rule', detail: 'did you mean gas.combustible.compartment?' },
  ]);
  const limit = await set({ limit: 'alrm' });
  expect([limit.status, firstOf(limit.body)]).toEqual([
    400,
    { field: 'limit', detail: 'did you mean alarm?' },
  ]);
  const none = await set({ limit: 'x' });
  expect(firstOf(none.body)?.detail).toBe('must be one of alarm, cut, restore, site');
});

test('a looser limit is refused with what holds; a regulator signs it', async () => {
  const refused = await set({ value: 30 });
  expect(refused.status).toBe(400);
  expect(firstOf(refused.body)).toEqual({
    field: 'value',
    detail: "must be at most 25, which holds without it (rule): looser only with a regulator's signature",
  });
  expect((await set({ value: 30, signature: { reason: 'me' } })).status).toBe(403);
  const signed = await set({ value: 30, signature: { reason: 'new sensor' } }, 'regulator-22');
  expect(signed.status).toBe(201);
  expect(signed.body.signature).toMatchObject({ reason: 'new sensor', at: new Date(startMs).toISOString() });
  expect(await effective()).toMatchObject({ alarm: { value: 30, isSigned: true } });
});

test('limits that contradict each other are refused with their figures', async () => {
  const refused = await set({ value: 15 });
  expect(refused.status).toBe(409);
  expect(firstOf(refused.body)?.detail).toContain('orange would raise and clear at the same value');
  expect((await set({ limit: 'restore', value: 10 })).status).toBe(201);
  expect((await set({ value: 15 })).status).toBe(201);
});

test.each([
  [
    'one that is not there',
    { scope: { kind: 'sensor', deviceId: 'dev-z', sensorId: 'x' } },
    404,
    'scope.sensorId',
  ],
  ['another’s', { scope: { kind: 'enterprise', enterpriseId: 'ent-b' } }, 404, 'scope.enterpriseId'],
  ['an area, for an enterprise', { scope: { kind: 'area', area: '220104' } }, 404, 'scope.area'],
  ['a validFrom in the past', { validFrom: '2026-01-01T00:00:00Z' }, 400, 'validFrom'],
  ['a validTo before it begins', { validTo: '2026-01-01T00:00:00Z' }, 400, 'validTo'],
  ['an unknown field', { colour: 'red' }, 400, 'colour'],
])('%s is refused by its field', async (_name, given, status, field) => {
  const refused = await set(given);
  expect([refused.status, firstOf(refused.body)?.field]).toEqual([status, field]);
});

test('a foreign scope and a missing one get the same answer', async () => {
  const at = async (enterpriseId: string) => {
    const { status, body } = await set({ scope: { kind: 'enterprise', enterpriseId } });
    return { status, type: body.type, errors: body.errors };
  };
  expect(await at('ent-b')).toEqual(await at('ent-none'));
});

test('ending it brings back what holds without it; If-Match is kept to, and a repeat gets the first answer', async () => {
  const { overrideId } = (await set()).body;
  const end = (key: string, etag?: string) =>
    api.call('POST', `/v1/limits/${overrideId}/end`, {
      as: 'owner-a',
      body: { reason: 'pipe was changed' },
      key,
      headers: etag === undefined ? {} : { 'if-match': etag },
    });
  api.clock.advance(1_000);
  expect((await end('one', '"7"')).status).toBe(412);
  const ended = await end('two', '"1"');
  expect(ended.body).toMatchObject({ version: 2, ended: { reason: 'pipe was changed' } });
  expect((await end('two')).headers['idempotency-replayed']).toBe('true');
  expect((await end('three')).status).toBe(409);
  expect(await effective()).toMatchObject({ alarm: { value: 25, origin: 'rule' } });
});

test('the figure of a site parameter is the enterprise’s to set, and a regulator’s to take away', async () => {
  const { overrideId } = (await set({ limit: 'site', value: 40 })).body;
  expect(await effective()).toMatchObject({ site: { value: 40, origin: 'override' } });
  const end = (as: string) => api.call('POST', `/v1/limits/${overrideId}/end`, { as, body: { reason: 'x' } });
  expect((await end('owner-a')).status).toBe(403);
  expect((await end('regulator-22')).status).toBe(200);
});

test('the list shows the overrides of one’s own, by area and by enterprise', async () => {
  await set();
  await set({ scope: { kind: 'area', area: '2201' }, value: 24 }, 'regulator-22');
  const ids = async (as: string, query = '') =>
    (await api.call('GET', `/v1/limits${query}`, { as })).body.items.map(
      ({ value }: { value: number }) => value,
    );
  expect((await ids('regulator-22')).toSorted()).toEqual([22, 24]);
  expect(await ids('owner-a')).toEqual([22]);
  expect(await ids('engineer', '?enterprise=ent-a')).toEqual([22]);
  expect(await ids('owner-b')).toEqual([]);
});

test('the mode of an area is set by its regulator, with a reason, and shown with its limits', async () => {
  const mode = (as: string, given: string, code = '2201') =>
    api.call('POST', `/v1/areas/${code}/mode`, { as, body: { mode: given, reason: 'flood' } });
  const set = await mode('regulator-22', 'emergency');
  expect([set.status, set.body.mode, set.headers['etag']]).toEqual([200, 'emergency', '"1"']);
  expect(await effective()).toMatchObject({ alarm: { mode: 'emergency' } });
  expect((await mode('regulator-22', 'emergency')).body.version).toBe(1);
  api.clock.advance(1_000);
  const normal = await mode('regulator-22', 'normal');
  expect(normal.body.modes).toHaveLength(2);
  expect((await mode('regulator-31', 'emergency')).status).toBe(404);
  expect((await mode('owner-a', 'emergency')).status).toBe(403);
  expect((await mode('regulator-22', 'panic')).status).toBe(400);
  expect((await api.call('GET', '/v1/areas/2201', { as: 'regulator-22' })).body).toEqual(normal.body);
  expect((await api.call('GET', '/v1/areas/2202', { as: 'regulator-22' })).status).toBe(404);
});

test('a device that is registered later has what was set before', async () => {
  await set({ scope: { kind: 'enterprise', enterpriseId: 'ent-a' } });
  const body = { deviceId: 'dev-c', siteId: 'site-a', csr, sensors: [sensor({ sensorId: 'g' })] };
  await api.call('POST', '/v1/devices', { as: 'owner-a', body });
  const answer = await api.call('GET', '/v1/limits/effective?device=dev-c&sensor=g', { as: 'owner-a' });
  expect(answer.body.items[0]).toMatchObject({ limit: 'alarm', value: 22, scope: 'enterprise ent-a' });
});
