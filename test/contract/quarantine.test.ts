import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { memoryQuarantine } from '../../functions/adapters/memory/quarantine.ts';
import { quarantineWritesAtOnce, s3Quarantine } from '../../functions/adapters/s3/quarantine.ts';
import { signedS3Put } from '../../functions/adapters/s3/signed-put.ts';
import { instant } from '../../functions/domain/time.ts';
import type { Quarantine, Refusal } from '../../functions/usecases/ports/quarantine.ts';
import { openBucket } from '../support/services.ts';
import { openSimulatedBucket } from '../support/simulated-services.ts';
import { endpoint } from '../support/tables.ts';

interface Opened {
  readonly quarantine: Quarantine;
  readonly objects: () => Promise<ReadonlyMap<string, string>>;
  readonly close: () => Promise<void>;
}

const refusalOf = (id: number, given: Partial<Refusal> = {}): Refusal => ({
  reason: 'unreadable-json',
  detail: '读不懂 <&> "x"',
  message: {
    id: `broker-${id}`,
    topic: 'tocsin/v1/dev-1/senml',
    clientId: 'dev-1',
    principal: 'cert',
    receivedAt: instant(1_767_322_984_000),
    data: Buffer.from([0, 255, 1, 2]).toString('base64'),
  },
  ...given,
});

/** What every `Quarantine` promises; each adapter's test calls it with its own. */
function quarantineContract(name: string, open: () => Promise<Opened>): void {
  describe(`quarantine: ${name}`, () => {
    let opened: Opened;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(async () => opened.close());

    test('keeps the bytes as they were, with the reason', async () => {
      expect(await opened.quarantine.keep([refusalOf(1)])).toEqual([{ ok: true }]);
      const [[key, body] = ['', '{}']] = [...(await opened.objects())];
      expect(key).toMatch(/^unreadable-json\/2026-01-02\/[0-9a-f]{64}\.json$/);
      const kept: Record<string, unknown> = JSON.parse(body);
      expect(kept).toMatchObject({ reason: 'unreadable-json', detail: '读不懂 <&> "x"', id: 'broker-1' });
      expect(Buffer.from(String(kept['data']), 'base64')).toEqual(Buffer.from([0, 255, 1, 2]));
    });

    test('keeping the same refusal again leaves one copy', async () => {
      await opened.quarantine.keep([refusalOf(1)]);
      const before = await opened.objects();
      expect(await opened.quarantine.keep([refusalOf(1), refusalOf(1)])).toEqual([
        { ok: true },
        { ok: true },
      ]);
      expect(await opened.objects()).toEqual(before);
    });

    test('several reasons and messages have a copy each, more than are written at a time', async () => {
      const refusals = Array.from({ length: quarantineWritesAtOnce + 1 }, (_, id) => refusalOf(id));
      refusals.push(refusalOf(0, { reason: 'unit', recordIndex: 3 }));
      const outcomes = await opened.quarantine.keep(refusals);
      expect(outcomes).toEqual(refusals.map(() => ({ ok: true })));
      expect((await opened.objects()).size).toBe(refusals.length);
    });

    test('the largest message that a queue can carry is kept whole', async () => {
      const data = Buffer.alloc(1024 * 1024, 7).toString('base64');
      const refusal = refusalOf(1, { message: { ...refusalOf(1).message, data } });
      expect(await opened.quarantine.keep([refusal])).toEqual([{ ok: true }]);
      const [body = '{}'] = [...(await opened.objects()).values()];
      expect(JSON.parse(body).data).toBe(data);
    });

    test('nothing refused is nothing kept', async () => {
      expect(await opened.quarantine.keep([])).toEqual([]);
      expect((await opened.objects()).size).toBe(0);
    });
  });
}

quarantineContract('memory', async () => {
  const quarantine = memoryQuarantine();
  return { quarantine, objects: async () => new Map(quarantine.objects), close: async () => undefined };
});

quarantineContract('simulated S3', async () => {
  const { putObject, objects } = openSimulatedBucket();
  return { quarantine: s3Quarantine(putObject), objects: async () => objects, close: async () => undefined };
});

if (endpoint !== undefined) {
  const { config } = new DynamoDBClient({ region: process.env['AWS_REGION'] ?? 'us-east-1' });
  const putTo = async (bucket: string) =>
    signedS3Put({
      bucket,
      region: await config.region(),
      endpoint,
      credentials: config.credentials,
      sha256: config.sha256,
    });

  quarantineContract('s3', async () => {
    const bucket = await openBucket();
    const objects = async () =>
      new Map([...(await bucket.objects())].map(([key, content]) => [key, content.toString('utf8')]));
    return { quarantine: s3Quarantine(await putTo(bucket.name)), objects, close: bucket.remove };
  });

  test('s3: a bucket that is not there refuses each, by S3’s own name for it', async () => {
    const quarantine = s3Quarantine(await putTo(`contract-gone-${Date.now()}`));
    expect(await quarantine.keep([refusalOf(1), refusalOf(2)])).toEqual([
      { ok: false, problem: 'NoSuchBucket' },
      { ok: false, problem: 'NoSuchBucket' },
    ]);
  });
}
