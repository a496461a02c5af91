/** Dollars from counts: pure, so that a count that changes shows at once what it costs. */
import type { Counted } from '../calls/batches.ts';
import * as prices from './prices.ts';

/** One line of the bill. */
export interface Part {
  readonly name: string;
  readonly dollars: number;
  readonly how: string;
}

export const totalOf = (parts: readonly Part[]): number => parts.reduce((sum, one) => sum + one.dollars, 0);

/** The traffic that is priced. */
export interface Traffic {
  readonly readings: number;
  readonly readingsPerMessage: number;
  readonly readingsPerSecond: number;
  /** Devices that send it, each connected all the time. */
  readonly deviceCount: number;
  readonly messagesPerBatch: number;
  /** Bytes of the device's payload, and of the message that the rule makes of it. */
  readonly payloadBytes: number;
  readonly messageBytes: number;
  /** One line of the archive, and what gzip leaves of it. */
  readonly archiveBytes: number;
  readonly archiveZippedBytes: number;
  /** Of the due index, a message. */
  readonly indexUnitsPerMessage: number;
}

/** What a function's memory and time stand for. */
export interface FunctionSize {
  readonly memoryMb: number;
  readonly billedMs: number;
}

/** What Lambda itself writes about each call, in bytes: START, END and REPORT. */
export const lambdaLogBytes = 320;

/** Seconds after which the archive's stream writes an object, whatever it has gathered. */
const archiveObjectEverySeconds = 300;

const started = (bytes: number, step: number): number => Math.max(1, Math.ceil(bytes / step));

const dollarsOf = (name: string, count: number, price: number, what: string): Part => ({
  name,
  dollars: count * price,
  how: `${Math.round(count).toLocaleString('en-US')} ${what}`,
});

const invocation = (calls: number, size: FunctionSize): Part => {
  const gbSeconds = (calls * size.billedMs * size.memoryMb) / 1000 / 1024;
  return {
    name: 'Lambda',
    dollars: calls * prices.lambdaRequest + gbSeconds * prices.lambdaGbSecond,
    how: `${Math.round(calls).toLocaleString('en-US')} calls of ${size.billedMs.toFixed(0)} ms at ${size.memoryMb} MB`,
  };
};

function archiveParts(traffic: Traffic, messages: number, seconds: number): readonly Part[] {
  const steps = messages * started(traffic.archiveBytes, prices.firehoseStepBytes);
  const stored = (messages * traffic.archiveZippedBytes) / prices.gb;
  const objects = seconds / archiveObjectEverySeconds;
  return [
    dollarsOf('Firehose', (steps * prices.firehoseStepBytes) / prices.gb, prices.firehoseGb, 'GB'),
    {
      name: 'S3, first month',
      dollars: objects * prices.s3Put + stored * prices.s3GbMonth,
      how: `${Math.ceil(objects)} objects, ${(stored * 1024).toFixed(0)} MB zipped`,
    },
  ].map((part) =>
    part.name === 'Firehose'
      ? { ...part, how: `${steps.toLocaleString('en-US')} records of up to 5 KB` }
      : part,
  );
}

/** Every priced part of taking in `traffic` while nothing changes. */
export function telemetryParts(traffic: Traffic, batch: Counted, size: FunctionSize): readonly Part[] {
  const messages = traffic.readings / traffic.readingsPerMessage;
  const batches = messages / traffic.messagesPerBatch;
  const seconds = traffic.readings / traffic.readingsPerSecond;
  const metered = messages * started(traffic.payloadBytes, prices.iotMeterBytes);
  const sends = messages * started(traffic.messageBytes, prices.sqsRequestBytes);
  const receives = batches * started(traffic.messageBytes * traffic.messagesPerBatch, prices.sqsRequestBytes);
  const perBatch = batch.tally;
  return [
    dollarsOf('IoT rule', metered, prices.iotRuleOrAction, 'rules triggered'),
    dollarsOf('IoT action', metered, prices.iotRuleOrAction, 'messages to the queue'),
    dollarsOf(
      'IoT connections',
      (traffic.deviceCount * seconds) / 60,
      prices.iotConnectionMinute,
      `minutes of ${traffic.deviceCount} devices`,
    ),
    dollarsOf('SQS send', sends, prices.sqsRequest, 'requests'),
    dollarsOf('SQS receive', receives, prices.sqsRequest, 'requests'),
    dollarsOf('SQS delete', batches, prices.sqsRequest, 'requests'),
    invocation(batches, size),
    dollarsOf('DynamoDB reads', batches * perBatch.readUnits, prices.dynamoReadUnit, 'units'),
    dollarsOf('DynamoDB writes', batches * perBatch.writeUnits, prices.dynamoWriteUnit, 'units'),
    dollarsOf(
      'DynamoDB deadlines',
      messages * traffic.indexUnitsPerMessage,
      prices.dynamoWriteUnit,
      'index units',
    ),
    ...archiveParts(traffic, messages, seconds),
    {
      name: 'Logs',
      dollars: ((batches * (batch.loggedBytes + lambdaLogBytes)) / prices.gb) * prices.logGb,
      how: `${((batches * (batch.loggedBytes + lambdaLogBytes)) / 2 ** 20).toFixed(1)} MB with our metrics in them`,
    },
  ];
}

/** What one invocation costs in units, time, requests of a queue and log. */
export function invocationDollars(counted: Counted, size: FunctionSize, queueRequests: number): number {
  const { tally, loggedBytes } = counted;
  return (
    tally.readUnits * prices.dynamoReadUnit +
    (tally.writeUnits + tally.indexWriteUnits) * prices.dynamoWriteUnit +
    invocation(1, size).dollars +
    queueRequests * prices.sqsRequest +
    ((loggedBytes + lambdaLogBytes) / prices.gb) * prices.logGb
  );
}
