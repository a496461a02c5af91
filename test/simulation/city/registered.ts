import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoGrantStore } from '../../../functions/adapters/dynamo/grants-store.ts';
import { NewGrant, newGrant } from '../../../functions/domain/access/grant.ts';
import { instant } from '../../../functions/domain/time.ts';
import { deviceBody, enterpriseBody, siteBody, sourceBody } from '../../../sensors-sim/city/bodies.ts';
import { type PlacedDevice, placedDevices } from '../../../sensors-sim/city.ts';
import { makeKeyAndRequest } from '../../../sensors-sim/live/key-pair.ts';
import type { CityDevice, Item } from '../history.ts';
import { createDynamo } from '../world/dynamo/dynamo.ts';
import { recordsShape, twinsShape } from '../world/dynamo/shapes.ts';
import { issuer } from '../world/environment.ts';
import { loadFunction } from '../world/functions.ts';
import { createWishes, engineer, regulator } from '../world/people/requests.ts';
import { type Books, readBooks } from './book.ts';
import { type CityPlan, quickCity } from './plan.ts';

/** The instant at which every simulated world begins. */
export const startOfWorlds = Date.parse('2026-03-01T00:00:00Z');

/** What a world begins with: books, and the tables after everybody was registered. */
export interface RegisteredCity extends Pick<CityPlan, 'rules' | 'correlations' | 'pace'> {
  readonly books: Books;
  readonly devices: readonly CityDevice[];
  readonly twins: readonly Item[];
  readonly records: readonly Item[];
}

/** What every world begins with. */
export interface Registered extends RegisteredCity {
  /** The same with the devices of a storm at the end: few worlds have them, so they are registered once the first asks. */
  storm(): Promise<RegisteredCity>;
}

/** Registers a whole city through the product's API, once for all worlds of a process. */
export async function registerCity(plan: CityPlan = quickCity): Promise<Registered> {
  const books = await readBooks(plan.rulesFolder);
  const office = openOffice(plan, books);
  await office.grant();
  for (const enterprise of plan.enterprises) {
    await office.post('/v1/enterprises', enterpriseBody(enterprise));
    for (const site of enterprise.sites) {
      await office.post('/v1/sites', siteBody(enterprise, site));
      for (const source of site.sources) await office.post('/v1/sources', sourceBody(site, source));
    }
  }
  const city = await office.register(placedDevices(plan.enterprises), []);
  let storm: Promise<RegisteredCity> | undefined;
  return {
    ...city,
    storm: () => {
      storm ??= openOffice(plan, books, city).register(placedDevices(plan.storm), city.devices);
      return storm;
    },
  };
}

/** The product's API over tables of its own, at the instant at which worlds begin; `before` is what the tables hold already. */
function openOffice({ rules, correlations, pace }: CityPlan, books: Books, before?: RegisteredCity) {
  const now = (): number => startOfWorlds;
  const dynamo = createDynamo({ now, staleBy: () => 0, changed: () => {} }, [twinsShape, recordsShape]);
  dynamo.load('twins', before?.twins ?? []);
  dynamo.load('records', before?.records ?? []);
  const api = loadFunction({
    fn: 'api',
    book: books.live,
    call: async (_service, _operation, effect) => effect(),
    services: {
      dynamo: (_by, command) => dynamo.execute(command as { readonly input: object }),
      sqs: () => ({}),
      sns: () => ({}),
      firehose: () => ({}),
      iot: () => ({
        certificateId: 'a'.repeat(64),
        certificateArn: 'arn:aws:iot:eu-central-1:000000000000:cert/simulated',
        certificatePem: 'simulated',
      }),
      putObject: () => {},
    },
    now,
    heard: { log: () => {}, metric: () => {} },
  });
  const wishes = createWishes(before === undefined ? 'registration' : 'storm');
  const post = async (path: string, body: object): Promise<void> => {
    const answer = await api(wishes.post(engineer, path, body), {} as never);
    const status = (answer as { readonly statusCode: number }).statusCode;
    if (status !== 201) throw new Error(`${path}: ${JSON.stringify(answer)}`);
  };
  return {
    post,
    async grant(): Promise<void> {
      const client = {
        send: async (command: { readonly input: object }) => dynamo.execute(command),
      } as unknown as DynamoDBClient;
      const grants = dynamoGrantStore(client, 'records');
      for (const declared of [
        { issuer, subject: engineer, role: 'engineer' },
        { issuer, subject: regulator, role: 'regulator', areas: ['22'], trades: ['gas'] },
      ]) {
        const made = newGrant(NewGrant.parse(declared), {
          nonce: declared.subject,
          by: 'simulation',
          at: instant(now()),
        });
        if (made.ok) await grants.put(made.grant, 0);
      }
    },
    /** @returns the city with `others`, who are there already, and those who were `placed` behind them */
    async register(placed: readonly PlacedDevice[], others: readonly CityDevice[]): Promise<RegisteredCity> {
      for (const one of placed) {
        const { csr } = await makeKeyAndRequest(one.device.deviceId);
        await post('/v1/devices', deviceBody(one, csr));
      }
      return {
        books,
        rules,
        correlations,
        pace,
        devices: [...others, ...placed.map(cityDevice)],
        twins: dynamo.items('twins'),
        records: dynamo.items('records'),
      };
    },
  };
}

const cityDevice = ({ device, site, enterprise }: PlacedDevice): CityDevice => ({
  deviceId: device.deviceId,
  enterpriseId: enterprise.enterpriseId,
  siteId: site.siteId,
  area: site.area,
  sensors: device.sensors.map(({ sensorId, instrument, tags, periodMs }) => ({
    sensorId,
    quantity: instrument.quantity,
    unit: instrument.unit,
    ...(instrument.range === undefined ? {} : { range: instrument.range }),
    periodMs,
    tags: tags ?? [],
  })),
  registeredAt: startOfWorlds,
});

/** The tables' items without those of devices that a world does not have. */
export function itemsFor(registered: RegisteredCity, devices: readonly CityDevice[]) {
  const absent = registered.devices
    .map(({ deviceId }) => deviceId)
    .filter((id) => !devices.some((one) => one.deviceId === id));
  const isThere = (item: Item): boolean => {
    const key = `${item['id']?.S ?? ''} ${item['pk']?.S ?? ''} ${item['sk']?.S ?? ''}`;
    return !absent.some((id) => key.includes(id));
  };
  return { twins: registered.twins.filter(isThere), records: registered.records.filter(isThere) };
}
