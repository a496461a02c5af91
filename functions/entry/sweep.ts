/** What Lambda loads for `sweep`. */
import { systemClock } from '../adapters/clock.ts';
import { bundledRuleBook } from '../adapters/rule-book/bundled.ts';
import { observed } from '../handlers/middleware.ts';
import { dynamoClient, firehoseClient, iotDataClient, snsClient, sqsClient } from './clients.ts';
import { SweepEnv } from './env.ts';
import { instruments } from './instruments.ts';
import { wireSweep } from './wiring-sweep.ts';

const tools = instruments();

export const handler = observed(
  tools,
  wireSweep(SweepEnv.parse(process.env), {
    dynamo: dynamoClient(),
    sqs: sqsClient(),
    sns: snsClient(),
    firehose: firehoseClient(),
    iot: iotDataClient(),
    book: bundledRuleBook(),
    observer: tools.observer,
    clock: systemClock,
  }),
);
