/** Who gets in at the API, on the locked platform. */

import { randomUUID } from 'node:crypto';
import {
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { apiClient } from '../../local/seed/api-client.ts';
import { signIn } from '../../local/seed/people.ts';
import { until } from './support/until.ts';
import { openWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
}, 60_000);

const statusWith = async (token: string | undefined, path = '/v1/me') =>
  (await apiClient(world.platform.apiUrl, () => token).get(path)).status;

test('an access token gets in', async () => {
  expect(await statusWith(world.regulator.tokens.access)).toBe(200);
});

test.each([
  ['no token', () => undefined],
  ['text that is no token', () => 'abc.def.ghi'],
  ['a token with a changed subject', () => withPayload((claims) => ({ ...claims, sub: 'somebody-else' }))],
  ['a token with a later end', () => withPayload((claims) => ({ ...claims, exp: 9_999_999_999 }))],
  ['a token without a signature', () => `${world.regulator.tokens.access.split('.').slice(0, 2).join('.')}.`],
  ['a token with algorithm none', () => unsigned()],
])('%s is answered with 401', async (_, token) => {
  expect(await statusWith(token())).toBe(401);
});

test('an expired token is answered with 401', async () => {
  const { pool } = world.platform;
  const ids = { UserPoolId: pool.poolId, ClientId: pool.clientId };
  const { UserPoolClient } = await pool.client.send(new DescribeUserPoolClientCommand(ids));
  const usual = {
    ...ids,
    ExplicitAuthFlows: UserPoolClient?.ExplicitAuthFlows,
    IdTokenValidity: UserPoolClient?.IdTokenValidity,
    RefreshTokenValidity: UserPoolClient?.RefreshTokenValidity,
  };
  const update = (
    validity: number | undefined,
    units: NonNullable<typeof UserPoolClient>['TokenValidityUnits'],
  ) =>
    pool.client.send(
      new UpdateUserPoolClientCommand({ ...usual, AccessTokenValidity: validity, TokenValidityUnits: units }),
    );
  const usualUnits = UserPoolClient?.TokenValidityUnits;
  // AWS takes no less than five minutes; the emulator lets a test be quick.
  await update(3, { ...usualUnits, AccessToken: 'seconds' });
  const { name, password } = world.regulator;
  const short = await signIn(pool, name, password).finally(() =>
    update(UserPoolClient?.AccessTokenValidity, usualUnits),
  );
  expect(await statusWith(short.access)).toBe(200);
  await until(
    'the 401 of an expired token',
    async () => (await statusWith(short.access)) === 401 || undefined,
  );
}, 60_000);

test('an ID token is answered with 403: its scope is missing', async () => {
  expect(await statusWith(world.regulator.tokens.id)).toBe(403);
});

test('a person without a grant gets 403 everywhere but at themselves', async () => {
  const stranger = await world.newPerson('stranger');
  expect(await statusWith(stranger.tokens.access, '/v1/me')).toBe(200);
  for (const path of ['/v1/alerts', '/v1/devices', '/v1/enterprises', '/v1/grants'])
    expect([path, await statusWith(stranger.tokens.access, path)]).toEqual([path, 403]);
});

test("another enterprise's object is answered with 404, as if it did not exist", async () => {
  const device = await world.newDevice();
  const foreign = await openWorld();
  const paths = [
    `/v1/devices/${device.deviceId}`,
    `/v1/enterprises/${world.enterpriseId}`,
    `/v1/sources/${world.sourceId}`,
  ];
  for (const path of paths) {
    expect([path, (await world.owner.api.get(path)).status]).toEqual([path, 200]);
    expect([path, (await foreign.owner.api.get(path)).status]).toEqual([path, 404]);
  }
}, 60_000);

test('a revoked grant ends at once', async () => {
  const person = await world.newPerson('leaver');
  await world.give(person, { role: 'auditor' });
  expect((await person.api.get('/v1/grants')).status).toBe(200);
  const { issuer, subject } = person.tokens;
  const list = await world.engineer.api.get('/v1/grants?limit=100');
  const grantId = grantOf(list.body, issuer, subject);
  const answer = await world.engineer.api.post(
    `/v1/grants/${grantId}/revoke`,
    { reason: 'left the office' },
    { 'idempotency-key': randomUUID() },
  );
  expect(answer.status).toBe(200);
  expect((await person.api.get('/v1/grants')).status).toBe(403);
}, 60_000);

function grantOf(body: unknown, issuer: string, subject: string): string {
  const text = JSON.stringify(body);
  const items: { grantId: string; issuer: string; subject: string }[] = JSON.parse(text).items;
  const found = items.find((item) => item.issuer === issuer && item.subject === subject);
  if (!found) throw new Error(`no grant of ${subject} in ${text}`);
  return found.grantId;
}

function withPayload(change: (claims: Record<string, unknown>) => Record<string, unknown>): string {
  const [header = '', payload = '', signature = ''] = world.regulator.tokens.access.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  return [header, Buffer.from(JSON.stringify(change(claims))).toString('base64url'), signature].join('.');
}

function unsigned(): string {
  const payload = world.regulator.tokens.access.split('.')[1] ?? '';
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
  return `${header}.${payload}.`;
}
