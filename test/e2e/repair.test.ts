/** The repair tools on the platform: each mends what a person would have to mend, says so to the audit, and does no harm twice. */
import { randomUUID } from 'node:crypto';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { quarantineKey } from '../../functions/adapters/quarantine-copies.ts';
import type { BrokerMessage } from '../../functions/usecases/ports/archive.ts';
import { tocsin as run } from '../support/cli/run.ts';
import { brokerMessage, pack } from './support/device.ts';
import { stackOutputs } from './support/outputs.ts';
import { type Subscription, subscribe } from './support/subscription.ts';
import { until } from './support/until.ts';
import { openWorld, type World } from './support/world.ts';

/** As a person runs it beside the city; what it says, remarks included. */
async function tocsin(...words: readonly string[]) {
  const { code, out, remarks } = await run(words);
  return { code, out: `${out}\n${remarks}` };
}

let world: World;
let regulator: Subscription;
let outputs: Readonly<Record<string, string>>;
let s3: S3Client;
let sqs: SQSClient;
let dynamo: DynamoDBClient;

beforeAll(async () => {
  world = await openWorld();
  regulator = await subscribe(world.platform, { enterpriseId: [world.enterpriseId] });
  outputs = await stackOutputs();
  s3 = new S3Client({});
  sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  dynamo = new DynamoDBClient({});
}, 60_000);

afterAll(async () => {
  await regulator?.close();
  s3?.destroy();
  sqs?.destroy();
  dynamo?.destroy();
});

/** Puts a message into a queue as the topic rule writes it. */
async function put(queue: string, deviceId: string, payload: string): Promise<BrokerMessage> {
  const message = brokerMessage(deviceId, payload);
  await sqs.send(new SendMessageCommand({ QueueUrl: outputs[queue], MessageBody: JSON.stringify(message) }));
  return message;
}

/** The key under which the message lies in quarantine once it does. */
async function keyOf(message: BrokerMessage): Promise<string> {
  const Key = quarantineKey({ reason: 'device-unregistered', detail: '-', message });
  const head = new HeadObjectCommand({ Bucket: outputs['QuarantineBucketName'], Key });
  await until('the kept message', () => s3.send(head).catch(() => undefined));
  return Key;
}

const raisedOn = (deviceId: string) =>
  regulator.next(
    'the alert',
    ({ data }) => data.change === 'raised' && data.subject.id === `${deviceId}/ch4`,
  );

test('a message that was refused for want of a registration raises its alert once it is sent again, and only once', async () => {
  const deviceId = `late-${randomUUID().slice(0, 8)}`;
  const key = await keyOf(await put('TelemetryQueueUrl', deviceId, pack(deviceId, { ch4: 1.9 })));
  expect(await tocsin('quarantine', 'redrive', key, '--yes', '--by', 'li')).toMatchObject({
    code: 1,
    out: expect.stringContaining('still-refused'),
  });
  await world.newDevice(['ch4'], deviceId);
  expect(await tocsin('quarantine', 'redrive', key)).toMatchObject({
    code: 0,
    out: expect.stringContaining('nothing was done'),
  });
  expect((await tocsin('quarantine', 'redrive', key, '--yes', '--reason', 'registered')).code).toBe(0);
  expect((await raisedOn(deviceId)).data.severity).toBe('red');
  expect(await tocsin('quarantine', 'redrive', key, '--yes')).toMatchObject({
    code: 1,
    out: expect.stringContaining('gone'),
  });
  const audit = await tocsin('audit');
  const deeds = audit.out.split('\n').filter((line) => line.includes(`quarantine redrive ${key}`));
  expect(deeds).toEqual([expect.stringMatching(/arn:aws.*\(registered\)$/)]);
}, 60_000);

test('what is of no use is thrown away with a reason, and not without', async () => {
  const deviceId = `gone-${randomUUID().slice(0, 8)}`;
  const key = await keyOf(await put('TelemetryQueueUrl', deviceId, pack(deviceId, { ch4: 0.1 })));
  expect(await tocsin('quarantine', 'drop', key, '--yes')).toMatchObject({
    code: 2,
    out: expect.stringContaining('--reason'),
  });
  expect((await tocsin('quarantine', 'drop', key, '--yes', '--reason', 'a test')).code).toBe(0);
  expect((await tocsin('quarantine', 'show', key)).code).toBe(2);
  expect((await tocsin('audit')).out).toContain(`quarantine drop ${key} (a test)`);
}, 60_000);

test('a dead letter goes back to its queue, and its alert comes', async () => {
  const { deviceId } = await world.newDevice();
  await put('TelemetryDeadUrl', deviceId, pack(deviceId, { ch4: 1.9 }));
  const listed = await tocsin('dead-letters', 'list');
  expect(listed).toMatchObject({ code: 1, out: expect.stringMatching(/1 {2}TelemetryDead: .*oldest seen/) });
  expect(await tocsin('dead-letters', 'redrive', 'TelemetryDead')).toMatchObject({
    code: 1,
    out: expect.stringContaining('1 letter of TelemetryDead'),
  });
  expect(await tocsin('dead-letters', 'redrive', 'TelemetryDead', '--yes')).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 letter back'),
  });
  expect((await raisedOn(deviceId)).data.severity).toBe('red');
  expect((await tocsin('dead-letters', 'redrive', 'TelemetryDead', '--yes')).out).toContain('0 letters back');
}, 60_000);

test('an alert that a restore has lost is made again out of its transitions, with its places in the lists', async () => {
  const { deviceId } = await world.newDevice();
  await put('TelemetryQueueUrl', deviceId, pack(deviceId, { ch4: 1.9 }));
  const { alertId } = (await raisedOn(deviceId)).data;
  const page = `/v1/alerts/${alertId}`;
  expect((await world.regulator.api.get(page)).status).toBe(200);
  await dynamo.send(
    new DeleteItemCommand({
      TableName: outputs['RecordsTableName'],
      Key: { pk: { S: `ALERT#${alertId}` }, sk: { S: 'ALERT' } },
    }),
  );
  expect((await world.regulator.api.get(page)).status).toBe(404);
  const look = await tocsin('reconcile', '--rate', '1000');
  expect(look).toMatchObject({ code: 1, out: expect.stringContaining('orphan-transitions (1)') });
  expect(look.out).toContain(alertId);
  expect((await world.regulator.api.get(page)).status).toBe(404);
  const mended = await tocsin('reconcile', '--rate', '1000', '--yes', '--reason', 'restore');
  // Alerts of other tests are on their way between its two tables: those it leaves to whoever writes them.
  expect(mended.out).toContain(`${alertId}: 1 transitions, no alert`);
  expect(mended.out).toMatch(/^[1-9]\d* repairs? written, 0 conflicts/m);
  expect((await world.regulator.api.get(page)).body).toMatchObject({ alertId, severity: 'red', version: 1 });
  expect((await tocsin('reconcile', '--rate', '1000')).out).not.toContain(alertId);
  expect((await tocsin('audit')).out).toContain(`reconcile ${alertId} (restore)`);
}, 60_000);

test('the archive holds what the twins have had, and a replay raises what is stored', async () => {
  const { deviceId } = await world.newDevice();
  await put('TelemetryQueueUrl', deviceId, pack(deviceId, { ch4: 1.9 }));
  await raisedOn(deviceId);
  const verified = await tocsin('verify-archive', '--rate', '1000', '--replay', '--json');
  const said = JSON.parse(verified.out.slice(0, verified.out.lastIndexOf('}') + 1));
  expect(said).toMatchObject({ objectProblems: [] });
  expect(said.messages).toBeGreaterThan(0);
  const mine = (all: readonly { readonly deviceId?: string; readonly subjectId?: string }[]) =>
    all.filter((one) => one.deviceId === deviceId || one.subjectId?.startsWith(deviceId));
  expect(mine(said.devices)).toEqual([]);
  expect(mine(said.uncovered)).toEqual([]);
}, 60_000);
