/** What Lambda loads for `ingest`. */
import { systemClock } from '../adapters/clock.ts';
import { bundledRuleBook } from '../adapters/rule-book/bundled.ts';
import { shadowRuleBook } from '../adapters/rule-book/shadow-book.ts';
import { observed } from '../handlers/middleware.ts';
import { dynamoClient, firehoseClient, s3Put, sqsClient } from './clients.ts';
import { IngestEnv } from './env.ts';
import { instruments } from './instruments.ts';
import { wireIngest } from './wiring-ingest.ts';

const env = IngestEnv.parse(process.env);
const tools = instruments();
const dynamo = dynamoClient();

export const handler = observed(
  tools,
  wireIngest(env, {
    dynamo,
    sqs: sqsClient(),
    firehose: firehoseClient(),
    putObject: await s3Put(env.QUARANTINE_BUCKET_NAME, dynamo),
    book: bundledRuleBook(),
    candidate: env.SHADOW_BOOK === '' ? undefined : shadowRuleBook(env.SHADOW_BOOK),
    observer: tools.observer,
    clock: systemClock,
  }),
);
