import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listAlerts } from '../../sensors-sim/live/api.ts';
import { apiObserver } from '../../sensors-sim/live/observe-api.ts';
import { committedByApi, nothingForMs, stillForMs } from '../../sensors-sim/replay/committed.ts';
import type { ObservedChange } from '../../sensors-sim/scenario/observed.ts';
import { SimError } from '../../sensors-sim/sim-error.ts';

const transition = (version: number, change: string) => ({
  version,
  change,
  severity: 'orange',
  at: `2026-03-02T00:00:${10 + version}.000Z`,
  phenomenonAt: `2026-03-02T00:00:${9 + version}.000Z`,
  value: 20.5,
});

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((close) => close()));
});

/** An API whose alerts a test sets: versions by alert id. */
async function fakeApi() {
  const alerts = new Map<string, number>();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const one = (alertId: string) => ({
      alertId,
      version: alerts.get(alertId),
      matter: { ruleId: 'gas.leak' },
      subject: { id: `d1/${alertId}` },
    });
    if (request.headers.authorization !== 'Bearer good') return answer(401, {});
    if (pathname === '/v1/alerts') {
      const ids = [...alerts.keys()];
      const at = Number(searchParams.get('cursor') ?? 0);
      return answer(200, {
        items: ids.slice(at, at + 2).map(one),
        ...(at + 2 < ids.length ? { next: String(at + 2) } : {}),
      });
    }
    const alertId = pathname.replace('/v1/alerts/', '');
    const versions = Array.from({ length: alerts.get(alertId) ?? 0 }, (_, index) => index + 1);
    return answer(200, {
      ...one(alertId),
      transitions: versions.map((version) => transition(version, version === 1 ? 'raised' : 'recovered')),
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  opened.push(close);
  return { alerts, close, access: { api: `http://127.0.0.1:${port}/v1`, token: 'good', area: '22' } };
}

test('an observer sees each numbered change once, over all pages', async () => {
  const api = await fakeApi();
  for (const id of ['a', 'b', 'c']) api.alerts.set(id, 1);
  const seen: ObservedChange[] = [];
  const stop = await apiObserver(api.access, 20).start((change) => seen.push(change));
  api.alerts.set('c', 2);
  await stop();
  await api.close();
  expect(seen.map(({ alertId, version, change }) => `${alertId}${version} ${change}`)).toEqual([
    'a1 raised',
    'b1 raised',
    'c1 raised',
    'c2 recovered',
  ]);
  expect(seen[0]).toMatchObject({
    ruleId: 'gas.leak',
    subject: 'd1/a',
    at: Date.parse('2026-03-02T00:00:11Z'),
    value: 20.5,
  });
});

test('a token that is not valid and an address that nobody answers are told in one line', async () => {
  const api = await fakeApi();
  await expect(listAlerts({ ...api.access, token: 'bad' })).rejects.toThrow(
    /answers 401: the token is not valid$/,
  );
  await api.close();
  await expect(listAlerts(api.access)).rejects.toThrow(SimError);
  await expect(listAlerts(api.access)).rejects.toThrow(/cannot be reached: .*NODE_EXTRA_CA_CERTS/);
});

test('a pack counts as committed once the alerts of its device have changed and stood still', async () => {
  const api = await fakeApi();
  let now = 0;
  const committed = committedByApi(api.access, 'd1', () => now);
  expect(await committed.ask()).toBe(false);
  api.alerts.set('a', 1);
  expect(await committed.ask()).toBe(false);
  now = stillForMs - 1;
  expect(await committed.ask()).toBe(false);
  api.alerts.set('a', 31);
  expect(await committed.ask()).toBe(false);
  now += stillForMs;
  expect(await committed.ask()).toBe(true);
  committed.begin();
  now += nothingForMs - 1;
  expect(await committed.ask()).toBe(false);
  now += 1;
  expect(await committed.ask()).toBe(true);
  await api.close();
  expect(await committed.ask()).toBe(false);
});
