/** Seeds the city as people would: each through the API, with an account and a grant of their own. */
import * as z from 'zod';
import { deviceBody, enterpriseBody, siteBody, sourceBody } from '../../sensors-sim/city/bodies.ts';
import type { CityEnterprise } from '../../sensors-sim/city/shape.ts';
import { city as cityOfData, type PlacedDevice, placedDevices } from '../../sensors-sim/city.ts';
import type { DeviceIdentity } from '../../sensors-sim/live/credentials.ts';
import { makeKeyAndRequest } from '../../sensors-sim/live/key-pair.ts';
import { type ApiClient, answerText, apiClient, ensure } from './api-client.ts';
import { readIdentity, saveIdentity } from './device-identity.ts';
import { ensureAccount, newPassword, type Pool, signIn, type Tokens } from './people.ts';

/** The area whose regulator watches the seed city: Changchun. */
const cityArea = '2201';

export interface Person {
  readonly name: string;
  readonly password: string;
  readonly role: 'engineer' | 'regulator' | 'enterprise';
  readonly tokens: Tokens;
}

export interface SeededCity {
  readonly people: readonly Person[];
  readonly devices: readonly DeviceIdentity[];
}

export interface SeedOptions {
  readonly apiUrl: string;
  readonly pool: Pool;
  readonly devicesFolder: string;
  /** Writes the first grant with AWS credentials, as `tocsin grant` does. */
  readonly grantFirst: (whom: { readonly issuer: string; readonly subject: string }) => Promise<void>;
  readonly tell: (line: string) => void;
  readonly enterprises?: readonly CityEnterprise[];
}

const Registered = z.looseObject({
  identity: z.looseObject({ topic: z.string(), certificatePem: z.string() }),
});

async function person(pool: Pool, name: string, role: Person['role']): Promise<Person> {
  const password = newPassword();
  await ensureAccount(pool, name, password);
  return { name, role, password, tokens: await signIn(pool, name, password) };
}

const clientOf = (options: SeedOptions, { tokens }: Person): ApiClient =>
  apiClient(options.apiUrl, () => tokens.access);

async function grant(
  engineer: ApiClient,
  to: Person,
  given: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { issuer, subject } = to.tokens;
  await ensure(engineer, '/v1/grants', `grant-${subject}`, { issuer, subject, ...given });
}

/** Registers a device, unless it is registered with a key that this machine still has. */
async function device(
  client: ApiClient,
  options: SeedOptions,
  placed: PlacedDevice,
): Promise<DeviceIdentity> {
  const { deviceId } = placed.device;
  const known = await readIdentity(options.devicesFolder, deviceId);
  const { key, csr } = await makeKeyAndRequest(deviceId);
  const answer = await client.post('/v1/devices', deviceBody(placed, csr), {
    'idempotency-key': `seed-${deviceId}-${Date.now()}`,
  });
  if (answer.status === 409 && known) return known;
  if (answer.status === 409)
    throw new Error(
      `${deviceId} is registered there, but its key is not in ${options.devicesFolder}. Remedy: empty the platform, or use the clone that registered it`,
    );
  const registered = Registered.safeParse(answer.body);
  if (answer.status !== 201 || !registered.success)
    throw new Error(`POST /v1/devices for ${deviceId} was refused: ${answerText(answer)}`);
  const { topic, certificatePem: certificate } = registered.data.identity;
  const identity = { deviceId, topic, key, certificate };
  await saveIdentity(options.devicesFolder, identity);
  return identity;
}

async function enterprise(
  client: ApiClient,
  options: SeedOptions,
  one: CityEnterprise,
): Promise<DeviceIdentity[]> {
  for (const site of one.sites) {
    await ensure(client, '/v1/sites', site.siteId, siteBody(one, site));
    for (const source of site.sources)
      await ensure(client, '/v1/sources', source.sourceId, sourceBody(site, source));
  }
  const devices: DeviceIdentity[] = [];
  for (const placed of placedDevices([one])) {
    options.tell(`${one.name.en}: ${placed.device.deviceId}`);
    devices.push(await device(client, options, placed));
  }
  return devices;
}

/** Seeds the city; seeding again changes nothing, except that the people get new passwords. */
export async function seedCity(options: SeedOptions): Promise<SeededCity> {
  const { pool, tell, enterprises = cityOfData } = options;
  tell('an engineer, with the first grant');
  const engineer = await person(pool, 'engineer', 'engineer');
  await options.grantFirst(engineer.tokens);
  const engineerClient = clientOf(options, engineer);
  tell('a regulator of the city');
  const regulator = await person(pool, 'regulator', 'regulator');
  await grant(engineerClient, regulator, { role: 'regulator', areas: [cityArea] });
  const people = [engineer, regulator];
  const devices: DeviceIdentity[] = [];
  for (const one of enterprises) {
    tell(one.name.en);
    await ensure(engineerClient, '/v1/enterprises', one.enterpriseId, enterpriseBody(one));
    const owner = await person(pool, one.enterpriseId, 'enterprise');
    await grant(engineerClient, owner, { role: 'enterprise', enterpriseId: one.enterpriseId });
    people.push(owner);
    devices.push(...(await enterprise(clientOf(options, owner), options, one)));
  }
  return { people, devices };
}
