/** A function's real entry in a process of its own, with every call counted; the parent sends it events. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { countFetches, countOnClasses } from './count-calls.ts';
import { emptyTally } from './tally.ts';

let tally = emptyTally();
countOnClasses([DynamoDBClient, FirehoseClient, IoTDataPlaneClient, SNSClient, SQSClient], () => tally);
countFetches(() => tally);

const Entry = z.object({
  handler: z.custom<(event: unknown, context: object) => Promise<unknown>>((it) => typeof it === 'function'),
});
const entry: unknown = await import(`../../functions/entry/${process.argv[2] ?? ''}.ts`);
const { handler } = Entry.parse(entry);

const context = {
  functionName: `bench-${process.argv[2]}`,
  functionVersion: '$LATEST',
  memoryLimitInMB: '512',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:bench',
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  getRemainingTimeInMillis: () => 20_000,
};

async function answer(event: unknown) {
  tally = emptyTally();
  const cpu = process.cpuUsage();
  const from = performance.now();
  try {
    const result = await handler(event, context);
    const wallMs = performance.now() - from;
    const { user, system } = process.cpuUsage(cpu);
    return { ok: true, result: result ?? {}, wallMs, cpuMs: (user + system) / 1000, tally };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', (event) => {
  void answer(event).then((said) => process.send?.(said));
});
process.send?.({ ready: true });
