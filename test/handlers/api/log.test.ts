import { openCity } from '../../support/api.ts';

test('the log says which route, what became of it and why, and holds nothing of the request', async () => {
  const api = await openCity();
  const secret = 'not-for-the-log';
  const before = api.observer.said.length;
  await api.call('GET', `/v1/devices/${secret}`, { as: 'owner-a' });
  await api.call('POST', '/v1/enterprises', { as: 'engineer', body: { name: secret, [secret]: 1 } });
  await api.call('GET', `/${secret}\n{"level":"INFO","message":"forged"}`, { as: secret });
  const lines = api.observer.said.slice(before);
  expect(lines).toMatchObject([
    { facts: { method: 'GET', route: '/v1/devices/{id}', status: 404, problem: 'not-found' } },
    { facts: { method: 'POST', route: '/v1/enterprises', status: 400, problem: 'invalid-request' } },
    { facts: { method: 'GET', status: 404, problem: 'no-such-route' } },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/not-for-the-log|forged|owner-a|engineer/);
});
