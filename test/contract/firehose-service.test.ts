/** What the adapters take for granted of Firehose itself; where the emulator differs: docs/divergences.md. */
import { type FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { jest } from '@jest/globals';
import { contractTimeoutMs, openStream } from '../support/services.ts';
import { openSimulatedStream } from '../support/simulated-services.ts';
import { endpoint } from '../support/tables.ts';

jest.setTimeout(contractTimeoutMs);

interface Opened {
  readonly client: FirehoseClient;
  readonly name: string;
  readonly remove: () => Promise<void>;
}

const services: readonly { readonly name: string; readonly open: () => Promise<Opened> }[] = [
  { name: 'simulated Firehose', open: async () => openSimulatedStream() },
  ...(endpoint === undefined ? [] : [{ name: `Firehose at ${endpoint}`, open: () => openStream() }]),
];

describe.each(services)('Firehose itself: $name', ({ open }) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(async () => opened.remove());

  const put = (sizes: readonly number[]) =>
    opened.client.send(
      new PutRecordBatchCommand({
        DeliveryStreamName: opened.name,
        Records: sizes.map((size) => ({ Data: Buffer.alloc(size, 'x') })),
      }),
    );
  const nameOf = (sending: Promise<unknown>) =>
    sending.then(
      () => 'taken',
      (error: unknown) => (error instanceof Error ? error.name : 'no error'),
    );

  test('each record is answered in its place', async () => {
    const { FailedPutCount, RequestResponses = [] } = await put([1, 2, 3]);
    expect(FailedPutCount).toBe(0);
    expect(RequestResponses).toHaveLength(3);
    expect(new Set(RequestResponses.map(({ RecordId }) => RecordId)).size).toBe(3);
  });

  test.each([
    ['nothing', []],
    ['more than 500 records', Array.from({ length: 501 }, () => 1)],
  ])('%s is refused as a whole', async (_, sizes) => {
    expect(await nameOf(put(sizes))).toMatch(/InvalidArgument|Validation|RequestEntityTooLarge/);
  });
});
