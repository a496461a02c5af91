import { AreaCode } from '../../../functions/domain/ids.ts';
import { openCity, raiseAlert, startMs, type TestApi } from '../../support/api.ts';

const area = AreaCode.parse('220104');
let api: TestApi;
beforeEach(async () => {
  api = await openCity();
});

const raise = (name: string, given: Partial<Parameters<typeof raiseAlert>[1]> = {}) =>
  raiseAlert(api, { enterprise: 'ent-a', area, trade: 'gas', name, ...given });
const subjects = async (query: string, as = 'regulator-22'): Promise<string[]> => {
  const answer = await api.call('GET', `/v1/alerts${query}`, { as });
  return answer.body.items.map((one: { subject: { id: string } }) => one.subject.id.split('/')[1]);
};

test('the gravest come first, then the newest', async () => {
  await raise('old-orange', { ms: startMs });
  await raise('new-orange', { ms: startMs + 1 });
  await raise('yellow', { severity: 'yellow', ms: startMs + 2 });
  await raise('red', { severity: 'red', ms: startMs - 1 });
  expect(await subjects('')).toEqual(['red', 'new-orange', 'old-orange', 'yellow']);
  expect(await subjects('?limit=2')).toEqual(['red', 'new-orange']);
});

test('a list is narrowed by area, severity, handling, condition, kind and whether it is closed', async () => {
  await raise('one', { area: AreaCode.parse('220105') });
  await raise('two', { severity: 'red' });
  await raise('three', { kind: 'data-quality' });
  expect(await subjects('?area=220105')).toEqual(['one']);
  expect(await subjects('?severity=red')).toEqual(['two']);
  expect(await subjects('?kind=data-quality')).toEqual(['three']);
  expect(await subjects('?handling=acknowledged')).toEqual([]);
  expect(await subjects('?condition=firing&closed=false&handling=open')).toHaveLength(3);
  expect(await subjects('?closed=true')).toEqual([]);
  expect(await subjects('?enterprise=ent-a&area=220105', 'engineer')).toEqual(['one']);
});

test('an enterprise sees its own, a regulator those of its area and trades', async () => {
  await raise('mine');
  await raise('other-owner', { enterprise: 'ent-b' });
  await raise('other-trade', { trade: 'chemical' });
  await raise('other-area', { area: AreaCode.parse('310101') });
  expect((await subjects('', 'owner-a')).toSorted()).toEqual(['mine', 'other-area', 'other-trade']);
  expect((await subjects('')).toSorted()).toEqual(['mine', 'other-owner']);
});

test('every regulator sees what concerns the platform, no enterprise does', async () => {
  const { alertId } = await raise('delayed', { enterprise: '-', area: '-', trade: '-', kind: 'system' });
  expect(await subjects('?area=-')).toEqual(['delayed']);
  expect(await subjects('?area=-', 'engineer')).toEqual(['delayed']);
  expect((await api.call('GET', `/v1/alerts/${alertId}`, { as: 'regulator-31' })).status).toBe(200);
  expect((await api.call('GET', `/v1/alerts/${alertId}`, { as: 'owner-a' })).status).toBe(404);
  expect((await api.call('GET', '/v1/alerts?area=-', { as: 'owner-a' })).body.items).toEqual([]);
});

test('who may see everything must say where to look', async () => {
  const refused = await api.call('GET', '/v1/alerts', { as: 'auditor' });
  expect(refused.status).toBe(400);
  expect(refused.body.errors[0]).toMatchObject({
    field: 'area',
    detail: expect.stringContaining('enterprise'),
  });
});

test('an alert comes with its transitions and why each was', async () => {
  const { alertId } = await raise('one');
  await api.call('POST', `/v1/alerts/${alertId}/acknowledge`, { as: 'owner-a', body: { comment: 'seen' } });
  const read = await api.call('GET', `/v1/alerts/${alertId}`, { as: 'auditor' });
  expect(read.headers['etag']).toBe('"2"');
  expect(read.body).toMatchObject({ alertId, severity: 'orange', raisedAt: new Date(startMs).toISOString() });
  expect(read.body.transitions).toMatchObject([
    { version: 1, change: 'raised', value: 30, because: { now: 1 } },
    { version: 2, change: 'acknowledged', comment: 'seen' },
  ]);
});
