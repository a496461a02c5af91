/** A small world of its own for each suite: people with grants, an enterprise, a coal face, devices. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type ApiClient, answerText, apiClient } from '../../../local/seed/api-client.ts';
import { grantFirst } from '../../../local/seed/first-grant.ts';
import { ensureAccount, newPassword, signIn, type Tokens } from '../../../local/seed/people.ts';
import type { DeviceIdentity } from '../../../sensors-sim/live/credentials.ts';
import { makeKeyAndRequest } from '../../../sensors-sim/live/key-pair.ts';
import { type TestPlatform, testPlatform } from './platform.ts';

export interface Person {
  readonly name: string;
  readonly password: string;
  readonly tokens: Tokens;
  readonly api: ApiClient;
}

export interface World {
  readonly platform: TestPlatform;
  readonly enterpriseId: string;
  readonly sourceId: string;
  readonly engineer: Person;
  /** Of the city. */
  readonly regulator: Person;
  /** Of the enterprise. */
  readonly owner: Person;
  readonly newPerson: (name: string) => Promise<Person>;
  readonly give: (person: Person, given: Readonly<Record<string, unknown>>) => Promise<void>;
  /** Registers a device at the coal face with sensors of methane at T0. */
  readonly newDevice: (sensorIds?: readonly string[], deviceId?: string) => Promise<DeviceIdentity>;
}

const area = '220112';
const Registered = z.looseObject({
  identity: z.looseObject({ topic: z.string(), certificatePem: z.string() }),
});

async function person(platform: TestPlatform, name: string): Promise<Person> {
  const password = newPassword();
  await ensureAccount(platform.pool, name, password);
  const tokens = await signIn(platform.pool, name, password);
  return { name, password, tokens, api: apiClient(platform.apiUrl, () => tokens.access) };
}

/** Posts and insists on 201. */
export async function create(api: ApiClient, path: string, body: unknown): Promise<unknown> {
  const answer = await api.post(path, body, { 'idempotency-key': randomUUID() });
  if (answer.status !== 201) throw new Error(`POST ${path} was refused: ${answerText(answer)}`);
  return answer.body;
}

export async function openWorld(): Promise<World> {
  const platform = await testPlatform();
  const mark = randomUUID().slice(0, 8);
  const newPerson = (name: string) => person(platform, `${name}-${mark}`);
  const [enterpriseId, siteId, sourceId] = [`ent-${mark}`, `site-${mark}`, `src-${mark}`];
  const engineer = await newPerson('engineer');
  await grantFirst(platform.outputs.RecordsTableName, engineer.tokens);
  const give: World['give'] = async ({ tokens: { issuer, subject } }, given) => {
    await create(engineer.api, '/v1/grants', { issuer, subject, ...given });
  };
  await create(engineer.api, '/v1/enterprises', { enterpriseId, name: 'Test mine', area });
  const regulator = await newPerson('regulator');
  await give(regulator, { role: 'regulator', areas: ['2201'] });
  const owner = await newPerson('owner');
  await give(owner, { role: 'enterprise', enterpriseId });
  await create(owner.api, '/v1/sites', {
    siteId,
    enterpriseId,
    name: 'Test site',
    area,
    address: 'Road 1',
    position: [125.6, 43.5],
  });
  await create(owner.api, '/v1/sources', {
    sourceId,
    siteId,
    name: 'Test face',
    kind: 'coal-face',
    trade: 'coal-mine',
    area,
  });
  const newDevice: World['newDevice'] = async (
    sensorIds = ['ch4'],
    deviceId = `dev-${randomUUID().slice(0, 8)}`,
  ) => {
    const { key, csr } = await makeKeyAndRequest(deviceId);
    const sensors = sensorIds.map((sensorId) => ({
      sensorId,
      quantity: 'methane',
      unit: '%{vol}',
      position: 'T0',
      periodMs: 60_000,
      sourceId,
    }));
    const body = await create(owner.api, '/v1/devices', { deviceId, siteId, csr, sensors });
    const { topic, certificatePem } = Registered.parse(body).identity;
    return { deviceId, topic, key, certificate: certificatePem };
  };
  return { platform, enterpriseId, sourceId, engineer, regulator, owner, newPerson, give, newDevice };
}
