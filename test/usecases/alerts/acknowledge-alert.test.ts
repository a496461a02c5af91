import type { Alert } from '../../../functions/domain/alerts/alert.ts';
import { change } from '../../../functions/domain/alerts/change.ts';
import { AreaCode } from '../../../functions/domain/ids.ts';
import { instant } from '../../../functions/domain/time.ts';
import { apiHandler } from '../../../functions/handlers/api/handler.ts';
import { acknowledgeTriesMax } from '../../../functions/usecases/alerts/acknowledge-alert.ts';
import type { AlertStore } from '../../../functions/usecases/ports/alerts.ts';
import { type Asked, eventOf, openCity, raiseAlert, startMs, type TestApi } from '../../support/api.ts';

let api: TestApi;
let alert: Alert;
beforeEach(async () => {
  api = await openCity();
  alert = await raiseAlert(api, { enterprise: 'ent-a', area: AreaCode.parse('220104'), trade: 'gas' });
  api.clock.advance(1_000);
});

const acknowledge = (asked: Asked = {}) =>
  api.call('POST', `/v1/alerts/${alert.alertId}/acknowledge`, { as: 'owner-a', body: {}, ...asked });
const stored = async () => api.deps.alerts.get(alert.alertId);
const transitions = async () => api.deps.alerts.transitions(alert.alertId);

/** What ingest does to a busy alert: one more transition. */
async function worsen(): Promise<void> {
  const before = await stored();
  if (before === undefined) throw new Error('no alert');
  const at = instant(startMs + 500);
  const next = before.severity === 'red' ? ('severity-down' as const) : ('severity-up' as const);
  const severity = next === 'severity-up' ? ('red' as const) : ('orange' as const);
  const changed = change(before, { change: next, severity, at, phenomenonAt: at, committedAt: at });
  await api.deps.alerts.commit({
    alerts: [{ before, after: changed.alert, transitions: [changed.transition] }],
  });
}

/** The API over a store whose first `count` commits lose against ingest. */
function contended(count: number) {
  let left = count;
  const commit: AlertStore['commit'] = async (write) => {
    if (left > 0) {
      left -= 1;
      await worsen();
    }
    return api.deps.alerts.commit(write);
  };
  const deps = { ...api.deps, alerts: { ...api.deps.alerts, commit } };
  return async (asked: Asked = {}) => {
    const target = `/v1/alerts/${alert.alertId}/acknowledge`;
    return apiHandler(deps)(eventOf('POST', target, { as: 'owner-a', body: {}, ...asked }));
  };
}

test('an acknowledgement says who, when and what they said, and is the next transition', async () => {
  const answer = await acknowledge({ body: { comment: 'on our way' } });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    handling: 'acknowledged',
    condition: 'firing',
    version: 2,
    acknowledgedBy: 'https://issuer.example/pool|owner-a',
  });
  const last = (await transitions()).at(-1);
  expect(last).toMatchObject({
    change: 'acknowledged',
    version: 2,
    at: startMs + 1_000,
    comment: 'on our way',
  });
});

test.each([1, 5, acknowledgeTriesMax - 1])(
  'no acknowledgement is lost to a sensor that writes %i times meanwhile',
  async (count) => {
    expect((await contended(count)()).statusCode).toBe(200);
    expect((await stored())?.handling).toBe('acknowledged');
    const numbers = (await transitions()).map((one) => one.version);
    expect(numbers).toEqual(Array.from({ length: count + 2 }, (_, at) => at + 1));
  },
);

test('after too many lost races the person is told to try again', async () => {
  const answer = await contended(acknowledgeTriesMax)();
  expect(answer.statusCode).toBe(503);
  expect((await stored())?.handling).toBe('open');
});

test('the version that the person saw counts where they say so', async () => {
  await worsen();
  expect((await acknowledge({ headers: { 'if-match': '"1"' } })).status).toBe(412);
  expect((await acknowledge({ headers: { 'if-match': '"2"' } })).status).toBe(200);
});

test('the same person again is answered alike, another is told who was first', async () => {
  await acknowledge();
  const again = await acknowledge();
  expect(again.status).toBe(200);
  expect(again.body.version).toBe(2);
  const other = await acknowledge({ as: 'regulator-22' });
  expect(other.status).toBe(409);
  expect(other.body.type).toBe('urn:tocsin:problem:already-acknowledged');
});

test('an acknowledgement whose answer was lost is answered by its repeat', async () => {
  await acknowledge({ key: 'once', body: { comment: 'a' } });
  const repeat = await acknowledge({ key: 'once', body: { comment: 'a' } });
  expect(repeat.headers['idempotency-replayed']).toBe('true');
  expect((await acknowledge({ key: 'once', body: { comment: 'b' } })).status).toBe(409);
  expect(await transitions()).toHaveLength(2);
});

test('a new rise in severity wants an acknowledgement again', async () => {
  await acknowledge();
  await worsen();
  expect((await stored())?.handling).toBe('open');
  expect((await acknowledge({ as: 'regulator-22' })).status).toBe(200);
});

test('an engineer takes on what concerns the system, not a danger', async () => {
  expect((await acknowledge({ as: 'engineer' })).status).toBe(403);
  const system = await raiseAlert(api, {
    enterprise: '-',
    area: '-',
    trade: '-',
    kind: 'system',
    name: 'delayed',
  });
  const target = `/v1/alerts/${system.alertId}/acknowledge`;
  expect((await api.call('POST', target, { as: 'owner-a', body: {} })).status).toBe(404);
  expect((await api.call('POST', target, { as: 'engineer', body: {} })).status).toBe(200);
});
