import { openCity, sensor, startMs, type TestApi } from '../../support/api.ts';
import { makeCsr } from '../../support/csr.ts';

let api: TestApi;
let csr: string;
beforeAll(async () => {
  csr = await makeCsr();
});
beforeEach(async () => {
  api = await openCity();
});

const deviceBody = (given: Readonly<Record<string, unknown>> = {}) => ({
  deviceId: 'dev-a',
  siteId: 'site-a',
  csr,
  sensors: [sensor()],
  ...given,
});

describe('what is registered', () => {
  test('an enterprise reads back with its stamp and an ETag', async () => {
    const read = await api.call('GET', '/v1/enterprises/ent-a', { as: 'owner-a' });
    expect(read.status).toBe(200);
    expect(read.headers['etag']).toBe('"1"');
    expect(read.body).toMatchObject({ enterpriseId: 'ent-a', areas: ['220104'], version: 1 });
    expect(read.body.createdAt).toBe(new Date(startMs).toISOString());
    expect(read.body.createdBy).toBe('https://issuer.example/pool|engineer');
  });

  test('an enterprise becomes visible where it gets a site', async () => {
    expect((await api.call('GET', '/v1/enterprises/ent-a', { as: 'regulator-31' })).status).toBe(404);
    const body = { siteId: 'site-a2', enterpriseId: 'ent-a', name: 'Second works', area: '310115' };
    expect((await api.call('POST', '/v1/sites', { as: 'owner-a', body })).status).toBe(201);
    const read = await api.call('GET', '/v1/enterprises/ent-a', { as: 'regulator-31' });
    expect(read.body).toMatchObject({ areas: ['220104', '310115'], version: 2 });
    const listed = await api.call('GET', '/v1/enterprises?area=3101', { as: 'regulator-31' });
    expect(listed.body.items.map((one: { enterpriseId: string }) => one.enterpriseId)).toEqual([
      'ent-a',
      'ent-b',
    ]);
  });

  test('a source takes the area of its site, or one within it, and no other', async () => {
    const body = { sourceId: 's', siteId: 'site-a', name: 'S', kind: 'storage-tank', trade: 'gas' };
    const within = await api.call('POST', '/v1/sources', {
      as: 'owner-a',
      body: { ...body, area: '220104001' },
    });
    expect(within.body.area).toBe('220104001');
    const outside = { ...body, sourceId: 's2', area: '220105' };
    const refused = await api.call('POST', '/v1/sources', { as: 'owner-a', body: outside });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({
      type: 'urn:tocsin:problem:area-outside-site',
      errors: [{ field: 'area' }],
    });
  });

  test('a source is graded as it is registered', async () => {
    const body = {
      sourceId: 'tank',
      siteId: 'site-b',
      name: 'Chlorine store',
      kind: 'storage-tank',
      trade: 'chemical',
      chemicals: [{ name: '氯', designMaxT: '62.5' }],
      peopleNearby: 100,
    };
    const made = await api.call('POST', '/v1/sources', { as: 'owner-b', body });
    expect(made.status).toBe(201);
    expect(made.body.grading).toEqual({
      standard: 'GB 18218-2018',
      isMajor: true,
      s: { exact: '25/2', decimal: '12.5' },
      alpha: '2',
      r: { exact: '100', decimal: '100' },
      level: 1,
    });
  });

  test('a chemical that cannot be told is refused by its field, with the remedy', async () => {
    const chemicals = [{ cas: '6484-52-2', designMaxT: '5' }];
    const body = { sourceId: 't', siteId: 'site-b', name: 'T', kind: 'tank', trade: 'chemical', chemicals };
    const refused = await api.call('POST', '/v1/sources', { as: 'owner-b', body });
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toEqual([
      { field: 'chemicals.0.row', detail: expect.stringContaining('not unique') },
    ]);
  });

  test('an id that is taken is a conflict', async () => {
    const body = { siteId: 'site-b', enterpriseId: 'ent-a', name: 'Mine', area: '220104' };
    const refused = await api.call('POST', '/v1/sites', { as: 'owner-a', body });
    expect(refused.status).toBe(409);
    expect(refused.body.errors[0].field).toBe('siteId');
  });
});

describe('a device', () => {
  test('gets a certificate, its topic and the broker, and its twin falls due', async () => {
    const made = await api.call('POST', '/v1/devices', { as: 'owner-a', body: deviceBody() });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      deviceId: 'dev-a',
      enterpriseId: 'ent-a',
      status: 'active',
      version: 1,
    });
    const { identity } = made.body;
    expect(identity).toMatchObject({
      thingName: 'dev-a',
      topic: '$aws/rules/tocsin_test/tocsin/v1/dev-a/senml',
      mqttEndpoint: 'broker.example',
    });
    expect(identity.certificatePem).toContain('BEGIN CERTIFICATE');
    expect(api.registry.certificates.get(identity.certificateId)).toBe('active');
    const [twin] = [...api.state.twins.values()];
    expect(twin).toMatchObject({ version: 1, dueAt: startMs + 30_000 });
    const read = await api.call('GET', '/v1/devices/dev-a', { as: 'owner-a' });
    expect(read.body.identity).toEqual({ thingName: 'dev-a', certificateId: identity.certificateId });
  });

  test('behind a gateway says which, and a wrong name of one is told', async () => {
    const made = await api.call('POST', '/v1/devices', {
      as: 'owner-a',
      body: deviceBody({ gatewayId: 'gw-1' }),
    });
    expect(made).toMatchObject({ status: 201, body: { gatewayId: 'gw-1' } });
    const read = await api.call('GET', '/v1/devices/dev-a', { as: 'owner-a' });
    expect(read.body.gatewayId).toBe('gw-1');
    const refused = await api.call('POST', '/v1/devices', {
      as: 'owner-a',
      body: deviceBody({ deviceId: 'dev-b', gatewayId: 'gw/1' }),
    });
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0].field).toBe('gatewayId');
  });

  test.each([
    ['a request for a certificate that is none', { csr: 'nonsense' }, 'csr'],
    ['a unit of another quantity', { sensors: [sensor({ unit: '%{vol}' })] }, 'sensors.0.unit'],
    ['a quantity that nobody knows', { sensors: [sensor({ quantity: 'gravity' })] }, 'sensors.0.quantity'],
    ['a sensor twice', { sensors: [sensor(), sensor()] }, 'sensors.1.sensorId'],
    ['a period that is too short', { sensors: [sensor({ periodMs: 99 })] }, 'sensors.0.periodMs'],
    ['a foreign source', { sensors: [sensor({ sourceId: 'gas-b' })] }, 'sensors.0.sourceId'],
    ['a missing source', { sensors: [sensor({ sourceId: 'gas-none' })] }, 'sensors.0.sourceId'],
    ['a foreign source without a sensor', { sensors: [], sourceIds: ['gas-b'] }, 'sourceIds.0'],
    ['no source at all', { sensors: [] }, 'sourceIds'],
    ['a foreign site', { siteId: 'site-b' }, 'siteId'],
    ['an id that is a path', { deviceId: '../etc' }, 'deviceId'],
    ['a field that is not its to set', { status: 'active' }, 'status'],
  ])('with %s is refused by its field and leaves no certificate', async (_name, wrong, field) => {
    const refused = await api.call('POST', '/v1/devices', { as: 'owner-a', body: deviceBody(wrong) });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.body.errors.map((one: { field: string }) => one.field)).toContain(field);
    expect(api.registry.certificates.size).toBe(0);
    expect(api.state.registrations.size).toBe(0);
  });

  test('a foreign source and a missing one get the same answer', async () => {
    const refusal = async (sourceId: string) => {
      const body = deviceBody({ sensors: [sensor({ sourceId })] });
      const { status, body: problem } = await api.call('POST', '/v1/devices', { as: 'owner-a', body });
      return { status, type: problem.type, errors: problem.errors };
    };
    expect(await refusal('gas-b')).toEqual(await refusal('gas-none'));
  });

  test('a name with control characters is refused, markup is escaped', async () => {
    for (const name of ['line\nbreak', '\u001b[31mred', 'right\u202eleft', 'zero\u200bwidth', '\ud800']) {
      const refused = await api.call('POST', '/v1/devices', { as: 'owner-a', body: deviceBody({ name }) });
      expect(refused.body.errors[0].field).toBe('name');
    }
    const name = '<script>alert(1)</script>';
    const made = await api.call('POST', '/v1/devices', { as: 'owner-a', body: deviceBody({ name }) });
    expect(made.text).not.toContain('<script>');
    expect(made.body.name).toBe(name);
    expect(made.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  });

  test('gets further sensors; its registration moves on and sweep looks at it', async () => {
    await api.call('POST', '/v1/devices', { as: 'owner-a', body: deviceBody() });
    api.clock.advance(1_000);
    const body = { deviceId: 'dev-a', ...sensor({ sensorId: 'gas-2' }) };
    const added = await api.call('POST', '/v1/sensors', { as: 'owner-a', body });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ deviceId: 'dev-a', sensorId: 'gas-2', periodMs: 5_000, version: 2 });
    const [registration] = [...api.state.registrations.values()];
    expect(registration?.version).toBe(2);
    expect(registration?.sensors.map((one) => one.sensorId)).toEqual(['gas-1', 'gas-2']);
    const [twin] = [...api.state.twins.values()];
    expect(twin).toMatchObject({ version: 2, dueAt: startMs + 1_000 });
    const again = await api.call('POST', '/v1/sensors', { as: 'owner-a', body });
    expect(again.status).toBe(409);
  });

  test('that was revoked may not connect, and takes no sensor', async () => {
    const made = await api.call('POST', '/v1/devices', { as: 'owner-a', body: deviceBody() });
    const revoked = await api.call('POST', '/v1/devices/dev-a/revoke', {
      as: 'owner-a',
      body: { reason: 'stolen' },
    });
    expect(revoked.body).toMatchObject({ status: 'revoked', revokedReason: 'stolen', version: 2 });
    expect(api.registry.certificates.get(made.body.identity.certificateId)).toBe('revoked');
    const body = { deviceId: 'dev-a', ...sensor({ sensorId: 'gas-2' }) };
    expect((await api.call('POST', '/v1/sensors', { as: 'owner-a', body })).status).toBe(409);
  });
});

describe('a change of a source', () => {
  const change = { name: 'Compartment 2', kind: 'gas-compartment', tags: ['north'] };

  test('needs the version that it is based on', async () => {
    const without = await api.call('PUT', '/v1/sources/gas-a', { as: 'owner-a', body: change });
    expect(without.status).toBe(428);
    const stale = await api.call('PUT', '/v1/sources/gas-a', {
      as: 'owner-a',
      body: change,
      headers: { 'if-match': '"7"' },
    });
    expect(stale.status).toBe(412);
    const nonsense = { as: 'owner-a', body: change, headers: { 'if-match': 'abc' } };
    expect((await api.call('PUT', '/v1/sources/gas-a', nonsense)).status).toBe(400);
  });

  test('reaches the registration of every device that watches it', async () => {
    await api.call('POST', '/v1/devices', { as: 'owner-a', body: deviceBody() });
    const headers = { 'if-match': '"1"' };
    const changed = await api.call('PUT', '/v1/sources/gas-a', { as: 'owner-a', body: change, headers });
    expect(changed.status).toBe(200);
    expect(changed.headers['etag']).toBe('"2"');
    const [registration] = [...api.state.registrations.values()];
    expect(registration).toMatchObject({ version: 2, sources: [{ sourceId: 'gas-a', tags: ['north'] }] });
  });

  test('is graded again, and the grade reaches the registration', async () => {
    await api.call('POST', '/v1/devices', { as: 'owner-a', body: deviceBody() });
    const chemicals = [{ name: '天然气', classes: ['W2'], designMaxT: '400' }];
    const body = { ...change, chemicals, peopleNearby: 150 };
    await api.call('PUT', '/v1/sources/gas-a', { as: 'owner-a', body, headers: { 'if-match': '"1"' } });
    const [registration] = [...api.state.registrations.values()];
    expect(registration?.sources[0]?.grade).toBe(3);
  });

  test('may be repeated: the same change again is no conflict and changes nothing', async () => {
    const again = { as: 'owner-a', body: change, headers: { 'if-match': '"1"' } };
    await api.call('PUT', '/v1/sources/gas-a', again);
    const repeated = await api.call('PUT', '/v1/sources/gas-a', again);
    expect(repeated.status).toBe(200);
    expect(repeated.body.version).toBe(2);
  });
});
