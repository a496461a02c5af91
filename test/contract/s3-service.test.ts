/** What the adapters take for granted of S3 itself; where the emulator differs: docs/divergences.md. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { jest } from '@jest/globals';
import { type PutObject, signedS3Put } from '../../functions/adapters/s3/signed-put.ts';
import { contractTimeoutMs, openBucket } from '../support/services.ts';
import { openSimulatedBucket } from '../support/simulated-services.ts';
import { endpoint } from '../support/tables.ts';

jest.setTimeout(contractTimeoutMs);

interface Opened {
  readonly putObject: PutObject;
  readonly objects: () => Promise<ReadonlyMap<string, string>>;
  readonly remove: () => Promise<void>;
}

const simulated = async (): Promise<Opened> => {
  const { putObject, objects } = openSimulatedBucket();
  return { putObject, objects: async () => objects, remove: async () => undefined };
};

const real = async (): Promise<Opened> => {
  const bucket = await openBucket();
  const { config } = new DynamoDBClient({ region: process.env['AWS_REGION'] ?? 'us-east-1' });
  const putObject = signedS3Put({
    bucket: bucket.name,
    region: await config.region(),
    ...(endpoint === undefined ? {} : { endpoint }),
    credentials: config.credentials,
    sha256: config.sha256,
  });
  const objects = async () =>
    new Map([...(await bucket.objects())].map(([key, content]) => [key, content.toString('utf8')]));
  return { putObject, objects, remove: bucket.remove };
};

const services: readonly { readonly name: string; readonly open: () => Promise<Opened> }[] = [
  { name: 'simulated S3', open: simulated },
  ...(endpoint === undefined ? [] : [{ name: `S3 at ${endpoint}`, open: real }]),
];

describe.each(services)('S3 itself: $name', ({ open }) => {
  let opened: Opened;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(async () => opened.remove());

  test('the last put of a key stands, and there is one object', async () => {
    await opened.putObject('a/b.json', '{"one":1}');
    await opened.putObject('a/b.json', '{"two":2}');
    expect(await opened.objects()).toEqual(new Map([['a/b.json', '{"two":2}']]));
  });

  test('a body comes back letter by letter, an empty one too', async () => {
    const bodies = { 'x/1.json': '甲烷 <&> "x" \u0000', 'x/2.json': '' };
    for (const [key, body] of Object.entries(bodies)) await opened.putObject(key, body);
    expect(Object.fromEntries(await opened.objects())).toEqual(bodies);
  });

  test('keys differ by every letter, and a folder is nothing', async () => {
    for (const key of ['a', 'A', 'a/', 'a/b']) await opened.putObject(key, key);
    expect([...(await opened.objects()).keys()].toSorted()).toEqual(['A', 'a', 'a/', 'a/b']);
  });
});
