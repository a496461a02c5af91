/** What Lambda loads for `ingest`. */
import { systemClock } from '../adapters/clock.ts';
import { dynamoAlertStore } from '../adapters/dynamo/alert-store.ts';
import { dynamoShadowStore } from '../adapters/dynamo/shadow-store.ts';
import { dynamoTwinStore } from '../adapters/dynamo/twin-store.ts';
import { dynamoWatermarkStore } from '../adapters/dynamo/watermark-store.ts';
import { firehoseArchiveStream } from '../adapters/firehose/archive-stream.ts';
import { httpHeartbeat } from '../adapters/http/heartbeat.ts';
import { bundledRuleBook } from '../adapters/rule-book/bundled.ts';
import { shadowRuleBook } from '../adapters/rule-book/shadow-book.ts';
import { s3Quarantine } from '../adapters/s3/quarantine.ts';
import { sqsQueue } from '../adapters/sqs/queue.ts';
import { ingestHandler } from '../handlers/ingest.ts';
import { observed } from '../handlers/middleware.ts';
import { archiveMessages } from '../usecases/archive-messages.ts';
import { recordCanary } from '../usecases/canary.ts';
import { deviceRulesOf } from '../usecases/device-session.ts';
import { ingestBatch } from '../usecases/ingest/batch.ts';
import { followDevice } from '../usecases/shadow/follow-device.ts';
import { dynamoClient, firehoseClient, s3Put, sqsClient } from './clients.ts';
import { IngestEnv } from './env.ts';
import { instruments } from './instruments.ts';

const env = IngestEnv.parse(process.env);
const tools = instruments();
const { observer } = tools;
const dynamo = dynamoClient();
const sqs = sqsClient();
const tables = { twins: env.TWINS_TABLE_NAME, records: env.RECORDS_TABLE_NAME };
const watermark = dynamoWatermarkStore(dynamo, env.TWINS_TABLE_NAME);
const book = bundledRuleBook();
const candidate = env.SHADOW_BOOK === '' ? undefined : shadowRuleBook(env.SHADOW_BOOK);

const ingest = ingestBatch({
  clock: systemClock,
  twins: dynamoTwinStore(dynamo, tables),
  alerts: dynamoAlertStore(dynamo, tables),
  book,
  rulesOf: deviceRulesOf(book),
  archive: archiveMessages(
    firehoseArchiveStream(firehoseClient(), env.ARCHIVE_STREAM_NAME),
    sqsQueue(sqs, env.ARCHIVE_QUEUE_URL),
    observer,
  ),
  quarantine: s3Quarantine(await s3Put(env.QUARANTINE_BUCKET_NAME, dynamo)),
  backlog: sqsQueue(sqs, env.BACKLOG_QUEUE_URL),
  observer,
  ...(candidate && {
    follow: followDevice({
      book: candidate,
      rulesOf: deviceRulesOf(candidate),
      store: dynamoShadowStore(dynamo, tables),
      observer,
      clock: systemClock,
    }),
  }),
  recordCanary: recordCanary({
    watermark,
    heartbeat: httpHeartbeat(env.HEARTBEAT_URL),
    observer,
    clock: systemClock,
  }),
});

const backlogName = env.BACKLOG_QUEUE_URL.split('/').at(-1);

export const handler = observed(
  tools,
  ingestHandler(ingest, (arn) => (arn.split(':').at(-1) === backlogName ? 'backlog' : 'telemetry')),
);
