/** The batches that are counted: the real entries of the functions, given what the platform would give them. */
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { benchRegistration, type PackSource, packSource } from '../fleet.ts';
import { median } from '../numbers.ts';
import { canaryEnvelope, envelopeOf, sqsEvent } from './envelope.ts';
import { type FunctionProcess, startFunction } from './function-process.ts';
import type { Services } from './services.ts';
import { addTo, emptyTally, shareOf, type Tally } from './tally.ts';

/** What one invocation does on average, and how long the middle one takes. */
export interface Counted {
  readonly tally: Tally;
  readonly cpuMs: number;
  readonly wallMs: number;
  /** What it writes to its log, metrics included. */
  readonly loggedBytes: number;
}

/** Invocations before counting begins: code gets warm, twins get their full size. */
const warmUpCount = 3;

/** The events of one function, counted: `count` of them after a warm-up. */
export async function countInvocations(
  fn: FunctionProcess,
  eventOf: () => object,
  count: number,
  warmUps = warmUpCount,
): Promise<Counted> {
  for (let warm = 0; warm < warmUps; warm += 1) await fn.invoke(eventOf());
  const total = emptyTally();
  const cpu: number[] = [];
  const wall: number[] = [];
  const loggedBefore = fn.loggedBytes();
  for (let done = 0; done < count; done += 1) {
    const { tally, cpuMs, wallMs } = await fn.invoke(eventOf());
    addTo(total, tally);
    cpu.push(cpuMs);
    wall.push(wallMs);
  }
  const loggedBytes = (fn.loggedBytes() - loggedBefore) / count;
  return { tally: shareOf(total, count), cpuMs: median(cpu), wallMs: median(wall), loggedBytes };
}

interface Sender {
  readonly deviceId: string;
  readonly source: PackSource;
}

/** Registered devices, each with packs to send. */
async function senders(services: Services, name: string, count: number): Promise<readonly Sender[]> {
  const made: Sender[] = [];
  for (let number = 1; number <= count; number += 1) {
    const deviceId = `${name}-${String(number).padStart(4, '0')}`;
    await services.register(benchRegistration(deviceId, Date.now()));
    made.push({ deviceId, source: packSource(deviceId, Date.now() - 60_000) });
  }
  return made;
}

const telemetry = 'telemetry';

/** One message of each of `count` devices. */
export async function fleetBatch(services: Services, count: number): Promise<() => object> {
  const fleet = await senders(services, `gas-corridor-${count}`, count);
  return () => {
    const now = Date.now();
    const bodies = fleet.map(({ deviceId, source }) => envelopeOf(deviceId, source.next(now), now));
    return sqsEvent(bodies, telemetry);
  };
}

/** `count` messages of one device, as after a short outage. */
export async function oneDeviceBatch(services: Services, count: number): Promise<() => object> {
  const [sender] = await senders(services, 'gas-corridor-one', 1);
  if (sender === undefined) throw new Error('no device to send for');
  const { deviceId, source } = sender;
  return () => {
    const now = Date.now();
    const bodies = Array.from({ length: count }, (_, position) =>
      envelopeOf(deviceId, source.next(now - count + 1 + position), now),
    );
    return sqsEvent(bodies, telemetry);
  };
}

/** A message that raises an alert, of a new device each time, and the transition's record as the stream brings it. */
export async function alertBatches(services: Services, ingest: FunctionProcess, count: number) {
  const fleet = await senders(services, 'gas-corridor-alert', count);
  for (const { deviceId, source } of fleet) {
    const now = Date.now();
    await ingest.invoke(sqsEvent([envelopeOf(deviceId, source.next(now), now)], telemetry));
  }
  const waiting = [...fleet];
  const raised = (): object => {
    const sender = waiting.shift();
    if (sender === undefined) throw new Error('every device has raised its alert');
    const now = Date.now();
    return sqsEvent([envelopeOf(sender.deviceId, sender.source.breach(now, 22), now)], telemetry);
  };
  return raised;
}

/** The records of every transition that has no decision, one an event. */
export async function streamEvents(services: Services): Promise<readonly object[]> {
  const { client, records } = services.tables;
  const events: object[] = [];
  for (let shard = 0; shard < 8; shard += 1) {
    const keys = await client.send(
      new QueryCommand({
        TableName: records,
        IndexName: 'undecided',
        KeyConditionExpression: 'undecidedShard = :shard',
        ExpressionAttributeValues: { ':shard': { S: `undecided#${shard}` } },
      }),
    );
    for (const { pk, sk } of keys.Items ?? []) {
      if (pk === undefined || sk === undefined) continue;
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: records,
          KeyConditionExpression: 'pk = :pk AND sk = :sk',
          ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
        }),
      );
      const [NewImage] = Items;
      events.push({ Records: [{ eventName: 'INSERT', dynamodb: { Keys: { pk, sk }, NewImage } }] });
    }
  }
  return events;
}

/** Next instants at which a canary is due, from now backwards: each is asked for once. */
export function tickInstants(): () => number {
  const everyMs = 5_000;
  let at = Math.floor(Date.now() / everyMs) * everyMs - 60 * everyMs;
  return () => {
    at += everyMs;
    return at;
  };
}

export const tickEvent = (at: number): object => sqsEvent([{ kind: 'tick', at }], 'ticks');
export const planEvent = (): object => sqsEvent([{ kind: 'plan' }], 'ticks');
export const canaryEvent = (at: number): object => sqsEvent([canaryEnvelope(at, Date.now())], telemetry);

export const startIngest = (services: Services): Promise<FunctionProcess> =>
  startFunction('ingest', services.env);
