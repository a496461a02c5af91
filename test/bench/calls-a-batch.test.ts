import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { countOn } from '../../bench/calls/count-calls.ts';
import { envelopeOf } from '../../bench/calls/envelope.ts';
import { allCalls, emptyTally, readCalls, type Tally, writeCalls } from '../../bench/calls/tally.ts';
import { benchRegistration, packSource } from '../../bench/fleet.ts';
import { dynamoAlertStore } from '../../functions/adapters/dynamo/alert-store.ts';
import { dynamoTwinStore } from '../../functions/adapters/dynamo/twin-store.ts';
import { memoryArchiveStream } from '../../functions/adapters/memory/archive-stream.ts';
import { memoryObserver } from '../../functions/adapters/memory/observer.ts';
import { memoryQuarantine } from '../../functions/adapters/memory/quarantine.ts';
import { memoryQueue } from '../../functions/adapters/memory/queue.ts';
import { bundledRuleBook } from '../../functions/adapters/rule-book/bundled.ts';
import { instant } from '../../functions/domain/time.ts';
import { archiveMessages } from '../../functions/usecases/archive-messages.ts';
import { deviceRulesOf } from '../../functions/usecases/device-session.ts';
import { ingestBatch } from '../../functions/usecases/ingest/batch.ts';
import { openServer } from '../support/http-server.ts';

const start = 1_800_000_000_000;
const tables = { twins: 'twins', records: 'records' };

const BatchGet = z.object({
  RequestItems: z.record(z.string(), z.object({ Keys: z.array(z.record(z.string(), z.unknown())) })),
});
const Update = z.object({
  Key: z.object({ id: z.unknown() }),
  ExpressionAttributeNames: z.record(z.string(), z.string()),
  ExpressionAttributeValues: z.record(z.string(), z.unknown()),
});

/** Just as much of DynamoDB as a quiet batch needs: items by key, a batch read, and `SET` of what an update names. */
function tinyTables(deviceIds: readonly string[]) {
  const items = new Map<string, Record<string, unknown>>();
  for (const deviceId of deviceIds) {
    const doc = JSON.stringify(benchRegistration(deviceId, start));
    const key = { pk: { S: `DEV#${deviceId}` }, sk: { S: 'DEV' } };
    items.set(JSON.stringify(key), { ...key, version: { N: '1' }, doc: { S: doc } });
  }
  const answer: Readonly<Record<string, (body: unknown) => unknown>> = {
    'DynamoDB_20120810.BatchGetItem': (body) => {
      const wanted = Object.entries(BatchGet.parse(body).RequestItems);
      const found = wanted.map(([table, { Keys }]) => [
        table,
        Keys.flatMap((key) => items.get(JSON.stringify(key)) ?? []),
      ]);
      return { Responses: Object.fromEntries(found) };
    },
    'DynamoDB_20120810.UpdateItem': (body) => {
      const { Key, ExpressionAttributeNames: names, ExpressionAttributeValues: values } = Update.parse(body);
      const set = Object.entries(names).flatMap(([sign, name]) => {
        const value = values[`:${sign.slice(1)}`];
        return value === undefined ? [] : [[name, value]];
      });
      items.set(JSON.stringify(Key), { ...Key, ...Object.fromEntries(set) });
      return { ConsumedCapacity: { CapacityUnits: 1 } };
    },
  };
  return (target: string, body: unknown): unknown => answer[target]?.(body);
}

/** The real ingest over the real adapters of the tables, each call counted. */
async function openIngest(deviceIds: readonly string[]) {
  const answer = tinyTables(deviceIds);
  const server = await openServer((response, count) => {
    const request = server.seen[count - 1];
    const target = String(request?.headers['x-amz-target']);
    const body = answer(target, JSON.parse(String(request?.body)));
    response.writeHead(body === undefined ? 501 : 200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(body ?? { message: `${target} is not a call of a quiet batch` }));
  });
  const client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: server.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  let tally: Tally = emptyTally();
  countOn(client, () => tally);
  let now = instant(start);
  const clock = { now: () => now };
  const book = bundledRuleBook();
  const observer = memoryObserver();
  const ingest = ingestBatch({
    clock,
    twins: dynamoTwinStore(client, tables),
    alerts: dynamoAlertStore(client, tables),
    book,
    rulesOf: deviceRulesOf(book),
    archive: archiveMessages(memoryArchiveStream(), memoryQueue(clock), observer),
    quarantine: memoryQuarantine(),
    backlog: memoryQueue(clock),
    observer,
    recordCanary: async () => undefined,
  });
  const sources = new Map(deviceIds.map((deviceId) => [deviceId, packSource(deviceId, start)]));
  return {
    /** Takes a message of each of `senders`, in turn, and returns what that called. */
    take: async (senders: readonly string[], second: number): Promise<Tally> => {
      tally = emptyTally();
      now = instant(start + second * 1000);
      const messages = senders.map((deviceId, position) => {
        const sentAt = now - senders.length + position;
        const bytes = sources.get(deviceId)?.next(sentAt) ?? new Uint8Array();
        const body = JSON.stringify(envelopeOf(deviceId, bytes, now));
        return { messageId: `m-${position}`, body, sentAt: now, queue: 'telemetry' as const };
      });
      const done = await ingest(messages);
      if (done.size !== senders.length)
        throw new Error(`${senders.length - done.size} messages were not done`);
      return tally;
    },
    close: async () => {
      client.destroy();
      await server.close();
    },
  };
}

const ten = Array.from({ length: 10 }, (_, number) => `gas-corridor-${number}`);

let ingest: Awaited<ReturnType<typeof openIngest>>;
beforeEach(async () => {
  ingest = await openIngest(ten);
});
afterEach(() => ingest.close());

test('ten messages of ten devices cost one read call and one write call each while nothing changes', async () => {
  await ingest.take(ten, 10);
  for (const second of [20, 30, 40]) {
    const tally = await ingest.take(ten, second);
    expect([readCalls(tally), writeCalls(tally), allCalls(tally)]).toEqual([1, 10, 11]);
    expect(tally.writeUnits).toBe(10);
  }
});

test('ten messages of one device cost one read call and one write call', async () => {
  const same = Array.from({ length: 10 }, () => ten[0] ?? '');
  await ingest.take(same, 10);
  const tally = await ingest.take(same, 20);
  expect(tally.calls).toEqual({ 'DynamoDB BatchGetItem': 1, 'DynamoDB UpdateItem': 1 });
});

test('the read is one twin and one registration each and the watermark, all at half price', async () => {
  await ingest.take(ten, 10);
  const { readUnits } = await ingest.take(ten, 20);
  expect(readUnits).toBe((10 + 1 + 10) * 0.5);
});
